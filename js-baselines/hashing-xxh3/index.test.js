// node --test js-baselines/hashing-xxh3/

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run as bigint } from './bigint.js';
import { run as controlled } from './index.js';
import { release, run as peer, setup } from './peer-hash-wasm.js';
import { SECRET } from './secret.js';

/** The bytes of xxHash's own sanity check, which its official vectors are hashes of. */
function sanityBuffer(length) {
  const bytes = new Uint8Array(length);
  let state = 0x9e3779b1n;
  for (let i = 0; i < length; i++) {
    bytes[i] = Number(state >> 56n);
    state = BigInt.asUintN(64, state * 0x9e3779b185ebca8dn);
  }
  return bytes;
}

// Lengths and hashes from xxHash's sanity_test_vectors.h, as in the tests of the Rust crate.
const OFFICIAL = [
  [0, '2d06800538d394c2'],
  [1, 'c44bdff4074eecdb'],
  [6, '27b56a84cd2d7325'],
  [12, 'a713daf0dfbb77e7'],
  [24, 'a3fe70bf9d3510eb'],
  [80, 'bcdefbbb2c47c90a'],
  [195, 'cd94217ee362ec3a'],
  [403, 'cdeb804d65c6dea4'],
  [2048, 'dd59e2c3a5f038e0'],
];
/** The hash of the hashes of all lengths from 0 to 1024, one after the other, as the Rust crate has it. */
const ALL_UP_TO_1024 = 'f683a9571dcc94f7';

const bytes = sanityBuffer(300_007);
const hex = (digest) => Buffer.from(digest).toString('hex');

for (const [name, run] of Object.entries({ controlled, bigint })) {
  test(`${name}: official vectors`, () => {
    for (const [length, expected] of OFFICIAL) {
      assert.equal(hex(run(bytes.subarray(0, length))), expected, `${length} bytes`);
    }
  });

  test(`${name}: every length up to 1024, which is every branch and a whole block`, () => {
    const all = Array.from({ length: 1025 }, (_, length) => run(bytes.subarray(0, length)));
    assert.equal(hex(run(Buffer.concat(all))), ALL_UP_TO_1024);
  });
}

test('all agree on lengths around blocks and stripes, wherever the input starts', async () => {
  await setup();
  for (const length of [241, 255, 256, 257, 1087, 1088, 1089, 2047, 2048, 2049, 65_537, 300_000]) {
    for (const offset of [0, 1, 2, 3, 7]) {
      const input = bytes.subarray(offset, offset + length);
      const expected = hex(peer(input));
      assert.equal(hex(controlled(input)), expected, `${length} bytes at ${offset}`);
      assert.equal(hex(bigint(input)), expected, `${length} bytes at ${offset}, BigInt`);
    }
  }
  release();
});

test('sums of the largest products keep every bit', async () => {
  await setup();
  for (const fill of [0x00, 0x01, 0x7f, 0x80, 0xff]) {
    const input = new Uint8Array(4096 + 5).fill(fill);
    assert.equal(hex(controlled(input)), hex(peer(input)), `all ${fill}`);
    assert.equal(hex(bigint(input)), hex(peer(input)), `all ${fill}, BigInt`);
  }
  // Every keyed word of a whole block is 0xffffffff: each product is as large as one can be.
  const input = new Uint8Array(2048 + 64);
  for (let at = 0; at < input.length; at++) input[at] = ~SECRET[(8 * (at >> 6) % 128) + (at & 63)];
  assert.equal(hex(controlled(input)), hex(peer(input)));
  release();
});
