// The size of a picture from the head of its file, before anything is decoded.

/** Pixels; 0 x 0 where the file is neither a JPEG nor a PNG, or has no size. */
export function sizeOf(file) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const isPng = file.length >= 24 && view.getUint32(0) === 0x89504e47;
  return isPng ? { width: view.getUint32(16), height: view.getUint32(20) } : sizeOfJpeg(view);
}

function sizeOfJpeg(view) {
  // Segments follow one another, each with a marker and its length, until the frame's.
  for (let at = 2; at + 9 <= view.byteLength && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    if (isFrame(view.getUint8(at + 1))) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  }
  return { width: 0, height: 0 };
}

/** SOF0 to SOF15, without the tables and the extension that lie between them. */
function isFrame(marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
