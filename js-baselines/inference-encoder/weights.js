// Weights of a transformer encoder that was never trained: they cost what a trained one's cost, and mean nothing.
//
// In the form of the kernel `inference-classifier`, whose `src/weights.rs` says what the file holds. Its tests have the same
// generator in Rust; both are held to one hash.

const MAGIC = 'LNGCLASS';
const VERSION = 1;
// Tokens that the model reads at most; the kernel has this number, too.
const POSITIONS = 128;

/**
 * A weights file of this shape.
 *
 * Every product keeps about the spread of what goes in, as in a model at the start of its training, so that no softmax and no
 * GELU is pushed to where it is flat. The last layer spreads the answers far enough to tell models apart.
 */
export function weights({ seed, vocabulary, width, layers, heads, hidden, labels }) {
  let names = Array.from({ length: labels }, (_, label) => `${label}\n`).join('');
  names = names.padEnd(Math.ceil(names.length / 4) * 4, '\n');
  const fields = [VERSION, vocabulary, POSITIONS, width, layers, heads, hidden, labels, names.length];
  const header = MAGIC.length + 4 * fields.length + names.length;
  const tensors = tensorsOf({ vocabulary, width, layers, hidden, labels });
  const numbers = tensors.reduce((sum, { count }) => sum + count, 0);

  const file = new Uint8Array(header + 2 * numbers);
  const view = new DataView(file.buffer);
  file.set(new TextEncoder().encode(MAGIC));
  fields.forEach((field, i) => view.setUint32(MAGIC.length + 4 * i, field, true));
  file.set(new TextEncoder().encode(names), header - names.length);
  const draw = standard(seed);
  let at = header;
  for (const { count, mean, deviation } of tensors) {
    for (const end = at + 2 * count; at < end; at += 2) view.setUint16(at, toHalf(mean + deviation * draw()), true);
  }
  return file;
}

// How many numbers each tensor has, and how they spread.
function tensorsOf({ vocabulary, width, layers, hidden, labels }) {
  const tensor = (rows, columns, mean, deviation) => ({ count: rows * columns, mean, deviation });
  const norm = () => [tensor(1, width, 1, 0.1), tensor(1, width, 0, 0.1)];
  const linear = (depth, columns) => [tensor(depth, columns, 0, 1 / Math.sqrt(depth)), tensor(1, columns, 0, 0.1)];
  const layer = () => [
    ...norm(),
    ...linear(width, 3 * width),
    ...linear(width, width),
    ...norm(),
    ...linear(width, hidden),
    ...linear(hidden, width),
  ];
  return [
    tensor(vocabulary, width, 0, 1),
    tensor(POSITIONS, width, 0, 0.5),
    ...Array.from({ length: layers }, layer).flat(),
    ...norm(),
    tensor(width, labels, 0, 0.5),
    tensor(1, labels, 0, 0.5),
  ];
}

// Numbers with a mean of 0 and a deviation of 1, near enough to a normal distribution: four even ones of 16 bits, added.
function standard(seed) {
  const next = splitMix64(seed);
  // Each part has a deviation of 2^16 / √12, and four together twice that.
  const deviation = 65536 / Math.sqrt(3);
  return () => {
    const { low, high } = next();
    return ((low & 0xffff) + (low >>> 16) + (high & 0xffff) + (high >>> 16) - 2 * 65535) / deviation;
  };
}

// SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2714064.2660195), on halves of 32 bits: BigInt takes many times as long.
function splitMix64(seed) {
  let { low, high } = halves(BigInt(seed));
  const step = halves(0x9e3779b97f4a7c15n);
  const factors = [halves(0xbf58476d1ce4e5b9n), halves(0x94d049bb133111ebn)];
  const shifts = [30, 27];
  return () => {
    const carry = low + step.low > 0xffffffff ? 1 : 0;
    low = (low + step.low) >>> 0;
    high = (high + step.high + carry) >>> 0;
    let z = { low, high };
    shifts.forEach((shift, i) => (z = product(folded(z, shift), factors[i])));
    return folded(z, 31);
  };
}

const halves = (number) => ({ low: Number(BigInt.asUintN(32, number)), high: Number(BigInt.asUintN(32, number >> 32n)) });

// z ^ (z >> shift)
function folded({ low, high }, shift) {
  return { low: (low ^ ((low >>> shift) | (high << (32 - shift)))) >>> 0, high: (high ^ (high >>> shift)) >>> 0 };
}

function product(a, b) {
  const high = carried(a.low, b.low) + Math.imul(a.low, b.high) + Math.imul(a.high, b.low);
  return { low: Math.imul(a.low, b.low) >>> 0, high: high >>> 0 };
}

// The upper half of the product of two numbers of 32 bits, by their halves of 16.
function carried(a, b) {
  const [a0, a1, b0, b1] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  return a1 * b1 + (middle >>> 16) + ((a0 * b1 + (middle & 0xffff)) >>> 16);
}

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

// The half-precision number next to a number of single precision whose size is below 65504 (IEEE 754-2019, binary16).
function toHalf(number) {
  float[0] = number;
  const sign = (bits[0] >>> 16) & 0x8000;
  const size = bits[0] & 0x7fffffff;
  bits[0] = size;
  // Subnormal: steps of 2^-24.
  if (float[0] < 2 ** -14) return sign | roundedToEven(float[0] * 2 ** 24);
  // To nearest, ties to even, in the 13 bits that go; the exponent's bias goes from 127 to 15.
  return sign | (((size + 0xfff + ((size >>> 13) & 1)) >>> 13) - ((127 - 15) << 10));
}

function roundedToEven(number) {
  const below = Math.floor(number);
  const rest = number - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
