// The thumbnail of a photo by the browser itself, which may use other threads. It resizes as well as it can, which is not
// Lanczos3, and has no sharpening of this kind, so that is ours, as in the baseline.

import { heightAt } from '../raster/read.js';
import { QUALITY, WIDTH } from './form.js';
import { withoutExif } from './orientation.js';
import { sharpen } from './sharpen.js';
import { sizeOf } from './size.js';

/** What this browser lacks, if anything. */
export function unavailable() {
  return ['createImageBitmap', 'OffscreenCanvas'].find((name) => !(name in globalThis));
}

export async function run(input) {
  const bitmap = await createImageBitmap(new Blob(withoutExif(input)), { ...reduction(input), colorSpaceConversion: 'none' });
  const { width, height } = bitmap;
  // The pixels are read back at once, so the canvas had better not lie in the graphics card.
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const pixels = context.getImageData(0, 0, width, height);
  sharpen(pixels);
  context.putImageData(pixels, 0, 0);
  const file = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY / 100 });
  return new Uint8Array(await file.arrayBuffer());
}

/** Options that have a wide picture reduced while it is decoded. */
function reduction(input) {
  const size = sizeOf(input);
  if (size.width <= WIDTH) return {};
  // With one side given, the browser rounds the other one up.
  return { resizeWidth: WIDTH, resizeHeight: heightAt(size, WIDTH), resizeQuality: 'high' };
}
