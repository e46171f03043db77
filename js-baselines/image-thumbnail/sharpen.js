// Unsharp mask: each channel moves away from its blur by half of the difference. Rust computes the same bytes.

const AMOUNT_256THS = 128;

// Sharpens RGBA in place with a 5-tap binomial blur (1 4 6 4 1) in each direction; edge pixels are repeated outwards.
export function sharpen({ width, height, data }) {
  const row = width * 4;
  // Two repeated rows above and below, so that each row has five to add.
  const blurred = new Uint16Array(row * (height + 4));
  const padded = new Uint8Array(row + 16);
  for (let y = 0; y < height; y += 1) {
    blurAcross(data.subarray(y * row, (y + 1) * row), padded, blurred, (y + 2) * row);
  }
  for (const y of [0, 1]) {
    blurred.copyWithin(y * row, 2 * row, 3 * row);
    blurred.copyWithin((height + 2 + y) * row, (height + 1) * row, (height + 2) * row);
  }
  for (let i = 0; i < row * height; i += 1) {
    const ends = blurred[i] + blurred[i + 4 * row];
    const sides = blurred[i + row] + blurred[i + 3 * row];
    const blur = (ends + 4 * sides + 6 * blurred[i + 2 * row] + 128) >> 8;
    const sharp = data[i] + (((data[i] - blur) * AMOUNT_256THS) >> 8);
    data[i] = sharp < 0 ? 0 : sharp > 255 ? 255 : sharp;
  }
}

// Writes a row of RGBA blurred along itself, 16 times too large, to `blurred` from `start` on.
function blurAcross(levels, padded, blurred, start) {
  const row = levels.length;
  padded.set(levels, 8);
  for (let i = 0; i < 8; i += 1) {
    padded[i] = levels[i & 3];
    padded[row + 8 + i] = levels[row - 4 + (i & 3)];
  }
  for (let i = 0; i < row; i += 1) {
    const ends = padded[i] + padded[i + 16];
    const sides = padded[i + 4] + padded[i + 12];
    blurred[start + i] = ends + 4 * sides + 6 * padded[i + 8];
  }
}
