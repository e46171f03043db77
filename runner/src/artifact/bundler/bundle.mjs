// Bundles a contender for a browser with esbuild. Reads a request from standard input, writes what ships into the folder that
// it names, and prints the result as JSON: `runner/src/artifact/js.rs` is the other side.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

import { companions } from './companions.mjs';
import { entryOf, formOf, handed, starts } from './entry.mjs';
import { settings } from './settings.mjs';
import { Target } from './target.mjs';
import { failure, Refusal } from './words.mjs';

const request = JSON.parse(readFileSync(0, 'utf8'));
const esbuild = createRequire(import.meta.url)(request.esbuild);

async function bundled() {
  const target = Target.of(request);
  const form = await formOf(esbuild, request, target);
  const entry = entryOf(form, request, target);
  const built = await esbuild.build({ ...settings(request, target), ...entry, outfile: `${request.outdir}/module.js` });
  const outputs = Object.entries(built.metafile.outputs).map(([path, output]) => ({ path, output }));
  const inputs = Object.keys(built.metafile.inputs).flatMap((input) => target.fileOf(input));
  const fetched = [...outputs.flatMap(({ path, output }) => target.fetched(path, output)), ...target.workers];
  const text = [...outputs.map(({ path }) => path), ...target.workers.map(({ path }) => path)]
    .filter((path) => path.endsWith('.js'))
    .map((path) => readFileSync(resolve(target.folder, path), 'utf8'))
    .join('\n');
  return {
    fetched,
    companions: companions([...inputs, ...target.read], text, new Set(fetched.map(({ source }) => source))),
    inputs: [...inputs, ...target.read],
    handed: starts(form, request) ? handed(form) : null,
  };
}

try {
  process.stdout.write(JSON.stringify({ bundle: await bundled() }));
} catch (error) {
  if (!(error instanceof Refusal) && !error.errors) throw error;
  process.stdout.write(JSON.stringify({ refused: failure(error, request) }));
}
