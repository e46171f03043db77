// What the harness itself costs: a batch of an empty contender against a bare loop of as many turns.
//
// Run it with `node runner/benches/harness_cost.js` once `crossover setup` has been run. CROSSOVER_CHROMIUM names the
// browser, else it is the first one on the PATH. Ends with 1 when the cost is 1 % of the smallest sample or more.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { isolated } from './isolated.js';

const PAGE = join(dirname(fileURLToPath(import.meta.url)), '../page');
const SMALLEST_SAMPLE_NS = 5e6;
// Calls that fill the smallest sample when one takes 5 ms, 50 µs, 1 µs (1 kB hashed in Wasm) and 100 ns.
const CALLS = [1, 100, 5_000, 50_000];
// Below a microsecond the call itself is what is measured; the bar is for calls of 1 µs and up.
const BAR = { calls: 5_000, percent: 1 };

const FILES = {
  '/': ['text/html', '<!doctype html><link rel="icon" href="data:,">'],
  '/batch.js': ['text/javascript', readFileSync(join(PAGE, 'batch.js'))],
};

// Runs in the page: medians over interleaved rounds, in nanoseconds per batch.
async function compare(calls) {
  const { batches } = await import('/batch.js');
  const empty = () => undefined;
  const bare = (turns) => {
    const start = performance.now();
    for (let i = 0; i < turns; i++);
    return (performance.now() - start) * 1e6;
  };
  const harness = async () => (await batches({ call: empty, argument: undefined, isAsync: false }, calls, 0)).ns[0];
  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  const [harnessNs, bareNs] = [[], []];
  for (let round = 0; round < 400; round++) {
    harnessNs.push(await harness());
    bareNs.push(bare(calls));
  }
  // The first half warms up.
  return { harness: median(harnessNs.slice(200)), bare: median(bareNs.slice(200)) };
}

const { browser, origin, close } = await isolated(FILES);
const page = await browser.newPage();
await page.goto(origin('bench'));

console.log('calls per batch   empty contender   bare loop   difference, of the smallest sample');
for (const calls of CALLS) {
  const { harness, bare } = await page.evaluate(compare, calls);
  const percent = (100 * (harness - bare)) / SMALLEST_SAMPLE_NS;
  const us = (ns) => `${(ns / 1e3).toFixed(1)} µs`.padStart(12);
  console.log(`${String(calls).padStart(15)} ${us(harness).padStart(17)} ${us(bare)} ${percent.toFixed(3).padStart(10)} %`);
  if (calls === BAR.calls && percent >= BAR.percent) process.exitCode = 1;
}
await close();
