// XXH3-64 on 32-bit integers and doubles, as fast as JavaScript writes it. No library on npm has this hash in JavaScript.
//
// Little-endian machines only, which is every machine that a browser runs on.

import { addLong } from './long.js';
import { secretWords } from './secret.js';
import { add, addFolded, multiply, shiftIn, shiftInHigh } from './word64.js';

const SECRET = secretWords(0, 192);
/** The second half of the rounds of up to 240 bytes starts at byte 3. */
const SHIFTED_SECRET = secretWords(3, 119);
/** For the last 16 bytes of more than 128. */
const LAST_SECRET = secretWords(119, 135);

/** The hash as it is being made: one at a time, and none is kept from call to call. */
const hash = new Int32Array(2);

export function run(input) {
  hash.fill(0);
  const { length } = input;
  if (length > 240) {
    times1(length);
    addLong(hash, input);
    avalanche();
  } else if (length > 128) {
    upTo240(input);
  } else if (length > 16) {
    upTo128(input);
  } else if (length > 8) {
    upTo16(input);
  } else if (length > 3) {
    upTo8(input);
  } else {
    upTo3(input);
  }
  return digest();
}

/** `hash = length * PRIME64_1` */
function times1(length) {
  hash[0] = length;
  multiply(hash, 0x85ebca87, 0x9e3779b1);
}

function avalanche() {
  shiftInHigh(hash, 37);
  multiply(hash, 0x9e3779f9, 0x16566791);
  shiftInHigh(hash, 32);
}

/** XXH64's avalanche, which the shortest inputs end with. */
function avalanche64() {
  shiftInHigh(hash, 33);
  multiply(hash, 0x27d4eb4f, 0xc2b2ae3d);
  shiftIn(hash, 29);
  multiply(hash, 0x9e3779f9, 0x165667b1);
  shiftInHigh(hash, 32);
}

function upTo240(input) {
  times1(input.length);
  for (let at = 0; at < 128; at += 16) mix(input, at, SECRET, at / 4);
  avalanche();
  for (let at = 128; at + 16 <= input.length; at += 16) mix(input, at, SHIFTED_SECRET, (at - 128) / 4);
  mix(input, input.length - 16, LAST_SECRET, 0);
  avalanche();
}

/** From both ends towards the middle, 16 bytes at a time. */
function upTo128(input) {
  const { length } = input;
  times1(length);
  for (let at = 16 * ((length - 1) >> 5); at >= 0; at -= 16) {
    mix(input, at, SECRET, at / 2);
    mix(input, length - at - 16, SECRET, at / 2 + 4);
  }
  avalanche();
}

function upTo16(input) {
  const low = word(input, 0) ^ SECRET[6] ^ SECRET[8];
  const high = word(input, 4) ^ SECRET[7] ^ SECRET[9];
  const endLow = word(input, input.length - 8) ^ SECRET[10] ^ SECRET[12];
  const endHigh = word(input, input.length - 4) ^ SECRET[11] ^ SECRET[13];
  hash[0] = input.length;
  add(hash, swapped(high), swapped(low));
  add(hash, endLow, endHigh);
  addFolded(hash, low, high, endLow, endHigh);
  avalanche();
}

function upTo8(input) {
  const { length } = input;
  const low = word(input, length - 4) ^ SECRET[2] ^ SECRET[4];
  const high = word(input, 0) ^ SECRET[3] ^ SECRET[5];
  hash[0] = low ^ ((high << 17) | (low >>> 15)) ^ ((low << 24) | (high >>> 8));
  hash[1] = high ^ ((low << 17) | (high >>> 15)) ^ ((high << 24) | (low >>> 8));
  multiply(hash, 0x1e98df25, 0x9fb21c65);
  // A shift by 35 bits and the length, which carry nothing into the upper half.
  hash[0] ^= (hash[1] >>> 3) + length;
  multiply(hash, 0x1e98df25, 0x9fb21c65);
  shiftIn(hash, 28);
}

function upTo3(input) {
  const { length } = input;
  if (length === 0) {
    hash[0] = SECRET[14] ^ SECRET[16];
    hash[1] = SECRET[15] ^ SECRET[17];
  } else {
    const combined = (input[0] << 16) | (input[length >> 1] << 24) | input[length - 1] | (length << 8);
    hash[0] = combined ^ SECRET[0] ^ SECRET[1];
  }
  avalanche64();
}

/** Takes 16 bytes of the input in, with four words of a secret. */
function mix(input, at, secret, key) {
  addFolded(
    hash,
    word(input, at) ^ secret[key],
    word(input, at + 4) ^ secret[key + 1],
    word(input, at + 8) ^ secret[key + 2],
    word(input, at + 12) ^ secret[key + 3],
  );
}

function word(input, at) {
  return input[at] | (input[at + 1] << 8) | (input[at + 2] << 16) | (input[at + 3] << 24);
}

/** The word with its bytes in the other order. */
function swapped(word) {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
}

/** The canonical form: the most significant byte first. */
function digest() {
  const [low, high] = hash;
  return Uint8Array.of(high >>> 24, high >>> 16, high >>> 8, high, low >>> 24, low >>> 16, low >>> 8, low);
}
