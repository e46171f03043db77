// PNG to opaque RGBA of 8 bits: fast-png gives the samples as the file has them, and here they become pixels.

import { convertIndexedToRgb, decode, hasPngSignature } from 'fast-png';
import { PNG_SIGNATURE_BYTES, chunks } from './chunks.js';

export { hasPngSignature };

const ESSENTIAL = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];

export function decodePng(input, maxPixels) {
  // Width and height stand at a fixed place; a picture that is too large is refused before anything is inflated.
  const header = new DataView(input.buffer, input.byteOffset, input.byteLength);
  if (input.length < 24) {
    throw new Error('the PNG ends before its size');
  }
  const [width, height] = [header.getUint32(16), header.getUint32(20)];
  if (width * height === 0 || width * height > maxPixels) {
    throw new Error(`the picture is ${width} x ${height}: it needs 1 to ${maxPixels} pixels`);
  }
  const png = decodeEssential(input);
  const { samples, channels } = samplesOf8Bits(png);
  const data = channels === 4 ? samples : toRgba(samples, channels);
  if (png.transparency) {
    hideColour(data, png);
  }
  if (png.transparency || channels % 2 === 0) {
    layOnWhite(data);
  }
  return { width, height, data };
}

// A broken colour profile or text is an error to fast-png, though no pixel depends on it: such a file is decoded without what is
// not needed.
function decodeEssential(input) {
  try {
    return decode(input);
  } catch (error) {
    const parts = [...essentialParts(input)];
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    if (length === input.length) throw error;
    const file = new Uint8Array(length);
    parts.reduce((at, part) => (file.set(part, at), at + part.length), 0);
    return decode(file);
  }
}

function* essentialParts(png) {
  yield png.subarray(0, PNG_SIGNATURE_BYTES);
  for (const { name, start, end } of chunks(png)) {
    if (ESSENTIAL.includes(name)) yield png.subarray(start, end);
  }
}

// The samples as bytes, and how many a pixel has.
function samplesOf8Bits(png) {
  // A truecolour file may carry a palette too, as a suggestion for old displays.
  if (png.palette && png.channels === 1) {
    return { samples: convertIndexedToRgb(png), channels: png.palette[0].length };
  }
  if (png.depth === 16) {
    return { samples: Uint8Array.from(png.data, (sample) => sample >> 8), channels: png.channels };
  }
  return { samples: png.depth < 8 ? unpackGrey(png) : png.data, channels: png.channels };
}

// Several grey samples share a byte, the leftmost in the high bits; rows begin on a byte.
function unpackGrey({ width, height, depth, data }) {
  const samples = new Uint8Array(width * height);
  const stride = Math.ceil((width * depth) / 8);
  const highest = (1 << depth) - 1;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const bit = x * depth;
      const sample = (data[y * stride + (bit >> 3)] >> (8 - depth - (bit & 7))) & highest;
      samples[y * width + x] = (sample * 255) / highest;
    }
  }
  return samples;
}

function toRgba(samples, channels) {
  const rgba = new Uint8Array((samples.length / channels) * 4);
  const [green, blue] = channels === 3 ? [1, 2] : [0, 0];
  for (let from = 0, to = 0; to < rgba.length; from += channels, to += 4) {
    rgba[to] = samples[from];
    rgba[to + 1] = samples[from + green];
    rgba[to + 2] = samples[from + blue];
    rgba[to + 3] = channels === 2 ? samples[from + 1] : 255;
  }
  return rgba;
}

// The one colour that a tRNS chunk names is transparent; it is compared at the file's own depth.
function hideColour(rgba, { channels, data, depth, transparency }) {
  const highest = (1 << depth) - 1;
  const hidden = transparency.map((sample) => sample & highest);
  // Packed samples have been unpacked and scaled already.
  const [samples, wanted] = depth < 8 ? [rgba, [(hidden[0] * 255) / highest]] : [data, hidden];
  const step = depth < 8 ? 4 : channels;
  for (let from = 0, to = 3; to < rgba.length; from += step, to += 4) {
    if (wanted.every((sample, channel) => samples[from + channel] === sample)) {
      rgba[to] = 0;
    }
  }
}

// A JPEG has no transparency, so a pixel that has some shows the page behind it.
function layOnWhite(rgba) {
  for (let i = 0; i < rgba.length; i += 4) {
    const alpha = rgba[i + 3];
    if (alpha === 255) continue;
    for (let channel = i; channel < i + 3; channel += 1) {
      rgba[channel] = (rgba[channel] * alpha + 255 * (255 - alpha) + 127) / 255;
    }
    rgba[i + 3] = 255;
  }
}
