// What is left of having been watched: batches of a Wasm function that a page loaded while it watched, against the same in a
// page that never did. Both pages work by turns, a pair a round.
//
// Run it with `node runner/benches/watch_cost.js` once `crossover setup` has been run. CROSSOVER_CHROMIUM names the browser,
// else it is the first one on the PATH. Ends with 1 when the middle pair differs by 1 % or more.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { isolated } from './isolated.js';

const PAGE = join(dirname(fileURLToPath(import.meta.url)), '../page');
const ROUNDS = 120;
const CALLS = 8_000_000;
const BAR_PERCENT = 1;

const modules = readdirSync(PAGE).filter((name) => name.endsWith('.js'));
const FILES = {
  '/': ['text/html', '<!doctype html><link rel="icon" href="data:,">'],
  ...Object.fromEntries(modules.map((name) => [`/${name}`, ['text/javascript', readFileSync(join(PAGE, name))]])),
};

// Runs in the page: (module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)).
async function load(isWatched) {
  const { watch, unwatch } = await import('/watch.js');
  const { batches } = await import('/batch.js');
  const bytes = Uint8Array.from(atob('AGFzbQEAAAABBwFgAn9/AX8DAgEABwcBA2FkZAAACgkBBwAgACABags='), (c) => c.charCodeAt(0));
  if (isWatched) watch({ compile: 'streaming', beside: {} });
  const { instance } = await WebAssembly.instantiate(bytes, {});
  if (isWatched) unwatch();
  const { add } = instance.exports;
  globalThis.batch = async (calls) =>
    (await batches({ call: (value) => add(value, 1), argument: 41, isAsync: false }, calls, 0)).ns[0];
}

const { browser, origin, close } = await isolated(FILES);

async function opened(name, isWatched) {
  const page = await browser.newPage();
  await page.goto(origin(name));
  await page.evaluate(load, isWatched);
  return page;
}

const pages = [await opened('watched', true), await opened('bare', false)];
const ratios = [];
for (let round = 0; round < ROUNDS; round++) {
  const order = round % 2 === 0 ? [0, 1] : [1, 0];
  const ns = [];
  for (const at of order) ns[at] = await pages[at].evaluate((calls) => globalThis.batch(calls), CALLS);
  ratios.push(ns[0] / ns[1]);
}
await close();

// The first half warms up.
const steady = ratios.slice(ROUNDS / 2).sort((a, b) => a - b);
const at = (share) => 100 * (steady[Math.floor(share * (steady.length - 1))] - 1);
console.log(`watched against bare: ${at(0.5).toFixed(2)} % (middle half ${at(0.25).toFixed(2)} to ${at(0.75).toFixed(2)} %)`);
if (Math.abs(at(0.5)) >= BAR_PERCENT) process.exitCode = 1;
