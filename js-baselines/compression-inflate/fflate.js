// One gzip file with fflate, which is smaller than pako. It does not verify the checksum.

import { gunzipSync } from 'fflate';
import { checksum } from './crc32.js';
import { statedLength, withoutPadding } from './padding.js';

/** No header, checksum and length are shorter, nor does content that cannot be compressed get much longer. */
const FRAME_BYTES = 23;
const MIN_RATIO = 0.99;

export function run(input) {
  return isPadded(input) ? unpadded(input) : gunzipSync(input);
}

/** Whether the file's last bytes cannot be its length: fflate would take them for that and cut the content off there. */
function isPadded(file) {
  const stated = statedLength(file);
  return stated === 0 || stated < MIN_RATIO * (file.length - FRAME_BYTES);
}

function unpadded(input) {
  for (const file of withoutPadding(input)) {
    try {
      const content = gunzipSync(file);
      if (isWhole(content, file)) return content;
    } catch {
      // Too short to be the file.
    }
  }
  return gunzipSync(input);
}

function isWhole(content, file) {
  const stated = new DataView(file.buffer, file.byteOffset + file.length - 8, 4).getUint32(0, true);
  return content.length === statedLength(file) && checksum(content, 0, content.length) === stated;
}
