// Raw pixels reduced to a width of 512 by the browser itself, as well as it can. It is another filter than Lanczos3.

import { heightAt, read } from '../raster/read.js';

const WIDTH = 512;

/** What this browser lacks, if anything. */
export function unavailable() {
  return ['createImageBitmap', 'OffscreenCanvas'].find((name) => !(name in globalThis));
}

export async function run(input) {
  const { width, height, data } = read(input);
  if (width <= WIDTH) return data.slice();
  const pixels = new ImageData(new Uint8ClampedArray(data.buffer, data.byteOffset, data.length), width, height);
  const toHeight = heightAt({ width, height }, WIDTH);
  const options = { resizeWidth: WIDTH, resizeHeight: toHeight, resizeQuality: 'high' };
  const bitmap = await createImageBitmap(pixels, options);
  // The answer is read back at once, so the canvas had better not lie in the graphics card.
  const context = new OffscreenCanvas(WIDTH, toHeight).getContext('2d', { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const reduced = context.getImageData(0, 0, WIDTH, toHeight).data;
  return new Uint8Array(reduced.buffer);
}
