//# allFunctionsCalledOnLoad
// What a call returns may do its work only when it is asked for its items: iterators and generators, and promises of them.
// That work belongs to the call, so a call that returned one is drained within the time that is taken.

// More items than this are taken for an iterator without an end.
const MOST_ITEMS = 10_000_000;

/**
 * Calls for the first time, which decides how it is called from then on.
 * Returns the answer, when it was there, and a `call` that gives an answer that is there, or, with `isAsync`, a promise.
 */
export async function firstCall(call, argument) {
  const returned = call(argument);
  const isPromise = typeof returned?.then === 'function';
  const value = isPromise ? await returned : returned;
  const drain = drainOf(value);
  const drained = drain === drainAsync ? await drain(value) : drain?.(value);
  const answer = drain ? drained : value;
  const end = performance.now();
  return { answer, end, isAsync: isPromise || drain === drainAsync, call: around(call, isPromise, drain) };
}

/** Whether `value` gives items one at a time, and only once. */
export function isIterator(value) {
  if (typeof value !== 'object' || value === null || typeof value.next !== 'function') return false;
  return Symbol.iterator in value || Symbol.asyncIterator in value;
}

// A function that returns no iterator is called as it is.
function around(call, isPromise, drain) {
  if (!drain) return call;
  return isPromise ? async (argument) => drain(await call(argument)) : (argument) => drain(call(argument));
}

function drainOf(value) {
  if (!isIterator(value)) return undefined;
  return Symbol.asyncIterator in value ? drainAsync : drainSync;
}

function drainSync(iterator) {
  const items = [];
  for (const item of iterator) {
    if (items.length === MOST_ITEMS) throw endless();
    items.push(item);
  }
  return items;
}

async function drainAsync(iterator) {
  const items = [];
  for await (const item of iterator) {
    if (items.length === MOST_ITEMS) throw endless();
    items.push(item);
  }
  return items;
}

function endless() {
  return new RangeError(`the function returned an iterator of more than ${MOST_ITEMS} items, which may have no end; help: return those that are wanted as an array`);
}
