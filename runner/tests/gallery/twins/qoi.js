// The decoder of "The Quite OK Image Format", https://qoiformat.org/qoi-specification.pdf

export function decode(file) {
  const bytes = new Uint8Array(file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(4), view.getUint32(8)];
  const out = new Uint8ClampedArray(width * height * 4);
  const seen = new Uint8Array(64 * 4);
  let [red, green, blue, alpha] = [0, 0, 0, 255];
  for (let at = 14, to = 0, run = 0; to < out.length; to += 4) {
    if (run > 0) {
      run--;
    } else {
      const tag = bytes[at++];
      if (tag === 0xfe || tag === 0xff) {
        [red, green, blue] = [bytes[at], bytes[at + 1], bytes[at + 2]];
        at += 3;
        if (tag === 0xff) alpha = bytes[at++];
      } else if (tag >> 6 === 0) {
        [red, green, blue, alpha] = seen.subarray(tag * 4, tag * 4 + 4);
      } else if (tag >> 6 === 1) {
        red = (red + ((tag >> 4) & 3) - 2) & 255;
        green = (green + ((tag >> 2) & 3) - 2) & 255;
        blue = (blue + (tag & 3) - 2) & 255;
      } else if (tag >> 6 === 2) {
        const second = bytes[at++];
        const change = (tag & 63) - 32;
        red = (red + change - 8 + (second >> 4)) & 255;
        green = (green + change) & 255;
        blue = (blue + change - 8 + (second & 15)) & 255;
      } else {
        run = tag & 63;
      }
      seen.set([red, green, blue, alpha], ((red * 3 + green * 5 + blue * 7 + alpha * 11) & 63) * 4);
    }
    out.set([red, green, blue, alpha], to);
  }
  return new ImageData(out, width, height);
}
