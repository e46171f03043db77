// One loop, and the same loop with a known amount of work on top. Every export runs the same code and the numbers of
// iterations alone differ, so what is measured of a difference is that difference or an error of the method.

const SEED = 0x2545f491;
const SLOTS = 256;

const table = new Int32Array(SLOTS);

// The work on top does not enter the answer. It is stored where the engine must assume that it is read.
const kept = { extra: 0 };

// Marsaglia's xorshift (2003) with a table that is read and written: every step waits for the one before.
function work(iterations) {
  for (let slot = 0; slot < SLOTS; slot++) table[slot] = slot;
  let state = SEED;
  let sum = 0;
  for (let i = 0; i < iterations; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const slot = state & (SLOTS - 1);
    sum ^= table[slot];
    table[slot] = (table[slot] + state) | 0;
  }
  return sum;
}

function job(iterations, percent) {
  const answer = work(iterations);
  kept.extra = work(Math.trunc(iterations / 100) * percent);
  return answer;
}

export const run = (iterations) => job(iterations, 0);
export const plus_2 = (iterations) => job(iterations, 2);
export const plus_5 = (iterations) => job(iterations, 5);
export const plus_10 = (iterations) => job(iterations, 10);
