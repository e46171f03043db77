// node --test js-baselines/compression-inflate/

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constants, gzipSync } from 'node:zlib';
import { run as controlled } from './controlled.js';
import { checksum } from './crc32.js';
import { run as fflate } from './fflate.js';
import { run as library } from './index.js';
import { run as platform } from './platform.js';

/** `printf hello | gzip -n` */
const HELLO = Uint8Array.from(Buffer.from('1f8b0800000000000003cb48cdc9c9070086a6103605000000', 'hex'));

let seed = 1;
const random = (below) => ((seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) >>> 8) % below;
const noise = (length) => Uint8Array.from({ length }, () => random(256));
const text = (length) => {
  const words = Array.from({ length: 300 }, () => Array.from({ length: 2 + random(9) }, () => String.fromCharCode(97 + random(26))).join(''));
  let made = '';
  while (made.length < length) made += `${words[random(random(300) + 1)]} `;
  return new TextEncoder().encode(made.slice(0, length));
};
const packed = (content, options) => new Uint8Array(gzipSync(content, options));
const same = (answer, content) => assert.ok(Buffer.compare(Buffer.from(answer), Buffer.from(content)) === 0, `${content.length} bytes`);

const contents = [
  new Uint8Array(0),
  text(1),
  text(1000),
  text(300_000),
  noise(150_000),
  new Uint8Array(500_000),
  Buffer.concat([text(50_000), noise(140_000), new Uint8Array(50_000), text(50_000)]),
];

test('a file of another encoder', () => {
  assert.equal(Buffer.from(controlled(HELLO)).toString(), 'hello');
});

test('every shape, at every level and by every strategy', () => {
  for (const content of contents) {
    for (const level of [0, 1, 6, 9]) same(controlled(packed(content, { level })), content);
    for (const strategy of [constants.Z_FIXED, constants.Z_HUFFMAN_ONLY, constants.Z_RLE]) {
      same(controlled(packed(content, { strategy })), content);
    }
  }
});

test('the libraries and the platform agree', async () => {
  for (const content of contents) {
    const file = packed(content);
    same(library(file), content);
    same(fflate(file), content);
    same(await platform(file), content);
  }
});

test('codes of all lengths up to the longest', () => {
  // Symbols of Fibonacci frequencies have codes that are as long as they get.
  const counts = [1, 1];
  while (counts.length < 22) counts.push(counts.at(-1) + counts.at(-2));
  const content = Buffer.concat(counts.map((count, symbol) => Buffer.alloc(count, symbol)));
  for (let i = content.length - 1; i > 0; i--) {
    const other = random(i + 1);
    [content[i], content[other]] = [content[other], content[i]];
  }
  same(controlled(packed(content, { strategy: constants.Z_HUFFMAN_ONLY })), content);
});

test('what a header may hold, and members in a row', () => {
  const file = packed(text(5000));
  for (const [flags, fields] of [[4, '\x03\x00abc'], [8, 'name\0'], [16, 'comment\0'], [12, '\x01\x00xname\0'], [2, 'xx']]) {
    const header = Uint8Array.from(file.subarray(0, 10));
    header[3] = flags;
    same(controlled(Buffer.concat([header, Buffer.from(fields, 'latin1'), file.subarray(10)])), controlled(file));
  }
  const both = controlled(Buffer.concat([file, HELLO, packed(contents[3])]));
  same(both, Buffer.concat([controlled(file), Buffer.from('hello'), contents[3]]));
});

test('zeros after the last member are padding', async () => {
  for (const content of [...contents, noise(5), text(70_000)]) {
    const file = packed(content);
    for (const zeros of [1, 2, 3, 4, 7, 8, 9, 512, 10_240]) {
      const padded = new Uint8Array(Buffer.concat([file, new Uint8Array(zeros)]));
      for (const run of [controlled, library, platform]) same(await run(padded), content);
      // Where content shrinks to less than 1/256, one zero more makes a length that it could have.
      if (content.length < 200 * file.length || zeros > 1) same(fflate(padded), content);
    }
  }
  same(controlled(Buffer.concat([HELLO, HELLO, new Uint8Array(512)])), Buffer.from('hellohello'));
  assert.throws(() => controlled(Buffer.concat([HELLO, new Uint8Array(3), HELLO])), /not a gzip file/);
});

test('the platform says what is wrong with a file', async () => {
  for (const file of [HELLO.subarray(0, 20), Buffer.concat([HELLO.subarray(0, 17), noise(8)]), Buffer.from('plain text')]) {
    // A browser and Node.js have words of their own; a Response would say neither.
    await assert.rejects(platform(new Uint8Array(file)), (error) => !/fetch|terminated/.test(error.message));
  }
});

test('a file that ends early is an error', () => {
  const file = packed(text(20_000));
  for (let end = 0; end < file.length; end += end < 100 || end > file.length - 20 ? 1 : 37) {
    assert.throws(() => controlled(file.subarray(0, end)), Error, `the first ${end} bytes`);
  }
});

test('damage never gives other content', () => {
  for (const content of [text(20_000), noise(2000)]) {
    const file = packed(content);
    for (let i = 0; i < 1500; i++) {
      const damaged = Uint8Array.from(file);
      damaged[10 + random(file.length - 10)] ^= 1 << random(8);
      let answer;
      try {
        answer = controlled(damaged);
      } catch (error) {
        assert.match(error.message, /gzip file|more than 512 MiB/);
        continue;
      }
      same(answer, content);
    }
  }
});

test('noise behind a header is an error', () => {
  for (let i = 0; i < 1000; i++) {
    const file = Buffer.concat([HELLO.subarray(0, 10), noise(20 + random(1000))]);
    assert.throws(() => controlled(file), /gzip file|more than 512 MiB/);
  }
});

test('after an error the next file is read as ever', () => {
  assert.throws(() => controlled(HELLO.subarray(0, 15)));
  assert.equal(Buffer.from(controlled(HELLO)).toString(), 'hello');
});

test('the checksum is the official one, from any place on', () => {
  assert.equal(checksum(new TextEncoder().encode('123456789'), 0, 9), 0xcbf43926);
  const bytes = noise(100);
  for (let start = 0; start < 20; start++) {
    for (let end = start; end < 60; end++) {
      const file = packed(bytes.subarray(start, end));
      assert.equal(checksum(bytes, start, end), Buffer.from(file.subarray(-8)).readUInt32LE(0));
    }
  }
});
