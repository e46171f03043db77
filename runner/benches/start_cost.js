// What the harness adds to a start: contenders with next to nothing to do are started by `load.js`, and by a page that only
// does what the contender needs. Each start is in a fresh context, both kinds by turns.
//
// Run it with `node runner/benches/start_cost.js` once `crossover setup` has been run. CROSSOVER_CHROMIUM names the browser,
// else it is the first one on the PATH. Ends with 1 when a start takes longer than it would by more than a millisecond and a
// tenth.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { isolated } from './isolated.js';

const PAGE = join(dirname(fileURLToPath(import.meta.url)), '../page');
const ROUNDS = 40;
const BAR_MS = 1;
const BAR_SHARE = 0.1;

// (module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)).
const ADD = Buffer.from('AGFzbQEAAAABBwFgAn9/AX8DAgEABwcBA2FkZAAACgkBBwAgACABags=', 'base64');
const GLUE = `let wasm;
export default async ({ module_or_path }) => (wasm = (await WebAssembly.instantiate(module_or_path, {})).exports);
export const run = (value) => wasm.add(value, 1);`;

const modules = readdirSync(PAGE).filter((name) => name.endsWith('.js'));
const { browser, origin, close } = await isolated({
  '/': ['text/html', '<!doctype html><link rel="icon" href="data:,">'],
  '/contender/js.js': ['text/javascript', 'export const run = (value) => value + 1;'],
  '/contender/wasm.js': ['text/javascript', GLUE],
  '/contender/add.wasm': ['application/wasm', ADD],
  ...Object.fromEntries(modules.map((name) => [`/${name}`, ['text/javascript', readFileSync(join(PAGE, name))]])),
});

// Both run in the page, and return milliseconds.
async function byHarness({ module, wasm }) {
  const { rehearse, start } = await import('/load.js');
  await rehearse();
  const way = { init: wasm ? 'handed' : 'none', settle: false, bigints: [] };
  const contender = { folder: '/contender/', module, wasm, assets: {}, fetched: [], beside: {}, way, entry: ['run'], in_place: false };
  return (await start(contender, 41, 'streaming')).phases.total_ns / 1e6;
}

async function bare({ module, wasm }) {
  const { rehearse } = await import('/load.js');
  await rehearse();
  const begin = performance.now();
  const exports = await import(module);
  if (wasm) await exports.default({ module_or_path: await WebAssembly.compileStreaming(fetch(wasm)) });
  exports.run(41);
  return performance.now() - begin;
}

async function started(how, contender, round) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(origin(`${how.name.toLowerCase()}-${round}`));
  const ms = await page.evaluate(how, contender);
  await context.close();
  return ms;
}

const middle = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

for (const contender of [{ module: '/contender/js.js', wasm: null }, { module: '/contender/wasm.js', wasm: '/contender/add.wasm' }]) {
  const times = { byHarness: [], bare: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const how of round % 2 === 0 ? [byHarness, bare] : [bare, byHarness]) times[how.name].push(await started(how, contender, round));
  }
  const [harness, alone] = [middle(times.byHarness), middle(times.bare)];
  const added = times.byHarness.map((ms, round) => ms - times.bare[round]);
  console.log(`${contender.wasm ? 'Wasm' : 'JavaScript'}: ${harness.toFixed(2)} ms by the harness, ${alone.toFixed(2)} ms alone; ${middle(added).toFixed(2)} ms added`);
  if (middle(added) > BAR_MS + BAR_SHARE * alone) process.exitCode = 1;
}
await close();
