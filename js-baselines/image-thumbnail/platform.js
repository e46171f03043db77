// The thumbnail of a photo by the browser itself, which may use other threads. It resizes as well as it can, which is not
// Lanczos3, and has no sharpening of this kind, so that is ours, as in the baseline.

import { QUALITY, WIDTH } from './form.js';
import { sharpen } from './sharpen.js';
import { widthOf } from './width.js';

/** What this browser lacks, if anything. */
export function unavailable() {
  return ['createImageBitmap', 'OffscreenCanvas'].find((name) => !(name in globalThis));
}

export async function run(input) {
  const resize = widthOf(input) > WIDTH ? { resizeWidth: WIDTH, resizeQuality: 'high' } : {};
  // With one side given, the browser keeps the aspect.
  const bitmap = await createImageBitmap(new Blob([input]), { ...resize, colorSpaceConversion: 'none' });
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
