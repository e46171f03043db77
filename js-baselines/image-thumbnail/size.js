// The size of a picture from the head of its file, before anything is decoded.

import { isFrame, segments } from './segments.js';

/** Pixels; 0 x 0 where the file is neither a JPEG nor a PNG, or has no size. */
export function sizeOf(file) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const isPng = file.length >= 24 && view.getUint32(0) === 0x89504e47;
  return isPng ? { width: view.getUint32(16), height: view.getUint32(20) } : sizeOfJpeg(file);
}

function sizeOfJpeg(file) {
  for (const { marker, payload } of segments(file)) {
    if (isFrame(marker) && payload.length >= 5) {
      return { width: (payload[3] << 8) | payload[4], height: (payload[1] << 8) | payload[2] };
    }
  }
  return { width: 0, height: 0 };
}
