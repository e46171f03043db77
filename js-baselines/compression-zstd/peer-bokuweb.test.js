// node --test js-baselines/compression-zstd/

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { run as library } from './index.js';

const { build } = createRequire(new URL('../../runner/tools/package.json', import.meta.url))('esbuild');

/** 'hello hello hello hello' in a file, by `zstd --no-check FILE`, with its content size. */
const HELLO = Uint8Array.from(Buffer.from('28b52ffd20176500003068656c6c6f200100994b11', 'hex'));

test('a frame comes back as it does from the library, and a damaged one is an error', async (t) => {
  // As it ships: Node.js imports no .wasm file.
  const folder = await mkdtemp(join(tmpdir(), 'peer-'));
  t.after(() => rm(folder, { recursive: true }));
  const outfile = join(folder, 'peer.mjs');
  await build({
    entryPoints: [new URL('peer-bokuweb.js', import.meta.url).pathname],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    loader: { '.wasm': 'file' },
    assetNames: '[name]',
    outfile,
    logLevel: 'error',
  });
  const { run, setup } = await import(pathToFileURL(outfile));
  // Node.js fetches no files.
  const file = async (url) => new Response(await readFile(new URL(url)), { headers: { 'content-type': 'application/wasm' } });
  t.mock.method(globalThis, 'fetch', file);
  await setup();
  assert.equal(Buffer.from(library(HELLO)).toString(), 'hello hello hello hello');
  assert.deepEqual(run(HELLO), library(HELLO));
  await setup();
  assert.deepEqual(run(HELLO), library(HELLO));
  assert.throws(() => run(HELLO.subarray(0, 15)));
});
