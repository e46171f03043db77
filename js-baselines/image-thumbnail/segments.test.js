// node --test js-baselines/image-thumbnail/

import assert from 'node:assert/strict';
import { test } from 'node:test';
import jpeg from 'jpeg-js';
import { read } from '../raster/read.js';
import { picture, psnr, soft } from '../raster/picture.js';
import { run } from './index.js';
import { withoutExif } from './orientation.js';
import { isRgb } from './segments.js';
import { sizeOf } from './size.js';

const photo = (width, height) => jpeg.encode(read(picture(width, height, soft)), 95).data;
const open = (file) => jpeg.decode(file, { useTArray: true });
const ascii = (text) => Array.from(text, (letter) => letter.charCodeAt(0));
const segment = (marker, payload) => [0xff, marker, (payload.length + 2) >> 8, (payload.length + 2) & 255, ...payload];
const adobe = (transform) => segment(0xee, [...ascii('Adobe'), 0, 100, 0, 0, 0, 0, transform]);
/** Byte order, one entry: orientation 6, a quarter turn. */
const exif = segment(0xe1, [...ascii('Exif\0\0MM'), 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]);

/** `jpeg` with segments before all others. The first one that jpeg-js writes is JFIF's, which `instead` leaves out. */
function withSegments(file, added, { instead = false } = {}) {
  return Uint8Array.from([...file.subarray(0, 2), ...added, ...file.subarray(instead ? 20 : 2)]);
}

test('the size is read from the head of a file', () => {
  assert.deepEqual(sizeOf(photo(70, 31)), { width: 70, height: 31 });
  assert.deepEqual(sizeOf(withSegments(photo(70, 31), [...exif, 0xff, 0xff])), { width: 70, height: 31 });
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 2, 1, 0, 0, 0, 9);
  assert.deepEqual(sizeOf(png), { width: 513, height: 9 });
  for (const file of [new Uint8Array(), png.subarray(0, 20), photo(70, 31).subarray(0, 40), new Uint8Array(50)]) {
    assert.deepEqual(sizeOf(file), { width: 0, height: 0 });
  }
});

test('EXIF data is taken out of a JPEG, and nothing else', () => {
  const plain = photo(20, 10);
  for (const file of [plain, withSegments(plain, exif), withSegments(plain, [...exif, ...exif])]) {
    assert.deepEqual(Buffer.concat(withoutExif(file)), Buffer.from(plain));
  }
  const other = withSegments(plain, segment(0xe1, ascii('http://ns.adobe.com/xap/1.0/\0')));
  assert.deepEqual(Buffer.concat(withoutExif(other)), Buffer.from(other));
});

test('EXIF data is taken out of a PNG wherever it stands', () => {
  const chunk = (name, data) => [0, 0, 0, data.length, ...ascii(name), ...data, 1, 2, 3, 4];
  const signature = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10];
  const made = (...chunks) => Uint8Array.from([...signature, ...chunks.flat()]);
  const [header, pixels, tag] = [chunk('IHDR', [1, 2, 3]), chunk('IDAT', [4, 5]), chunk('eXIf', [6])];
  for (const file of [made(header, tag, pixels), made(header, pixels, tag), made(header, pixels)]) {
    assert.deepEqual(Buffer.concat(withoutExif(file)), Buffer.from(made(header, pixels)));
  }
  for (const cut of [0, 3, 11, 20]) assert.equal(Buffer.concat(withoutExif(made(header).subarray(0, cut))).length, cut);
});

test('three channels are RGB where Adobe or their names say so', () => {
  const plain = photo(20, 10);
  assert.equal(isRgb(plain), false);
  assert.equal(isRgb(withSegments(plain, adobe(0))), false, 'JFIF is YCbCr');
  assert.equal(isRgb(withSegments(plain, adobe(0), { instead: true })), true);
  assert.equal(isRgb(withSegments(plain, adobe(1), { instead: true })), false);
  const named = withSegments(plain, [], { instead: true });
  assert.equal(isRgb(named), false);
  const frame = Buffer.from(named).indexOf(Buffer.of(0xff, 0xc0));
  ascii('RGB').forEach((name, i) => (named[frame + 10 + 3 * i] = name));
  assert.equal(isRgb(named), true);
});

test('the baseline shows an RGB file in its colours', async () => {
  const plain = photo(40, 30);
  const { data } = open(plain);
  const rgb = withSegments(plain, adobe(0), { instead: true });
  // The channels of a YCbCr file, taken for red, green and blue.
  const expected = jpeg.decode(plain, { useTArray: true, colorTransform: false }).data;
  assert.ok(psnr(expected, data) < 20);
  assert.ok(psnr(open(await run(rgb)).data, expected) > 30);
});
