// The baseline of `inference-classifier`: the same transformer encoder in JavaScript as fast as we can write it.

import { readEncoder } from './encoder.js';
import { POSITIONS, tokenise } from './tokens.js';
import { openWeights } from './weights.js';

let model;

/** Takes the weights out of the assets. A malformed file throws and leaves an earlier set-up as it was. */
export function setup(assets) {
  if (!assets?.weights) throw new Error('setup needs the asset `weights`');
  const weights = openWeights(assets.weights);
  const { vocabulary, width, labels } = weights.shape;
  const encode = readEncoder(weights);
  const labelWeights = weights.tensor(width * labels);
  const labelBias = weights.tensor(labels);
  weights.finish();
  const ids = new Uint32Array(POSITIONS);
  const mean = new Float64Array(width);

  model = (text) => {
    encode(ids, tokenise(text, vocabulary, ids), mean);
    const logits = Float32Array.from(labelBias);
    for (let i = 0, at = 0; i < width; i++) {
      for (let label = 0; label < labels; label++, at++) logits[label] += mean[i] * labelWeights[at];
    }
    return logits;
  };
}

/** Lets go of the weights. Until `setup` takes them in anew, `run` has none to answer by. */
export function release() {
  model = undefined;
}

/** One number per language: the higher, the likelier. For tests. */
export function logits(text) {
  if (!model) throw new Error('the classifier has no weights yet: call setup(assets) first');
  return model(text);
}

/** The probability of each language, in the order of labels.json; they add up to 1. */
export function run(text) {
  const shares = logits(text);
  let largest = -Infinity;
  for (const logit of shares) if (logit > largest) largest = logit;
  let sum = 0;
  for (let i = 0; i < shares.length; i++) sum += shares[i] = Math.exp(shares[i] - largest);
  for (let i = 0; i < shares.length; i++) shares[i] /= sum;
  return shares;
}
