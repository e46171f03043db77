// How long `crossover run` takes, launches and all, until it knows the ratio of two contenders of some 40 ms to ±1 %.
//
// Run it with `node runner/benches/time_to_precision.js [TIMES]` on a quiet machine once `cargo build --release` and
// `crossover setup` have been run. Both contenders are the same code, so the ratio that is found should hold 1.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { run } from '../calibration/calibration-js/index.js';

const RUNNER = join(dirname(fileURLToPath(import.meta.url)), '..');
const COMMAND = process.env.CROSSOVER ?? join(RUNNER, '../target/release/crossover');
const CALL_MS = 40;
// What Tachometer needed on a loaded machine with 2 cores for an interval of −1.8 to +1.4 %.
const TACHOMETER_S = 224;

const MANIFEST = `summary = "The same code twice"
domain = "calibration"
baseline = "a"
check = "exact"

[[input]]
name = "iterations"
as = "json"
file = "iterations.json"
headline = true
${['a', 'a-again'].map((name) => `\n[contender.${name}]\nkind = "js"\nmodule = "index.js"\n`).join('')}`;

/** Iterations that take as long as a call is to take where nothing disturbs it. */
function iterations() {
  const once = (count) => {
    const start = performance.now();
    run(count);
    return performance.now() - start;
  };
  const count = 2_000_000;
  const times = Array.from({ length: 20 }, () => once(count)).sort((a, b) => a - b);
  return Math.round((count * CALL_MS) / times[0]);
}

const suite = mkdtempSync(join(tmpdir(), 'time-to-precision-'));
try {
  const folder = join(suite, 'kernels/pair');
  mkdirSync(folder, { recursive: true });
  cpSync(join(RUNNER, 'calibration/calibration-js/index.js'), join(folder, 'index.js'));
  writeFileSync(join(folder, 'kernel.toml'), MANIFEST);
  writeFileSync(join(folder, 'iterations.json'), String(iterations()));
  writeFileSync(join(suite, 'crossover.toml'), 'kernels = ["kernels/*"]\n');
  for (let seed = 1; seed <= Number(process.argv[2] ?? 3); seed++) {
    const start = performance.now();
    const options = ['--precision', '1', '--seed', String(seed), '--out', 'out', '--json', '-q'];
    const report = JSON.parse(execFileSync(COMMAND, ['run', 'pair', ...options], { cwd: suite, encoding: 'utf8' }));
    const seconds = (performance.now() - start) / 1e3;
    const { ratio, ci, blocks } = report.comparisons.find(({ metric }) => metric === 'call_ns');
    const ms = report.cells[0].call_ns.median / 1e6;
    const percent = (value) => `${value < 1 ? '−' : '+'}${(100 * Math.abs(value - 1)).toFixed(2)} %`;
    console.log(
      `${seconds.toFixed(1)} s, ${blocks} blocks of calls of ${ms.toFixed(1)} ms: ${percent(ratio)} ` +
        `(${ci.map(percent).join(' to ')}); Tachometer's ${TACHOMETER_S} s are ${(TACHOMETER_S / seconds).toFixed(1)} times that`,
    );
  }
} finally {
  rmSync(suite, { recursive: true });
}
