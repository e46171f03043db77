// The clock that every figure comes from, and its step.

const TICKS = 2000;

/** The median step of `performance.now()` over 2 000 ticks, in nanoseconds. */
export function quantumNs() {
  const steps = new Float64Array(TICKS);
  let last = performance.now();
  for (let i = 0; i < TICKS; ) {
    const now = performance.now();
    if (now > last) {
      steps[i++] = now - last;
      last = now;
    }
  }
  return steps.sort()[TICKS / 2] * 1e6;
}
