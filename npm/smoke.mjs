#!/usr/bin/env node
// smoke.mjs PACKAGES [MANAGER] [--port] [--at-most MB]: installs the packed packages of a folder into a project of its own, without
// install scripts, and uses them there as a project does. MANAGER is npm, pnpm or bun, with a version (`npm@12`) or without: then
// it is the one of this machine. `--port` has it measure a pair, too; `--at-most` limits the size of what is installed.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { launcher, scope, version } from './project.mjs';
import { serve } from './registry.mjs';

/** How a manager adds a package to a project, and runs a program of one without installing anything. */
const MANAGERS = {
  npm: { add: ['npm', 'install', '--save-dev'], run: ['npx', '--no', '--', 'crossover'] },
  pnpm: { add: ['pnpm', 'add', '--save-dev'], run: ['pnpm', 'exec', 'crossover'] },
  bun: { add: ['bun', 'add', '--dev'], run: ['bun', 'run', 'crossover'] },
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'boolean' }, 'at-most': { type: 'string' } },
});
const [packages, manager = 'npm'] = positionals;
const [kind, ofVersion] = manager.split('@');
const { add, run } = MANAGERS[kind];
// Nothing of another crossover is used.
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CROSSOVER_')));
const work = realpathSync(mkdtempSync(join(tmpdir(), 'crossover-smoke-')));
const project = join(work, 'project');

/** Runs a program in the project: its exit code and what it printed. */
function execute([program, ...given], variables = {}) {
  // The programs of package managers are scripts on Windows, which only a shell starts.
  const shell = process.platform === 'win32';
  return new Promise((resolve, reject) => {
    const child = spawn(program, given, { cwd: project, env: { ...env, ...variables }, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    const printed = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr']) child[stream].setEncoding('utf8').on('data', (text) => (printed[stream] += text));
    child.on('error', reject).on('close', (code) => resolve({ code, ...printed }));
  });
}

async function succeeds(command) {
  const { code, stdout, stderr } = await execute(command);
  assert.equal(code, 0, `${command.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

async function timed(name, command) {
  const started = performance.now();
  const shown = await succeeds(command);
  process.stdout.write(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  return shown;
}

/** The bytes of all files in a folder. */
function size(path) {
  const data = lstatSync(path);
  return data.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + size(join(path, name)), 0) : data.size;
}

async function bringManager() {
  if (!ofVersion) return;
  const folder = join(work, 'manager');
  await succeeds(['npm', 'install', '--prefix', folder, manager]);
  env.PATH = `${join(folder, 'node_modules', '.bin')}${delimiter}${env.PATH}`;
}

/** A function and its port: `(func (export "add") (param f64 f64) (result f64) local.get 0 local.get 1 f64.add)`. */
const ADD = '0061736d0100000001070160027c7c017c030201000707010361646400000a0901070020002001a00b';

async function port() {
  writeFileSync(join(project, 'add.js'), 'export const add = (a, b) => a + b;\n');
  writeFileSync(join(project, 'add.wasm'), Buffer.from(ADD, 'hex'));
  const pair = ['--js', 'add.js#add', '--wasm', 'add.wasm', '--args', '[0.1,0.2]'];
  process.stdout.write(await timed('port', [...run, 'port', ...pair]));
}

/** Without the package of this machine the launcher says what to do, and that helps. */
async function withoutProgram() {
  const modules = join(project, 'node_modules');
  // pnpm has each package in several places.
  for (const path of readdirSync(modules, { recursive: true })) {
    const isProgram = basename(dirname(path)) === scope && basename(path).startsWith('crossover-');
    if (isProgram) rmSync(join(modules, path), { recursive: true, force: true });
  }
  const { code, stderr } = await execute([...run, '--version']);
  assert.equal(code, 3, stderr);
  const [, command] = stderr.match(/^help: (npm install .*)$/m) ?? assert.fail(stderr);
  assert.match(stderr, /^error: the package for this machine is not installed: /m);
  if (kind !== 'npm') return;
  await succeeds(command.split(' '));
  assert.match(await succeeds([...run, '--version']), /^crossover /);
}

const registry = await serve(packages);
try {
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "private": true }\n');
  await bringManager();
  writeFileSync(join(project, '.npmrc'), `${scope}:registry=${registry.address}\n`);
  process.stdout.write(`${kind} ${await succeeds([kind, '--version'])}`);
  await timed('install', [...add, '--ignore-scripts', `${launcher}@${version}`]);
  assert.equal((await succeeds([...run, '--version'])).trim(), `crossover ${version}`);
  const megabytes = size(join(project, 'node_modules')) / 1e6;
  process.stdout.write(`installed: ${megabytes.toFixed(1)} MB\n`);
  assert.ok(megabytes <= Number(values['at-most'] ?? Infinity), `more than ${values['at-most']} MB`);
  const profile = fileURLToPath(new URL('../runner/tests/fixtures/profiles/firefox.json', import.meta.url));
  copyFileSync(profile, join(project, 'profile.json'));
  assert.match(await succeeds([...run, 'scout', 'profile.json']), /hot/);
  if (values.port) await port();
  await withoutProgram();
} finally {
  registry.close();
  rmSync(work, { recursive: true, force: true });
}
