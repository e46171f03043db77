// As the package comes: it fetches its Wasm from a CDN.
import { readBarcodes } from 'zxing-wasm/reader';

export async function read(file) {
  const [found] = await readBarcodes(file);
  return found.text;
}
