// node --test js-baselines/compression-deflate/

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { run as library } from './index.js';
import { run as pako } from './pako.js';
import { run as platform } from './platform.js';

const CONTENDERS = { library, pako, platform };
const text = new TextEncoder().encode(Array.from({ length: 20_000 }, (_, i) => `${(i * 2654435761) % 1009} of ${i % 37}`).join('\n'));

test('what is compressed comes back, from any length', async () => {
  for (const [name, run] of Object.entries(CONTENDERS)) {
    for (const length of [0, 1, 100, 70_000, text.length]) {
      const content = text.subarray(0, length);
      const file = await run(content);
      assert.ok(file instanceof Uint8Array, name);
      assert.ok(gunzipSync(file).equals(content), `${name}: ${length} bytes`);
    }
  }
});

test('the same input gives the same file, whatever the time of day', async () => {
  for (const [name, run] of Object.entries(CONTENDERS)) {
    const file = await run(text);
    assert.deepEqual(file, await run(text), name);
    assert.deepEqual([...file.subarray(4, 8)], [0, 0, 0, 0], `${name}: the time in the header`);
  }
});
