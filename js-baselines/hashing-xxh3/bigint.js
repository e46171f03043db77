// XXH3-64 as one writes it down from the specification, in BigInt. It is here to show what that costs.

import { SECRET } from './secret.js';

const PRIME32_1 = 0x9e3779b1n;
const PRIME32_2 = 0x85ebca77n;
const PRIME32_3 = 0xc2b2ae3dn;
const PRIME64_1 = 0x9e3779b185ebca87n;
const PRIME64_2 = 0xc2b2ae3d27d4eb4fn;
const PRIME64_3 = 0x165667b19e3779f9n;
const PRIME64_4 = 0x85ebca77c2b2ae63n;
const PRIME64_5 = 0x27d4eb2f165667c5n;
const PRIME_MX1 = 0x165667919e3779f9n;
const PRIME_MX2 = 0x9fb21c651e98df25n;

const STRIPE = 64;
const STRIPES_PER_BLOCK = 16;
const BLOCK = STRIPE * STRIPES_PER_BLOCK;

const secretView = new DataView(SECRET.buffer);
const secret = (at) => secretView.getBigUint64(at, true);
const read = (view, at) => view.getBigUint64(at, true);
const u64 = (value) => BigInt.asUintN(64, value);

const STRIPE_SECRET = Array.from({ length: STRIPES_PER_BLOCK }, (_, stripe) => secretOfStripe(8 * stripe));
const SCRAMBLE_SECRET = secretOfStripe(128);
const LAST_SECRET = secretOfStripe(121);
const START = [PRIME32_3, PRIME64_1, PRIME64_2, PRIME64_3, PRIME64_4, PRIME32_2, PRIME64_5, PRIME32_1];

function secretOfStripe(at) {
  return BigUint64Array.from({ length: 8 }, (_, lane) => secret(at + 8 * lane));
}

export function run(input) {
  const answer = new DataView(new ArrayBuffer(8));
  answer.setBigUint64(0, hash(new DataView(input.buffer, input.byteOffset, input.length)));
  return new Uint8Array(answer.buffer);
}

function hash(view) {
  const length = view.byteLength;
  if (length > 240) return long(view);
  if (length > 128) return upTo240(view);
  if (length > 16) return upTo128(view);
  if (length > 8) return upTo16(view);
  if (length > 3) return upTo8(view);
  return upTo3(view);
}

function avalanche(value) {
  value = u64((value ^ (value >> 37n)) * PRIME_MX1);
  return value ^ (value >> 32n);
}

function avalanche64(value) {
  value = u64((value ^ (value >> 33n)) * PRIME64_2);
  value = u64((value ^ (value >> 29n)) * PRIME64_3);
  return value ^ (value >> 32n);
}

function folded(a, b) {
  const product = a * b;
  return u64(product) ^ (product >> 64n);
}

function mixed(view, at, key) {
  return folded(read(view, at) ^ secret(key), read(view, at + 8) ^ secret(key + 8));
}

function upTo3(view) {
  const length = view.byteLength;
  if (length === 0) return avalanche64(secret(56) ^ secret(64));
  const [first, middle, last] = [0, length >> 1, length - 1].map((at) => view.getUint8(at));
  const combined = ((first << 16) | (middle << 24) | last | (length << 8)) >>> 0;
  return avalanche64(BigInt(combined) ^ BigInt((secretView.getUint32(0, true) ^ secretView.getUint32(4, true)) >>> 0));
}

function upTo8(view) {
  const length = view.byteLength;
  const both = BigInt(view.getUint32(length - 4, true)) + (BigInt(view.getUint32(0, true)) << 32n);
  let value = both ^ secret(8) ^ secret(16);
  value ^= u64((value << 49n) | (value >> 15n)) ^ u64((value << 24n) | (value >> 40n));
  value = u64(value * PRIME_MX2);
  value = u64((value ^ ((value >> 35n) + BigInt(length))) * PRIME_MX2);
  return value ^ (value >> 28n);
}

function upTo16(view) {
  const length = view.byteLength;
  const key = secret(24) ^ secret(32);
  const low = read(view, 0) ^ key;
  const high = read(view, length - 8) ^ secret(40) ^ secret(48);
  const swapped = new DataView(new ArrayBuffer(8));
  swapped.setBigUint64(0, low);
  return avalanche(u64(BigInt(length) + read(swapped, 0) + high + folded(low, high)));
}

function upTo128(view) {
  const length = view.byteLength;
  let sum = BigInt(length) * PRIME64_1;
  for (let at = 16 * ((length - 1) >> 5); at >= 0; at -= 16) {
    sum += mixed(view, at, 2 * at) + mixed(view, length - at - 16, 2 * at + 16);
  }
  return avalanche(u64(sum));
}

function upTo240(view) {
  const length = view.byteLength;
  let sum = BigInt(length) * PRIME64_1;
  for (let at = 0; at < 128; at += 16) sum += mixed(view, at, at);
  sum = avalanche(u64(sum));
  for (let at = 128; at + 16 <= length; at += 16) sum += mixed(view, at, at - 125);
  return avalanche(u64(sum + mixed(view, length - 16, 119)));
}

function long(view) {
  const length = view.byteLength;
  const lanes = BigUint64Array.from(START);
  const last = Math.floor((length - 1) / BLOCK) * BLOCK;
  for (let at = 0; at < last; at += BLOCK) {
    for (let stripe = 0; stripe < STRIPES_PER_BLOCK; stripe++) {
      accumulate(lanes, view, at + STRIPE * stripe, STRIPE_SECRET[stripe]);
    }
    scramble(lanes);
  }
  for (let at = last, stripe = 0; at + STRIPE < length; at += STRIPE, stripe++) {
    accumulate(lanes, view, at, STRIPE_SECRET[stripe]);
  }
  accumulate(lanes, view, length - STRIPE, LAST_SECRET);
  let sum = BigInt(length) * PRIME64_1;
  for (let lane = 0; lane < 8; lane += 2) {
    sum += folded(lanes[lane] ^ secret(11 + 8 * lane), lanes[lane + 1] ^ secret(19 + 8 * lane));
  }
  return avalanche(u64(sum));
}

/** Each step is cut to 64 bits, which lets an engine leave out the big integers where it can. */
function accumulate(lanes, view, at, keys) {
  for (let lane = 0; lane < 8; lane++) {
    const data = view.getBigUint64(at + 8 * lane, true);
    const keyed = data ^ keys[lane];
    const product = BigInt.asUintN(64, BigInt.asUintN(64, keyed & 0xffffffffn) * BigInt.asUintN(64, keyed >> 32n));
    lanes[lane] = BigInt.asUintN(64, lanes[lane] + product);
    lanes[lane ^ 1] = BigInt.asUintN(64, lanes[lane ^ 1] + data);
  }
}

function scramble(lanes) {
  for (let lane = 0; lane < 8; lane++) {
    const value = lanes[lane] ^ (lanes[lane] >> 47n) ^ SCRAMBLE_SECRET[lane];
    lanes[lane] = BigInt.asUintN(64, value * PRIME32_1);
  }
}
