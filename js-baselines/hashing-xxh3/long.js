// XXH3-64's accumulators, for inputs of more than 240 bytes: eight lanes of 64 bits each, side by side.

import { secretWords } from './secret.js';
import { addFolded, multiply } from './word64.js';

const STRIPE_WORDS = 16;
const STRIPES_PER_BLOCK = 16;
const BLOCK_WORDS = STRIPE_WORDS * STRIPES_PER_BLOCK;
const TWO_TO_32 = 2 ** 32;
const PRIME32_1 = 0x9e3779b1;

const STRIPE_SECRET = secretWords(0, 184);
const SCRAMBLE_SECRET = secretWords(128, 192);
const LAST_SECRET = secretWords(121, 185);
const MERGE_SECRET = secretWords(11, 75);

const START = Int32Array.of(
  0xc2b2ae3d, 0, 0x85ebca87, 0x9e3779b1, 0x27d4eb4f, 0xc2b2ae3d, 0x9e3779f9, 0x165667b1,
  0xc2b2ae63, 0x85ebca77, 0x85ebca77, 0, 0x165667c5, 0x27d4eb2f, 0x9e3779b1, 0,
);

const lanes = new Int32Array(STRIPE_WORDS);
const lastBytes = new Uint8Array(4 * STRIPE_WORDS);
const lastWords = new Int32Array(lastBytes.buffer);

/** Adds the hash of `input`, before its avalanche, to `sum`. */
export function addLong(sum, input) {
  // Words are read from where they are, or from a copy where they are not aligned.
  const aligned = input.byteOffset % 4 === 0 ? input : input.slice();
  const words = new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length >>> 2);
  lanes.set(START);
  const lastAt = Math.floor((input.length - 1) / (4 * BLOCK_WORDS)) * BLOCK_WORDS;
  for (let at = 0; at < lastAt; at += BLOCK_WORDS) {
    accumulate(words, at, STRIPES_PER_BLOCK, STRIPE_SECRET);
    scramble();
  }
  accumulate(words, lastAt, Math.floor((input.length - 1 - 4 * lastAt) / (4 * STRIPE_WORDS)), STRIPE_SECRET);
  // The last stripe ends with the input, and so overlaps with the one before or is not aligned.
  const rest = input.length - lastBytes.length;
  for (let i = 0; i < lastBytes.length; i++) lastBytes[i] = input[rest + i];
  accumulate(lastWords, 0, 1, LAST_SECRET);
  for (let i = 0; i < STRIPE_WORDS; i += 4) {
    addFolded(
      sum,
      lanes[i] ^ MERGE_SECRET[i],
      lanes[i + 1] ^ MERGE_SECRET[i + 1],
      lanes[i + 2] ^ MERGE_SECRET[i + 2],
      lanes[i + 3] ^ MERGE_SECRET[i + 3],
    );
  }
}

/**
 * Takes up to 16 stripes into the lanes, two lanes at a time, for these take each other's words as well.
 *
 * A lane's sum of 64-bit products has its lower 32 bits in integers, which wrap around as they should, and the whole
 * of it in a double. That one is off by less than 2^20 after 16 stripes: enough for the upper 32 bits, once the lower
 * are taken off. So there is no carry to watch, and no product made of four.
 */
function accumulate(words, from, stripes, secret) {
  for (let lane = 0; lane < STRIPE_WORDS; lane += 4) {
    let lowA = lanes[lane];
    let highA = lanes[lane + 1];
    let lowB = lanes[lane + 2];
    let highB = lanes[lane + 3];
    let sumA = lowA >>> 0;
    let sumB = lowB >>> 0;
    let at = from + lane;
    let key = lane;
    for (let stripe = 0; stripe < stripes; stripe++) {
      const a0 = words[at];
      const a1 = words[at + 1];
      const b0 = words[at + 2];
      const b1 = words[at + 3];
      const keyedA0 = a0 ^ secret[key];
      const keyedA1 = a1 ^ secret[key + 1];
      const keyedB0 = b0 ^ secret[key + 2];
      const keyedB1 = b1 ^ secret[key + 3];
      lowA = (lowA + Math.imul(keyedA0, keyedA1) + b0) | 0;
      lowB = (lowB + Math.imul(keyedB0, keyedB1) + a0) | 0;
      highA = (highA + b1) | 0;
      highB = (highB + a1) | 0;
      sumA += (keyedA0 >>> 0) * (keyedA1 >>> 0) + (b0 >>> 0);
      sumB += (keyedB0 >>> 0) * (keyedB1 >>> 0) + (a0 >>> 0);
      at += STRIPE_WORDS;
      key += 2;
    }
    lanes[lane] = lowA;
    lanes[lane + 1] = highA + upper(sumA, lowA);
    lanes[lane + 2] = lowB;
    lanes[lane + 3] = highB + upper(sumB, lowB);
  }
}

/** The sum's bits from the 32nd on, modulo 2^32, where `low` has the ones below exactly. */
function upper(sum, low) {
  return Math.floor((sum - (low >>> 0)) / TWO_TO_32 + 0.5) | 0;
}

/** Between blocks: `lane = (lane ^ lane >> 47 ^ secret) * PRIME32_1`. */
function scramble() {
  for (let i = 0; i < STRIPE_WORDS; i += 2) {
    const high = lanes[i + 1];
    product[0] = lanes[i] ^ (high >>> 15) ^ SCRAMBLE_SECRET[i];
    product[1] = high ^ SCRAMBLE_SECRET[i + 1];
    multiply(product, PRIME32_1, 0);
    lanes[i] = product[0];
    lanes[i + 1] = product[1];
  }
}

const product = new Int32Array(2);
