// Unsharp mask: each channel moves away from its blur by half of the difference. Rust computes the same bytes.

import { blur } from '../image-blur/index.js';

const AMOUNT_256THS = 128;

/** Sharpens RGBA in place by its 5-tap Gaussian blur. */
export function sharpen(image) {
  const { data } = image;
  const blurred = blur(image);
  for (let i = 0; i < data.length; i += 1) {
    const sharp = data[i] + (((data[i] - blurred[i]) * AMOUNT_256THS) >> 8);
    data[i] = sharp < 0 ? 0 : sharp > 255 ? 255 : sharp;
  }
}
