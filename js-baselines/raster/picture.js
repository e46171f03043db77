// Pictures for tests, as the kernels of the domain image get them.

/** Width and height as little-endian 32-bit numbers, then the RGBA that `level` has for each place and channel. */
export function picture(width, height, level) {
  const input = new Uint8Array(8 + width * height * 4);
  new Uint32Array(input.buffer, 0, 2).set([width, height]);
  for (let i = 0; i < width * height * 4; i += 1) {
    const at = i >> 2;
    input[8 + i] = level(at % width, Math.floor(at / width), i & 3);
  }
  return input;
}

/** Soft colours with some noise, opaque. */
export function soft(x, y, channel) {
  if (channel === 3) return 255;
  return 128 + 90 * Math.sin(x / (20 + 9 * channel)) * Math.cos(y / 15) + (noise(x, y, channel) & 7);
}

/** Levels that have nothing to do with one another. */
export function noise(x, y, channel) {
  return Math.imul(Math.imul(x + 1, 2654435761) ^ (y * 40503 + channel * 977), 2246822519) >>> 24;
}

/** Peak signal-to-noise ratio, dB. */
export function psnr(a, b) {
  const squares = a.reduce((sum, level, i) => sum + (level - b[i]) ** 2, 0);
  return a.length === b.length ? 10 * Math.log10(255 ** 2 / (squares / a.length)) : NaN;
}
