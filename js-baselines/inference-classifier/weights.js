// The weights file; kernels/inference-classifier/src/weights.rs says what it holds and checks the same.

import { POSITIONS } from './tokens.js';

const MAGIC = 'LNGCLASS';
const VERSION = 1;
const HEADER_BYTES = 44;
const LARGEST_TENSOR = 1 << 24;

/** Opens a weights file: its shape, its labels, and `tensor(count)` for the next tensor. */
export function openWeights(file) {
  if (file.length < HEADER_BYTES || String.fromCharCode(...file.subarray(0, 8)) !== MAGIC) {
    throw new Error('weights: this is no weights file of this kernel');
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const field = (index) => view.getUint32(8 + 4 * index, true);
  if (field(0) !== VERSION) throw new Error(`weights: version ${field(0)} is not the ${VERSION} that is read here`);
  if (field(2) !== POSITIONS) throw new Error(`weights: made for ${field(2)} tokens, not for ${POSITIONS}`);
  const shape = {
    vocabulary: field(1), width: field(3), layers: field(4), heads: field(5), hidden: field(6), labels: field(7),
  };
  checkShape(shape);
  let at = HEADER_BYTES + field(8);
  if (at > file.length) throw new Error('weights: the file ends inside its labels');
  const names = new TextDecoder('utf-8', { fatal: true }).decode(file.subarray(HEADER_BYTES, at));
  const labels = names.replace(/\n+$/, '').split('\n');
  if (labels.length !== shape.labels) throw new Error(`weights: ${labels.length} labels, not ${shape.labels}`);

  return {
    shape,
    labels,
    tensor(count) {
      const end = at + 2 * count;
      if (end > file.length) throw new Error('weights: the file ends too early');
      const numbers = new Float32Array(count);
      const bits = new Uint32Array(numbers.buffer);
      for (let i = 0; i < count; i++, at += 2) bits[i] = fromHalf(file[at] | (file[at + 1] << 8));
      return numbers;
    },
    finish() {
      if (at !== file.length) throw new Error(`weights: ${file.length - at} bytes too many`);
    },
  };
}

// The bits of the f32 that has the value of a half-precision number.
function fromHalf(half) {
  const sign = (half & 0x8000) << 16;
  const magnitude = half & 0x7fff;
  const exponent = magnitude >> 10;
  if (exponent === 31) throw new Error('weights: a number that is not finite');
  if (exponent > 0) return sign | ((magnitude << 13) + (112 << 23));
  if (magnitude === 0) return sign;
  // Subnormal: shift the fraction up until its leading one is the implied one.
  const shift = Math.clz32(magnitude) - 21;
  return sign | ((113 - shift) << 23) | (((magnitude << shift) & 0x3ff) << 13);
}

function checkShape({ vocabulary, width, layers, heads, hidden, labels }) {
  const within = (value, least, most) => value >= least && value <= most;
  const isSound = within(vocabulary, 17, 65536) && within(layers, 1, 64) && within(labels, 1, 256)
    && within(heads, 1, 64) && within(width, 8, 4096) && within(hidden, 8, 16384)
    && hidden % 8 === 0 && width % (8 * heads) === 0
    && vocabulary * width <= LARGEST_TENSOR && width * hidden <= LARGEST_TENSOR;
  if (!isSound) throw new Error('weights: no model has this shape');
}
