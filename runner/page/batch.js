// The timed loops. Nothing stands between the two readings of the clock but the contender's calls.

// Every result is stored where the engine must assume that it is read, so no call can be optimised away.
const kept = { last: undefined };

function timeSync(call, argument, calls) {
  const start = performance.now();
  for (let i = 0; i < calls; i++) kept.last = call(argument);
  return performance.now() - start;
}

async function timeAsync(call, argument, calls) {
  const start = performance.now();
  for (let i = 0; i < calls; i++) kept.last = await call(argument);
  return performance.now() - start;
}

// Calls that change their argument get one each, made beforehand.
function timeSyncEach(call, given) {
  const start = performance.now();
  for (let i = 0; i < given.length; i++) kept.last = call(given[i]);
  return performance.now() - start;
}

async function timeAsyncEach(call, given) {
  const start = performance.now();
  for (let i = 0; i < given.length; i++) kept.last = await call(given[i]);
  return performance.now() - start;
}

function timeEach({ call, isAsync, fresh }, calls) {
  const given = Array.from({ length: calls }, fresh);
  return isAsync ? timeAsyncEach(call, given) : timeSyncEach(call, given);
}

function time({ call, argument, isAsync }, calls) {
  return isAsync ? timeAsync(call, argument, calls) : timeSync(call, argument, calls);
}

/**
 * Runs batches of `calls` calls until `atLeastMs` have passed; at least one.
 * Returns nanoseconds per batch, and a checksum that is computed after the last of them.
 */
export async function batches(part, calls, atLeastMs) {
  const ns = [];
  const end = performance.now() + atLeastMs;
  do {
    ns.push((await (part.fresh ? timeEach(part, calls) : time(part, calls))) * 1e6);
  } while (performance.now() < end);
  return { ns, checksum: checksum(kept.last) };
}

/** Lets go of the last answer, which is no part of what a contender holds. */
export function forgetLast() {
  kept.last = undefined;
}

function checksum(value) {
  if (ArrayBuffer.isView(value)) return value.length > 0 ? value.length + finite(Number(value[value.length >> 1])) : 0;
  if (typeof value === 'string') return value.length;
  return typeof value === 'number' ? finite(value) : 0;
}

// What JSON has a number for.
function finite(number) {
  return Number.isFinite(number) ? number : 0;
}
