// The thumbnail of a photo with the libraries that people install: jpeg-js and fast-png decode, pica resizes in plain
// JavaScript, jpeg-js encodes. Only the sharpening is our own, the same formula as in Rust.

import jpeg from 'jpeg-js';
import pica from 'pica/pica_main';
import { decodePng, hasPngSignature } from './png.js';
import { heightAt } from '../raster/read.js';
import { QUALITY, WIDTH } from './form.js';
import { isRgb } from './segments.js';
import { sharpen } from './sharpen.js';

const MAX_PIXELS = 100e6;
const MAX_SIDE = 65535;

// jpeg-js asks for Node's Buffer when a bundler gives it a `module`; a page has none, and an array is all it needs.
globalThis.Buffer ??= { from: (bytes) => Uint8Array.from(bytes) };

// Workers and Wasm would be another contender, so the build of pica without its worker will do.
const resizer = pica({ features: ['js'] });

export async function run(input) {
  let image = decode(input);
  if (image.width > WIDTH) {
    image = await resize(image, WIDTH, heightAt(image, WIDTH));
  }
  if (image.height > MAX_SIDE) {
    throw new Error(`a thumbnail of ${image.width} x ${image.height} pixels is too tall for a JPEG`);
  }
  sharpen(image);
  return jpeg.encode(image, QUALITY).data;
}

function decode(input) {
  if (input[0] === 0xff && input[1] === 0xd8 && input[2] === 0xff) {
    // jpeg-js takes three channels for YCbCr, whatever the file says. The memory limit is raised so that every picture
    // within the pixel limit can be decoded.
    const { width, height, data } = jpeg.decode(input, {
      useTArray: true,
      colorTransform: isRgb(input) ? false : undefined,
      maxResolutionInMP: MAX_PIXELS / 1e6,
      maxMemoryUsageInMB: 4096,
    });
    return { width, height, data };
  }
  if (hasPngSignature(input)) {
    return decodePng(input, MAX_PIXELS);
  }
  throw new Error('the input is neither a JPEG nor a PNG file');
}

async function resize({ width, height, data }, toWidth, toHeight) {
  const resized = await resizer.resizeBuffer({ src: data, width, height, toWidth, toHeight, filter: 'lanczos3' });
  return { width: toWidth, height: toHeight, data: resized };
}
