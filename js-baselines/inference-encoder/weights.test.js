// node --test js-baselines/inference-encoder/

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { weights } from './weights.js';

const SMALL = { seed: 1, vocabulary: 32, width: 16, layers: 2, heads: 2, hidden: 24, labels: 3 };

test('the bytes are those that the tests of inference-classifier have in Rust', () => {
  const fnv1a = weights(SMALL).reduce((hash, byte) => BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n), 0xcbf29ce484222325n);
  assert.equal(fnv1a, 4049310990948073152n);
});

test('a file holds its header and every parameter, and follows its seed', () => {
  const file = weights(SMALL);
  const view = new DataView(file.buffer);
  assert.equal(new TextDecoder().decode(file.subarray(0, 8)), 'LNGCLASS');
  const fields = Array.from({ length: 9 }, (_, i) => view.getUint32(8 + 4 * i, true));
  assert.deepEqual(fields, [1, 32, 128, 16, 2, 2, 24, 3, 8]);
  assert.equal(new TextDecoder().decode(file.subarray(44, 52)), '0\n1\n2\n\n\n');
  const layer = 4 * 16 ** 2 + 2 * 16 * 24 + 9 * 16 + 24;
  assert.equal(file.length, 52 + 2 * ((32 + 128) * 16 + 2 * layer + 2 * 16 + 17 * 3));
  assert.notDeepEqual(weights({ ...SMALL, seed: 2 }), file);
});
