import assert from 'node:assert/strict';
import { test } from 'node:test';

import { run } from './index.js';

test('every node of every tree is counted', () => {
  // A tree of depth d has 2^(d+1) − 1 nodes. Depth 4: sixteen small trees and the large one, all of 31 nodes.
  assert.equal(run(4), 17 * 31);
  // Depth 8: 256 trees of depth 4, 16 of depth 8, and the large one.
  assert.equal(run(8), 256 * 31 + 17 * 511);
  assert.equal(run(0), 1, 'a large tree alone');
});
