// A fixed piece of work, timed beside the contenders. When its time changes, the machine has changed.

const TABLE = new Uint32Array(1024);
// What was not run for so long may have lost its compiled code to the engine's collections of garbage.
const LONG_MS = 30;

let last = 0;

/** Nanoseconds that some 300 000 steps of xorshift over a small table take; about a millisecond. */
export function sentinelNs() {
  if (performance.now() - last > LONG_MS) warmUpSentinel();
  return workNs();
}

/** Runs it until the engine has compiled it for good, before its times are used. */
export function warmUpSentinel() {
  for (let i = 0; i < 10; i++) workNs();
}

function workNs() {
  const start = performance.now();
  let x = 2463534242;
  for (let i = 0; i < 300_000; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    TABLE[x & 1023] = x;
  }
  last = performance.now();
  return (last - start) * 1e6;
}
