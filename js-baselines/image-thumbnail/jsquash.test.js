// node --test js-baselines/image-thumbnail/

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import jpeg from 'jpeg-js';
import { read } from '../raster/read.js';
import { picture, psnr, soft } from '../raster/picture.js';
import { run } from './index.js';
import { load, thumbnail } from './jsquash.js';

// Its decoder asks the page for the pixels of a picture, which Node.js has no class for.
globalThis.ImageData ??= class {
  constructor(data, width, height) {
    Object.assign(this, { data, width, height });
  }
};

const photo = (width, height) => jpeg.encode(read(picture(width, height, soft)), 95).data;
const open = (file) => jpeg.decode(file, { useTArray: true });

const compiled = (name) => new WebAssembly.Module(readFileSync(createRequire(import.meta.url).resolve(name)));
const ready = load(
  compiled('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'),
  compiled('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'),
  compiled('@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm'),
);

test('the peer makes the same thumbnail as the baseline, of a file of the same form', async () => {
  await ready;
  for (const [width, height] of [[900, 75], [200, 30]]) {
    const input = photo(width, height);
    const [expected, got] = [await run(input), await thumbnail(input)];
    assert.ok(psnr(open(got).data, open(expected).data) > 40, `${width} x ${height}`);
    assert.ok(got.length < expected.length && got.length > 0.75 * expected.length, `${got.length} of ${expected.length}`);
  }
});

test('the peer says why it cannot decode a file', async () => {
  await ready;
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10);
  await assert.rejects(thumbnail(png), /@jsquash\/jpeg cannot decode this file: Not a JPEG file: starts with 0x89 0x50/);
});
