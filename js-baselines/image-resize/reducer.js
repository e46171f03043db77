// What both contenders that are pica have in common.

import { heightAt, read } from '../raster/read.js';

const WIDTH = 512;

/** The `run` of a contender that reduces with `resizer`, a pica; `source` gives it the pixels as it can take them. */
export function reducer(resizer, source = (data) => data) {
  return async (input) => {
    const { width, height, data } = read(input);
    if (width <= WIDTH) return data.slice();
    const toHeight = heightAt({ width, height }, WIDTH);
    const src = source(data);
    return resizer.resizeBuffer({ src, width, height, toWidth: WIDTH, toHeight, filter: 'lanczos3' });
  };
}
