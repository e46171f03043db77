import { decompressBlock } from 'lz4js';

// lz4-wasm writes the length of the content, 32 bits, before the block.
export function decompress(file) {
  const length = new DataView(file.buffer, file.byteOffset, file.byteLength).getUint32(0, true);
  const out = new Uint8Array(length);
  decompressBlock(file, out, 4, file.length - 4, 0);
  return out;
}
