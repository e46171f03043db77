// node --test js-baselines/text-json/

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run as library } from './index.js';
import { run as scan } from './scan.js';

const bytesOf = (text) => new TextEncoder().encode(text);
const contenders = { library, scan };
const good = '{"ts":1,"price":2,"qty":3,"geo":[4,5]}';

for (const [name, run] of Object.entries(contenders)) {
  test(`${name}: columns follow one another, whatever else there is and in whichever order`, () => {
    const second = '{ "note" : "\\"qty\\": 7 \\\\", "geo":[ -1.5 , 2e3 ],"x":{"ts":[1,{"price":2}]},"qty":30,"price":0.1 ,"ts":10 }';
    const expected = [1, 10, 2, 0.1, 3, 30, 4, -1.5, 5, 2000];
    assert.deepEqual([...run(bytesOf(`${good}\n${second}\n`))], expected);
    assert.deepEqual([...run(bytesOf(`${good}\n${second}`))], expected);
  });

  test(`${name}: a record cut off anywhere is an error`, () => {
    const record = '{"ts":1,"price":2.5,"qty":3,"geo":[4,5],"note":"a\\"b","user":{"tags":["x"]}}';
    for (let length = 1; length < record.length; length++) {
      assert.throws(() => run(bytesOf(record.slice(0, length))), Error, `${length} bytes`);
    }
  });

  test(`${name}: a byte order mark and lines without a record are left out`, () => {
    const expected = [...run(bytesOf(`${good}\n${good}`))];
    for (const text of [`\ufeff${good}\n${good}\n`, `${good}\n\n${good}`, `${good}\r\n\r\n \t\r\n${good}\r\n\r\n`, `\ufeff\n${good}\n${good}`]) {
      assert.deepEqual([...run(bytesOf(text))], expected, JSON.stringify(text));
    }
    assert.deepEqual([...run(bytesOf('\n'))], []);
    assert.throws(() => run(bytesOf(`${good}\n\n{`)), Error);
    assert.throws(() => run(bytesOf(`${good}\n\ufeff${good}`)), Error);
  });

  test(`${name}: the input stays as it was`, () => {
    const input = bytesOf(`${good}\n`);
    run(input);
    assert.deepEqual(input, bytesOf(`${good}\n`));
  });
}

test('numbers are the nearest doubles', () => {
  const texts = [
    '0', '-0', '0.1', '-12.34', '5e-324', '1e308', '123456789012345', '1234567890123456', '12345678901234567890',
    '0.30000000000000004', '0.000000000000001', '9007199254740993', '1E2', '2.5e+3', '179.99999',
  ];
  for (let i = 0; i < 3000; i++) texts.push(((i * 7919 * 10007) % 1e9 / 10 ** (i % 9)).toString());
  for (const text of texts) {
    const input = bytesOf(`{"ts":1,"price":${text},"qty":3,"geo":[4,5]}`);
    assert.ok(Object.is(scan(input)[1], JSON.parse(text)), text);
    assert.ok(Object.is(library(input)[1], JSON.parse(text)), text);
  }
});

test('what is no record is an error', () => {
  const bad = [
    '[', '7', '{"ts"}', '{"ts":}', '{"ts":1', '{"ts":1,"price":-,"qty":3,"geo":[4,5]}',
    '{"ts":1,"price":2.,"qty":3,"geo":[4,5]}', '{"ts":1,"price":.5,"qty":3,"geo":[4,5]}',
    '{"ts":1,"price":1e,"qty":3,"geo":[4,5]}', '{"ts":1 "price":2,"qty":3,"geo":[4,5]}', `${good}${good}`,
  ];
  for (const text of bad) {
    assert.throws(() => library(bytesOf(`${good}\n${text}`)), Error, text);
    assert.throws(() => scan(bytesOf(`${good}\n${text}`)), Error, text);
  }
  // Those that have a place for every number, where JSON.parse's caller would have to look.
  for (const text of ['{}', '{"ts":"1","price":2,"qty":3,"geo":[4,5]}', '{"ts":1,"price":2,"qty":3,"geo":[4]}']) {
    assert.throws(() => scan(bytesOf(`${good}\n${text}`)), Error, text);
  }
});
