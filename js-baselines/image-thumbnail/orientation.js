// A picture file without its EXIF data. Browsers turn a picture as its EXIF orientation says, and take `imageOrientation: 'none'`
// for another name of 'from-image'.

import { chunks } from './chunks.js';
import { hasName, segments } from './segments.js';

const APP1 = 0xe1;

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
  for (const chunk of chunks(png)) {
    if (chunk.name === 'eXIf') yield chunk;
  }
}
