import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import address from 'zxing-wasm/reader/zxing_reader.wasm?url';

export const setup = () => prepareZXingModule({ overrides: { locateFile: () => address }, fireImmediately: true });

export async function read(file) {
  const [found] = await readBarcodes(file);
  return found.text;
}
