// node --test js-baselines/text-format/

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run as controlled } from './controlled.js';
import { run as language } from './index.js';

// The rows that the tests of the Rust crate have as well.
const VALUES = [0.0, -0.0, 10.125, 1.005, 7.0, -0.001, 0.07, 999_999_999_999.99, 99.9999];
const ROWS = `id,time,price,share
1,2023-11-14T22:13:20.000Z,0.00,0
2,2023-11-14T22:14:21.007Z,0.00,0
3,2023-11-14T22:15:22.014Z,10.13,1.4464285714285714
4,2023-11-14T22:16:23.021Z,1.00,0.14357142857142854
5,2023-11-14T22:17:24.028Z,7.00,1
6,2023-11-14T22:18:25.035Z,-0.00,-0.00014285714285714287
7,2023-11-14T22:19:26.042Z,0.07,0.01
8,2023-11-14T22:20:27.049Z,999999999999.99,142857142857.14142
9,2023-11-14T22:21:28.056Z,100.00,14.2857
`;

test('known rows', () => {
  assert.equal(language(VALUES), ROWS);
  assert.equal(controlled(VALUES), ROWS);
  assert.equal(controlled([]), 'id,time,price,share\n');
});

test('both agree on ties and their neighbours, on all magnitudes, and from day to day', () => {
  const values = [];
  for (let i = 0; i < 4000; i++) {
    const tie = i / 8 + 0.005;
    values.push(tie, -tie, tie + Number.EPSILON * tie, tie - Number.EPSILON * tie, i / 8, -i / 200);
  }
  for (let i = 0; i < 4000; i++) values.push((i * 7919 + 1) / 10 ** (i % 7), ((i * 104_729) % 1e6) * 10 ** (i % 6));
  assert.equal(controlled(values), language(values));
});
