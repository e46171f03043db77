// Raw pixels, as the kernels of the domain image get them.

const HEADER_BYTES = 8;

/**
 * The picture in `input`: width and height as little-endian 32-bit numbers, then RGBA, of which nothing is copied.
 * Throws where there are no pixels, or not as many as it says.
 */
export function read(input) {
  if (input.length < HEADER_BYTES) throw new Error(`${input.length} bytes are too few for a width and a height`);
  const header = new DataView(input.buffer, input.byteOffset, HEADER_BYTES);
  const [width, height] = [header.getUint32(0, true), header.getUint32(4, true)];
  const data = input.subarray(HEADER_BYTES);
  if (width * height === 0) throw new Error(`a picture of ${width} x ${height} has no pixels`);
  if (data.length !== width * height * 4) {
    throw new Error(`${data.length} bytes of pixels; ${width} x ${height} have ${width * height * 4}`);
  }
  return { width, height, data };
}

/** RGBA as one 32-bit number for each pixel, red in its lowest byte. */
export function words(data) {
  // Such numbers cannot be read where an array begins at an odd place.
  const bytes = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}

/** The height that keeps the aspect when the width is `toWidth`: to the nearest row, at least 1. */
export function heightAt({ width, height }, toWidth) {
  return Math.max(1, Math.round((height * toWidth) / width));
}
