#!/usr/bin/env node
// make.mjs PROGRAMS OUT: makes the npm packages in OUT, one folder each, ready for `npm pack` or `npm publish`.
// PROGRAMS has the built programs, each in a folder named by its target: PROGRAMS/x86_64-unknown-linux-gnu/crossover.
import { chmodSync, copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileOf, launcherManifest, manifestOf, targets } from './project.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

function write(out, manifest, files) {
  const folder = join(out, manifest.name.split('/')[1]);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const [path, from, mode] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    copyFileSync(from, join(folder, path));
    chmodSync(join(folder, path), mode);
  }
}

const [programs, out] = process.argv.slice(2);
if (!out) {
  process.stderr.write('usage: make.mjs PROGRAMS OUT\n');
  process.exit(2);
}
const built = Object.entries(targets).map(([name, target]) => ({ target, program: join(programs, name, fileOf(target)) }));
const missing = built.filter(({ program }) => !existsSync(program));
if (missing.length > 0) {
  process.stderr.write(`error: ${missing[0].program}: is missing\nhelp: build the program for every target of npm/packages.json\n`);
  process.exit(1);
}
for (const { target, program } of built) write(out, manifestOf(target), [[fileOf(target), program, 0o755]]);
const texts = ['README.md', 'LICENSE-APACHE', 'LICENSE-MIT', 'NOTICE'].map((name) => [name, join(root, name), 0o644]);
write(out, launcherManifest(), [['bin/crossover', join(root, 'npm/launcher/crossover'), 0o755], ...texts]);
