// Lanczos3 weights for one direction of a reduction, in fixed point: the numbers of the Rust, one for one.

/** Fraction bits of a weight; the weights of one output add up to exactly `1 << WEIGHT_BITS`. */
export const WEIGHT_BITS = 12;
const ONE = 1 << WEIGHT_BITS;
const LOBES = 3;

/** For each of `outputs` samples that are made of `inputs`: where its inputs start, how many they are, what they weigh. */
export function filter(inputs, outputs) {
  const scale = inputs / outputs;
  const windows = Array.from({ length: outputs }, (_, output) => window(output, inputs, scale));
  const taps = Math.max(...windows.map(({ weights }) => weights.length));
  const starts = new Int32Array(outputs);
  const weights = new Float64Array(outputs * taps);
  windows.forEach((window, output) => {
    // Near the end, a window of full length has to begin earlier.
    starts[output] = Math.min(window.first, inputs - taps);
    weights.set(window.weights, output * taps + window.first - starts[output]);
  });
  return { taps, starts, weights };
}

/** The first input of one output, and the weights from there on. */
function window(output, inputs, scale) {
  const centre = (output + 0.5) * scale;
  const reach = LOBES * scale;
  const first = Math.max(Math.ceil(centre - reach - 0.5), 0);
  const last = Math.min(Math.floor(centre + reach - 0.5), inputs - 1);
  const exact = Array.from({ length: last - first + 1 }, (_, i) => lanczos3((first + i + 0.5 - centre) / scale));
  const sum = exact.reduce((total, weight) => total + weight, 0);
  const weights = exact.map((weight) => roundAwayFromZero((weight / sum) * ONE));
  // What rounding left over goes to the largest weight, where it changes the shape least.
  weights[weights.lastIndexOf(Math.max(...weights))] += ONE - weights.reduce((total, weight) => total + weight, 0);
  return { first, weights };
}

function roundAwayFromZero(x) {
  return Math.sign(x) * Math.round(Math.abs(x));
}

function lanczos3(x) {
  const angle = Math.abs(x) * Math.PI;
  if (angle < 1e-8) return 1;
  if (angle >= LOBES * Math.PI) return 0;
  return ((Math.sin(angle) / angle) * Math.sin(angle / LOBES)) / (angle / LOBES);
}
