// How often `crossover compare --base-ref` is right, in a git repository of two commits: that it neither cries wolf nor sleeps.
//
// Run it with `node runner/benches/gate_tries.js [TRIES] [SCENARIO…]` once `cargo build --release` and `crossover setup` have
// been run. `busy` keeps one core at work meanwhile. It exits with 1 when a scenario falls short.

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const COMMAND = process.env.CROSSOVER ?? join(ROOT, 'target/release/crossover');

/** A crate whose work is `steps` rounds over its input, and whose module holds `text`. */
const lib = (steps, text) => `//! Work of a known length.

kernel_contract::contender!(work, [u8] => Vec<u8>);

#[used]
static TEXT: [u8; ${text.length}] = *b"${text}";

fn work(input: &[u8]) -> Result<Vec<u8>, String> {
    let mut sum = 0u32;
    for step in 0..${steps}u32 {
        for byte in input {
            sum = sum.rotate_left(5) ^ u32::from(*byte).wrapping_add(step);
        }
    }
    // The answer is the same however long the work is.
    Ok(vec![u8::from(sum == 0x1234_5678)])
}
`;

const MANIFEST = `summary = "Work of a known length"
domain = "test"
baseline = "wasm"

[[input]]
name = "16kB"
as = "bytes"
generate = { random = { seed = 1, bytes = 16384 } }

[contender.wasm]
kind = "wasm"
crate = "."
`;

const letters = (count, from) => Array.from({ length: count }, (_, i) => 'abcdefghijklmnopqrstuvw'[(i * i + from) % 23]).join('');
const BASE = { steps: 200, text: letters(400, 0), comment: '' };

/** What head is, and what has to come of it: in which part of the tries at least, and by which rows. */
const SCENARIOS = {
  identical: {
    head: { comment: '// Does not ship.\n' },
    least: 1,
    is: (code, rows) => code === 0 && rows.every(is('identical')),
  },
  alike: { head: { text: letters(400, 7) }, least: 1, is: (code) => code === 0 },
  slower: {
    head: { steps: Math.round(BASE.steps * 1.08) },
    least: 0.95,
    is: (code, rows) => code === 1 && rows.some(isCall('regressed')) && rows.filter(is('regressed')).every(isChanged),
  },
  larger: {
    head: { text: letters(600, 0) },
    least: 1,
    is: (code, rows) => code === 1 && rows.some(({ cost, base, head }) => cost === 'wasm' && head - base === 200),
  },
  faster: {
    head: { steps: Math.round(BASE.steps * 0.92) },
    least: 1,
    is: (code) => code === 0,
    improved: isCall('improved'),
  },
};

function isChanged({ kernel }) {
  return kernel === 'changed';
}

function is(finding) {
  return (row) => row.finding === finding;
}

function isCall(finding) {
  return (row) => isChanged(row) && row.cost === 'call' && row.finding === finding;
}

const repository = mkdtempSync(join(tmpdir(), 'gate-tries-'));
const cache = mkdtempSync(join(tmpdir(), 'gate-tries-cache-'));
const WHO = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
const git = (...words) => execFileSync('git', [...WHO, ...words], { cwd: repository });

function write(kernel, { steps, text, comment }) {
  const folder = join(repository, 'kernels', kernel);
  mkdirSync(join(folder, 'src'), { recursive: true });
  const profile = readFileSync(join(ROOT, 'Cargo.toml'), 'utf8').split('[profile.wasm]')[1].split('\n[')[0];
  const contract = JSON.stringify(join(ROOT, 'kernels/contract'));
  writeFileSync(
    join(folder, 'Cargo.toml'),
    `[package]\nname = "${kernel}"\nversion = "0.0.0"\nedition = "2024"\n\n[lib]\ncrate-type = ["cdylib", "rlib"]\n\n` +
      `[dependencies]\nkernel-contract = { path = ${contract} }\n\n[workspace]\n\n[profile.wasm]${profile}`,
  );
  writeFileSync(join(folder, 'Cargo.lock'), readFileSync(join(ROOT, 'Cargo.lock')));
  writeFileSync(join(folder, 'kernel.toml'), MANIFEST);
  writeFileSync(join(folder, 'src/lib.rs'), lib(steps, text) + comment);
}

function compare(seed) {
  const options = ['compare', '--base-ref', 'HEAD~1', '--json', '--quiet', '--seed', String(seed)];
  const env = { ...process.env, XDG_CACHE_HOME: cache };
  const { status, stdout, stderr } = spawnSync(COMMAND, options, { cwd: repository, encoding: 'utf8', env });
  if (status !== 0 && status !== 1) throw new Error(`crossover ended with ${status}: ${stderr}`);
  return { code: status, rows: JSON.parse(stdout).rows };
}

const percent = (ratio) => `${ratio < 1 ? '−' : '+'}${(100 * Math.abs(ratio - 1)).toFixed(2)} %`;

const [tries = '20', ...named] = process.argv.slice(2);
const busy = named.includes('busy') ? spawn(process.execPath, ['-e', 'for (;;);']) : undefined;
const chosen = named.filter((name) => name !== 'busy');
let failed = false;
try {
  const suite = 'kernels = ["kernels/*"]\n\n[defaults]\ncargo-profile = "wasm"\n';
  // Other letters compress to other sizes, which is not what is tried.
  writeFileSync(join(repository, 'crossover.toml'), `${suite}\n[compare.limit]\nsize = 10\n`);
  write('changed', BASE);
  write('untouched', BASE);
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message=base');
  for (const name of chosen.length > 0 ? chosen : Object.keys(SCENARIOS)) {
    const { head, least, is: isRight, improved } = SCENARIOS[name];
    write('changed', { ...BASE, ...head });
    git('commit', '--quiet', '--all', '--message=head');
    const found = { right: 0, improved: 0 };
    const start = performance.now();
    for (let seed = 1; seed <= Number(tries); seed++) {
      const { code, rows } = compare(seed);
      const right = isRight(code, rows);
      found.right += right;
      found.improved += improved ? rows.some(improved) : 0;
      const call = rows.find((row) => isChanged(row) && row.cost === 'call');
      const said = call ? `, time per call ${percent(call.ratio)} ${call.finding}` : '';
      console.log(`  ${seed}: ${right ? 'right' : 'wrong'}, exit ${code}${said}`);
    }
    const minutes = (performance.now() - start) / 6e4;
    const also = improved ? `, reported as such ${found.improved} of ${tries}` : '';
    console.log(`${name}${busy ? ', one core busy' : ''}: right ${found.right} of ${tries}${also} (${minutes.toFixed(1)} min)`);
    failed ||= found.right < least * Number(tries);
    git('reset', '--quiet', '--hard', 'HEAD~1');
  }
} finally {
  busy?.kill();
  rmSync(repository, { recursive: true });
  rmSync(cache, { recursive: true });
}
process.exitCode = failed ? 1 : 0;
