// `node --test js-baselines/inference-classifier/`: the answers of the training script, and malformed weights.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { logits, release, run, setup } from './index.js';
import { POSITIONS, tokenise } from './tokens.js';

const kernel = new URL('../../kernels/inference-classifier/', import.meta.url);
const weights = new Uint8Array(readFileSync(new URL('weights.bin', kernel)));
const references = JSON.parse(readFileSync(new URL('references.json', kernel), 'utf8'));

test('without weights every call is an error that names setup', () => {
  assert.throws(() => run('x'), /setup/);
  assert.throws(() => setup({}), /weights/);
});

test('tokens and logits are those of the training script', () => {
  setup({ weights });
  for (const { text, tokens, logits: expected } of references) {
    const ids = new Uint32Array(POSITIONS);
    assert.deepEqual([...ids.subarray(0, tokenise(text, 4096, ids))], tokens);
    const own = logits(text);
    assert.equal(own.length, expected.length);
    expected.forEach((logit, i) => assert.ok(Math.abs(own[i] - logit) < 1e-3, `${own[i]} is not ${logit}: ${text}`));
  }
});

test('the answer is one probability per label and leaves no trace in the next', () => {
  setup({ weights });
  const labels = JSON.parse(readFileSync(new URL('labels.json', kernel), 'utf8'));
  const alone = run('let x = 1;');
  run('- name: [a, b]\n'.repeat(50));
  assert.deepEqual(run('let x = 1;'), alone);
  assert.equal(alone.length, labels.length);
  assert.ok(Math.abs(alone.reduce((sum, share) => sum + share) - 1) < 1e-5);
});

test('released weights are gone until they are set up again', () => {
  setup({ weights });
  const before = run('let x = 1;');
  release();
  assert.throws(() => run('let x = 1;'), /setup/);
  setup({ weights });
  assert.deepEqual(run('let x = 1;'), before);
});

test('malformed weights are refused', () => {
  for (const length of [0, 43, 44, 150, weights.length - 2, weights.length - 1]) {
    assert.throws(() => setup({ weights: weights.subarray(0, length) }), /weights/);
  }
  for (let field = 0; field < 9; field++) {
    const file = weights.slice();
    new DataView(file.buffer).setUint32(8 + 4 * field, 0xffffffff, true);
    assert.throws(() => setup({ weights: file }), /weights/);
  }
  const file = weights.slice();
  file[file.length - 1] = 0x7c;
  assert.throws(() => setup({ weights: file }), /finite/);
});
