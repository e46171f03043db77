// The encoder: the algorithm of the Rust contender, with everything packed and allocated at set-up.

import { multiply, pack, PANEL } from './gemm.js';
import { POSITIONS } from './tokens.js';

const EPSILON = 1e-5;

/** Reads the encoder's tensors; `encode(ids, count, mean)` then writes the mean token vector of a text. */
export function readEncoder(weights) {
  const { vocabulary, width, layers: layerCount, heads, hidden } = weights.shape;
  const headWidth = width / heads;
  const scale = 1 / Math.sqrt(headWidth);
  const stride = 3 * width;

  const doubles = (count) => Float64Array.from(weights.tensor(count));
  const norm = () => ({ gain: doubles(width), bias: doubles(width) });
  const linear = (depth, columns) => {
    const panels = pack(weights.tensor(depth * columns), depth, columns);
    return { depth, columns, panels, bias: doubles(columns) };
  };
  const embedding = weights.tensor(vocabulary * width);
  const position = weights.tensor(POSITIONS * width);
  const layers = [];
  for (let i = 0; i < layerCount; i++) {
    layers.push({
      norm1: norm(), qkv: linear(width, stride), out: linear(width, width),
      norm2: norm(), up: linear(width, hidden), down: linear(hidden, width),
    });
  }
  const lastNorm = norm();

  const room = (columns) => new Float64Array(POSITIONS * columns);
  const x = room(width);
  const normed = room(width);
  const qkv = room(stride);
  const mixed = room(width);
  const inner = room(hidden);
  const change = room(width);
  const keys = room(headWidth);
  const values = room(headWidth);
  const scores = room(POSITIONS);
  const noBias = new Float64Array(Math.max(POSITIONS, headWidth));

  function apply(layer, rows, from, to) {
    multiply(rows, layer.depth, layer.columns, from, 0, layer.depth, layer.panels, layer.bias, to, 0, layer.columns);
  }

  function attend(head, rows) {
    const first = head * headWidth;
    const columns = (rows + PANEL - 1) & ~(PANEL - 1);
    for (let token = 0; token < rows; token++) {
      const from = token * stride + width + first;
      const to = (token & ~3) * headWidth + (token & 3);
      for (let k = 0; k < headWidth; k++) keys[to + 4 * k] = qkv[from + k] * scale;
    }
    for (let k = 0; k < headWidth; k += 4) {
      let to = k * rows;
      let from = 2 * width + first + k;
      for (let token = 0; token < rows; token++, from += stride, to += 4) {
        values[to] = qkv[from];
        values[to + 1] = qkv[from + 1];
        values[to + 2] = qkv[from + 2];
        values[to + 3] = qkv[from + 3];
      }
    }
    // Columns past the last token hold the scores of stale keys; the softmax never reads them.
    multiply(rows, headWidth, columns, qkv, first, stride, keys, noBias, scores, 0, columns);
    for (let row = 0; row < rows; row++) softmax(scores, row * columns, rows);
    multiply(rows, rows, headWidth, scores, 0, columns, values, noBias, mixed, first, width);
  }

  return function encode(ids, rows, mean) {
    const numbers = rows * width;
    for (let row = 0, to = 0; row < rows; row++) {
      const from = ids[row] * width;
      for (let i = 0; i < width; i++, to++) x[to] = embedding[from + i] + position[to];
    }
    for (const layer of layers) {
      layerNorm(x, rows, width, layer.norm1, normed);
      apply(layer.qkv, rows, normed, qkv);
      for (let head = 0; head < heads; head++) attend(head, rows);
      apply(layer.out, rows, mixed, change);
      for (let i = 0; i < numbers; i++) x[i] += change[i];
      layerNorm(x, rows, width, layer.norm2, normed);
      apply(layer.up, rows, normed, inner);
      gelu(inner, rows * hidden);
      apply(layer.down, rows, inner, change);
      for (let i = 0; i < numbers; i++) x[i] += change[i];
    }
    layerNorm(x, rows, width, lastNorm, normed);
    mean.fill(0);
    for (let from = 0; from < numbers; from += width) {
      for (let i = 0; i < width; i++) mean[i] += normed[from + i];
    }
    for (let i = 0; i < width; i++) mean[i] /= rows;
  };
}

function layerNorm(from, rows, width, { gain, bias }, to) {
  for (let at = 0; at < rows * width; at += width) {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += from[at + i];
    const mean = sum / width;
    let squares = 0;
    for (let i = 0; i < width; i++) {
      const centred = from[at + i] - mean;
      squares += centred * centred;
    }
    const scale = 1 / Math.sqrt(squares / width + EPSILON);
    for (let i = 0; i < width; i++) to[at + i] = (from[at + i] - mean) * scale * gain[i] + bias[i];
  }
}

function softmax(numbers, at, count) {
  const end = at + count;
  let largest = numbers[at];
  for (let i = at + 1; i < end; i++) if (numbers[i] > largest) largest = numbers[i];
  let sum = 0;
  for (let i = at; i < end; i++) {
    const share = Math.exp(numbers[i] - largest);
    numbers[i] = share;
    sum += share;
  }
  const scale = 1 / sum;
  for (let i = at; i < end; i++) numbers[i] *= scale;
}

// x · Φ(x) with the error function of Abramowitz and Stegun 7.1.26, as in the Rust contender.
function gelu(numbers, count) {
  for (let i = 0; i < count; i++) {
    const number = numbers[i];
    const scaled = number * Math.SQRT1_2;
    const size = Math.abs(scaled);
    const t = 1 / (1 + 0.3275911 * size);
    const sum = (((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592;
    const erf = 1 - sum * t * Math.exp(-size * size);
    numbers[i] = 0.5 * number * (1 + (scaled < 0 ? -erf : erf));
  }
}
