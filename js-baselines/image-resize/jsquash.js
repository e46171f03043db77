// Lanczos3 of @jsquash/resize on raw pixels, wherever its Wasm comes from.

import initialise, { resize } from '@jsquash/resize/lib/resize/pkg/squoosh_resize.js';
import { heightAt, read } from '../raster/read.js';

const WIDTH = 512;
/** What @jsquash/resize calls `lanczos3`, by its place among the methods. */
const LANCZOS3 = 3;

/** Makes it ready; `module` is its compiled Wasm. */
export async function load(module) {
  await initialise(module);
}

export function reduce(input) {
  const picture = read(input);
  if (picture.width <= WIDTH) return picture.data.slice();
  return reduceTo(picture, WIDTH, heightAt(picture, WIDTH));
}

/** The RGBA of a picture, reduced. Photos are opaque and are reduced as they are stored, so nothing is multiplied or made linear. */
export function reduceTo({ width, height, data }, toWidth, toHeight) {
  return resize(data, width, height, toWidth, toHeight, LANCZOS3, false, false);
}
