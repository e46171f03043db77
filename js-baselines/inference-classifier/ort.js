// The encoder as an ONNX graph that ONNX Runtime runs, on the very same weights file: the graph holds no numbers, only
// where in that file each tensor is. The tokeniser is the baseline's.

import { POSITIONS, tokenise } from './tokens.js';
import { openWeights } from './weights.js';

/**
 * A contender made of ONNX Runtime: `ort` is its module, `engine` the address of its Wasm, `provider` what computes, and
 * `graph` the address of the graph.
 */
export function contender({ ort, engine, provider }, graph) {
  const ids = new Int32Array(POSITIONS);
  let session;
  let vocabulary;

  async function setup(assets) {
    if (!assets?.weights) throw new Error('setup needs the asset `weights`');
    const { shape } = openWeights(assets.weights);
    // One thread like all others here, in this very page, and no file from anywhere else.
    Object.assign(ort.env.wasm, { numThreads: 1, proxy: false, wasmPaths: { wasm: engine } });
    const made = await ort.InferenceSession.create(graph, {
      executionProviders: [provider],
      externalData: [{ path: 'weights.bin', data: assets.weights }],
    });
    await release();
    session = made;
    vocabulary = shape.vocabulary;
  }

  /** Lets go of the weights. The runtime's own Wasm stays. */
  async function release() {
    await session?.release();
    session = undefined;
  }

  async function run(text) {
    if (!session) throw new Error('the model has no weights yet: call setup(assets) first');
    const count = tokenise(text, vocabulary, ids);
    const { probabilities } = await session.run({ ids: new ort.Tensor('int32', ids.subarray(0, count), [count]) });
    return probabilities.data;
  }

  return { setup, run, release };
}
