// `node --test js-baselines/dom-table/`: the rows are those of the Rust contender, whose tests name the same three.

import assert from 'node:assert/strict';
import test from 'node:test';

import { makeRows } from './rows.js';

test('a seed draws the rows that the Rust draws', () => {
  assert.deepEqual(makeRows(3, 7), [
    { id: 1, label: 'fancy bucket', stock: 7392 },
    { id: 2, label: 'fancy table', stock: 1837458 },
    { id: 3, label: 'light clock', stock: 15164865 },
  ]);
});

test('no rows are an empty list', () => {
  assert.deepEqual(makeRows(0, 7), []);
});
