// Compares two JPEG files from afar: whether they show the same picture, whatever becomes of its finest detail. Each square of
// pixels is averaged first.

import jpeg from 'jpeg-js';

// Pixels in each direction of a square.
const SIDE = 8;
// The least peak signal-to-noise ratio of the averages.
const LEAST_DB = 30;

/** What differs, in words; null where nothing does. */
export function check(expected, got) {
  const [wanted, given] = [opened(expected), opened(got)];
  if (wanted.error) return `the expected answer is not a JPEG file that can be read: ${wanted.error}`;
  if (given.error) return `the given answer is not a JPEG file that can be read: ${given.error}`;
  const [size, other] = [wanted, given].map(({ width, height }) => `${width}×${height}`);
  if (size !== other) return `expected a JPEG of ${size}, got one of ${other}`;
  const db = psnr(averages(wanted), averages(given));
  if (db >= LEAST_DB) return null;
  return `averages of ${SIDE} × ${SIDE} pixels agree to ${db.toFixed(1)} dB PSNR only, ${LEAST_DB} dB are wanted`;
}

function opened(file) {
  try {
    return jpeg.decode(file, { useTArray: true, formatAsRGBA: false });
  } catch (error) {
    return { error: error.message };
  }
}

/** The mean colour of each square; at the edges, of the part of it that is in the picture. */
export function averages({ width, height, data }) {
  const across = Math.ceil(width / SIDE);
  const squares = across * Math.ceil(height / SIDE);
  const [sums, counts] = [new Uint32Array(3 * squares), new Uint32Array(squares)];
  for (let at = 0; at < width * height; at += 1) {
    const square = Math.floor(Math.floor(at / width) / SIDE) * across + Math.floor((at % width) / SIDE);
    for (let channel = 0; channel < 3; channel += 1) sums[3 * square + channel] += data[3 * at + channel];
    counts[square] += 1;
  }
  return sums.map((sum, i) => sum / counts[Math.floor(i / 3)]);
}

function psnr(a, b) {
  const squares = a.reduce((sum, level, i) => sum + (level - b[i]) ** 2, 0);
  return 10 * Math.log10(255 ** 2 / (squares / a.length));
}
