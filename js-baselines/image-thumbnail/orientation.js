// A picture file without its EXIF data. Browsers turn a picture as its EXIF orientation says, and take `imageOrientation: 'none'`
// for another name of 'from-image'.

import { hasName, segments } from './segments.js';

const APP1 = 0xe1;
const PNG_SIGNATURE = 8;
/** Of a PNG's chunk: its length, its name and its checksum. */
const CHUNK_FRAME = 12;

/** What is left of `file`, in parts that are not copied. */
export function withoutExif(file) {
  const parts = [];
  let from = 0;
  for (const { start, end } of file[0] === 0xff ? exifSegments(file) : exifChunks(file)) {
    parts.push(file.subarray(from, start));
    from = end;
  }
  return [...parts, file.subarray(from)];
}

function* exifSegments(jpeg) {
  for (const segment of segments(jpeg)) {
    if (segment.marker === APP1 && hasName(segment.payload, 'Exif\0')) yield segment;
  }
}

function* exifChunks(png) {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  for (let start = PNG_SIGNATURE; start + CHUNK_FRAME <= png.length; ) {
    const end = start + CHUNK_FRAME + view.getUint32(start);
    if (hasName(png.subarray(start + 4, start + 8), 'eXIf')) yield { start, end };
    start = end;
  }
}
