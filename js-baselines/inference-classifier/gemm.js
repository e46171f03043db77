// The matrix product: packed panels of four columns, register tiles of four rows by four columns.
//
// All numbers that are multiplied are doubles, in Float64Arrays: JavaScript computes in doubles, and reading floats
// would convert each of them first (a tenth slower here; rounding each sum to a float costs half as much again).

export const PANEL = 4;

/** Packs `depth` rows by `columns` columns, row after row, into panels. */
export function pack(weights, depth, columns) {
  const panels = new Float64Array(depth * columns);
  let to = 0;
  for (let column = 0; column < columns; column += PANEL) {
    for (let row = 0; row < depth; row++) {
      for (let lane = 0; lane < PANEL; lane++) panels[to++] = weights[row * columns + column + lane];
    }
  }
  return panels;
}

/**
 * to = from · panels + bias. `from` has `rows` rows, `fromStride` numbers apart, from `fromAt` on; `to` alike.
 */
export function multiply(rows, depth, columns, from, fromAt, fromStride, panels, bias, to, toAt, toStride) {
  const whole = rows & ~3;
  for (let column = 0; column < columns; column += PANEL) {
    const panel = column * depth;
    const b0 = bias[column];
    const b1 = bias[column + 1];
    const b2 = bias[column + 2];
    const b3 = bias[column + 3];
    let row = 0;
    for (; row < whole; row += 4) {
      let p = panel;
      let r0 = fromAt + row * fromStride;
      let r1 = r0 + fromStride;
      let r2 = r1 + fromStride;
      let r3 = r2 + fromStride;
      const end = r0 + depth;
      let s00 = b0, s01 = b1, s02 = b2, s03 = b3;
      let s10 = b0, s11 = b1, s12 = b2, s13 = b3;
      let s20 = b0, s21 = b1, s22 = b2, s23 = b3;
      let s30 = b0, s31 = b1, s32 = b2, s33 = b3;
      for (; r0 < end; r0++, r1++, r2++, r3++, p += 4) {
        const w0 = panels[p], w1 = panels[p + 1], w2 = panels[p + 2], w3 = panels[p + 3];
        const x0 = from[r0];
        s00 += x0 * w0; s01 += x0 * w1; s02 += x0 * w2; s03 += x0 * w3;
        const x1 = from[r1];
        s10 += x1 * w0; s11 += x1 * w1; s12 += x1 * w2; s13 += x1 * w3;
        const x2 = from[r2];
        s20 += x2 * w0; s21 += x2 * w1; s22 += x2 * w2; s23 += x2 * w3;
        const x3 = from[r3];
        s30 += x3 * w0; s31 += x3 * w1; s32 += x3 * w2; s33 += x3 * w3;
      }
      let t = toAt + row * toStride + column;
      to[t] = s00; to[t + 1] = s01; to[t + 2] = s02; to[t + 3] = s03;
      t += toStride;
      to[t] = s10; to[t + 1] = s11; to[t + 2] = s12; to[t + 3] = s13;
      t += toStride;
      to[t] = s20; to[t + 1] = s21; to[t + 2] = s22; to[t + 3] = s23;
      t += toStride;
      to[t] = s30; to[t + 1] = s31; to[t + 2] = s32; to[t + 3] = s33;
    }
    for (; row < rows; row++) {
      let p = panel;
      let r = fromAt + row * fromStride;
      const end = r + depth;
      let s0 = b0, s1 = b1, s2 = b2, s3 = b3;
      for (; r < end; r++, p += 4) {
        const x = from[r];
        s0 += x * panels[p]; s1 += x * panels[p + 1]; s2 += x * panels[p + 2]; s3 += x * panels[p + 3];
      }
      const t = toAt + row * toStride + column;
      to[t] = s0; to[t + 1] = s1; to[t + 2] = s2; to[t + 3] = s3;
    }
  }
}
