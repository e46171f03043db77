// What stands in a JPEG file before its pixels.

const START_OF_SCAN = 0xda;
const APP0 = 0xe0;
const APP14 = 0xee;

/** The segments of a JPEG file up to its first scan: the marker, where it begins, its payload and where it ends. */
export function* segments(file) {
  for (let at = 2; at + 4 <= file.length && file[at] === 0xff; ) {
    const marker = file[at + 1];
    if (marker === 0xff) {
      // A marker may have any number of these before it.
      at += 1;
      continue;
    }
    const end = at + 2 + ((file[at + 2] << 8) | file[at + 3]);
    yield { marker, start: at, payload: file.subarray(at + 4, end), end };
    if (marker === START_OF_SCAN) return;
    at = end;
  }
}

/** Whether a segment's payload or a chunk begins with a text. */
export function hasName(bytes, name) {
  return bytes.length >= name.length && Array.from(name).every((letter, i) => bytes[i] === letter.charCodeAt(0));
}

/** SOF0 to SOF15, without the tables and the extension that lie between them. */
export function isFrame(marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Whether three channels are red, green and blue rather than YCbCr, by libjpeg's rules, which are the browsers' too. */
export function isRgb(file) {
  let transform;
  let names = [];
  for (const { marker, payload } of segments(file)) {
    if (marker === APP0 && hasName(payload, 'JFIF')) return false;
    if (marker === APP14 && hasName(payload, 'Adobe')) transform = payload[11];
    // Each channel has a name, its sampling and its table.
    if (isFrame(marker)) names = [6, 9, 12].map((at) => payload[at]);
  }
  return transform === undefined ? String.fromCharCode(...names) === 'RGB' : transform === 0;
}
