// node --test js-baselines/text-json-records/

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './index.js';

const bytesOf = (text) => new TextEncoder().encode(text);

test('a record is an object, whichever line ends the input', () => {
  const records = [{ id: 'é "\n', tags: ['a', 'b'], user: { verified: true }, geo: [1.5, -2] }, { id: '😀', tags: [] }];
  const lines = records.map((record) => JSON.stringify(record)).join('\n');
  assert.deepEqual(run(bytesOf(lines)), records);
  assert.deepEqual(run(bytesOf(`${lines}\n`)), records);
});

test('a byte order mark and lines without a record are left out', () => {
  for (const text of ['\ufeff{"id":1}\n{"id":2}', '{"id":1}\n\n{"id":2}\n', '{"id":1}\r\n \r\n{"id":2}\r\n']) {
    assert.deepEqual(run(bytesOf(text)), [{ id: 1 }, { id: 2 }], JSON.stringify(text));
  }
  assert.throws(() => run(bytesOf('{"id":1}\n\n{')), SyntaxError);
});

test('a record that is cut off is an error', () => {
  assert.throws(() => run(bytesOf('{"id":1}\n{"id":')), SyntaxError);
});
