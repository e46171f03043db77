// node --test js-baselines/hashing-blake3/

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run as library } from './index.js';
import { release, run as peer, setup } from './peer-hash-wasm.js';

const bytes = Uint8Array.from({ length: 300_007 }, (_, i) => Math.imul(i, 2654435761) >>> 24);

test('the peer has the library\'s keyed digests, call after call and session after session', async () => {
  for (let session = 0; session < 2; session++) {
    await setup();
    for (const length of [0, 1, 63, 64, 65, 1023, 1024, 1025, 70_000, 5, bytes.length]) {
      const input = bytes.subarray(0, length);
      assert.deepEqual(peer(input), library(input), `${length} bytes`);
    }
    release();
  }
});
