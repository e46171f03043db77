// `node --test js-baselines/inference-classifier/`: ONNX Runtime on the classifier's graph and weights.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import * as ort from 'onnxruntime-web/wasm';

import * as baseline from './index.js';
import { contender } from './ort.js';

const kernel = new URL('../../kernels/inference-classifier/', import.meta.url);
const weights = new Uint8Array(readFileSync(new URL('weights.bin', kernel)));
const references = JSON.parse(readFileSync(new URL('references.json', kernel), 'utf8'));
const graph = `data:;base64,${readFileSync(new URL('model.onnx', kernel)).toString('base64')}`;
// Node.js cannot fetch a file.
const engine = new URL(import.meta.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'));
ort.env.wasm.wasmBinary = readFileSync(engine);
const peer = contender({ ort, engine: engine.href, provider: 'wasm' }, graph);

test('without weights every call is an error that names setup', async () => {
  await assert.rejects(peer.run('x'), /setup/);
  await assert.rejects(peer.setup({}), /weights/);
});

test('the answers are those of the baseline for any number of tokens', async () => {
  baseline.setup({ weights });
  await peer.setup({ weights });
  for (const { text } of references) {
    const [own, expected] = [await peer.run(text), baseline.run(text)];
    assert.equal(own.length, expected.length);
    expected.forEach((share, i) => assert.ok(Math.abs(own[i] - share) < 1e-5, `${own[i]} is not ${share}: ${text}`));
  }
});

test('malformed weights are refused, and what was set up earlier stays', async () => {
  await peer.setup({ weights });
  for (const length of [0, 43, 150, 1000, weights.length - 2]) {
    await assert.rejects(peer.setup({ weights: weights.subarray(0, length) }));
  }
  assert.equal((await peer.run('let x = 1;')).length, 11);
});

test('released weights are gone until they are set up again', async () => {
  await peer.setup({ weights });
  const before = await peer.run('let x = 1;');
  await peer.release();
  await assert.rejects(peer.run('let x = 1;'), /setup/);
  await peer.setup({ weights });
  assert.deepEqual(await peer.run('let x = 1;'), before);
});
