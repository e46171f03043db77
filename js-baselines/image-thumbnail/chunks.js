// What a PNG file is made of.

/** Bytes before the first chunk. */
export const PNG_SIGNATURE_BYTES = 8;
/** A chunk's length, its name and its checksum. */
const FRAME_BYTES = 12;

/** The chunks of a PNG file: the name, where each begins and where it ends. */
export function* chunks(file) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let start = PNG_SIGNATURE_BYTES; start + FRAME_BYTES <= file.length; ) {
    const end = start + FRAME_BYTES + view.getUint32(start);
    yield { name: String.fromCharCode(...file.subarray(start + 4, start + 8)), start, end };
    start = end;
  }
}
