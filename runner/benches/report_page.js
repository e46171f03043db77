// How soon a large report can be used: from asking for the page until its script is ready, in Chromium.
//
// CROSSOVER_BENCH_PAGE=/tmp/large.html cargo bench -p crossover-reports --bench report
// node runner/benches/report_page.js /tmp/large.html
//
// CROSSOVER_CHROMIUM names the browser, else it is the first one on the PATH. Prints each of ten loads in browsers of their
// own, and ends with 1 where the middle one takes a second.

import { existsSync, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { chromium } from '../tools/node_modules/playwright-core/index.mjs';

const LONGEST_MS = 1000;
const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('name the page: node runner/benches/report_page.js FILE; the bench `report` of crossover-reports writes one');
  process.exit(2);
}
const folders = (process.env.PATH ?? '').split(delimiter);
const executablePath = process.env.CROSSOVER_CHROMIUM ??
  folders.flatMap((folder) => ['google-chrome', 'chromium'].map((name) => join(folder, name))).find(existsSync);

const load = async () => {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  await page.goto(pathToFileURL(resolve(file)).href);
  const ready = await page.evaluate(async () => {
    const mark = () => performance.getEntriesByName('crossover-ready')[0];
    while (!mark()) await new Promise((done) => setTimeout(done, 5));
    return mark().startTime;
  });
  await browser.close();
  return ready;
};

const times = [];
for (let run = 0; run < 10; run += 1) times.push(await load());
times.sort((a, b) => a - b);
const middle = (times[4] + times[5]) / 2;
console.log(`${(statSync(file).size / 1e6).toFixed(2)} MB: ready after ${times.map((ms) => ms.toFixed(0)).join(', ')} ms; middle ${middle.toFixed(0)} ms`);
if (middle >= LONGEST_MS) {
  console.error(`that is more than ${LONGEST_MS} ms`);
  process.exitCode = 1;
}
