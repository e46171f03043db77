// What to bundle: a file, a package in a folder, or an installed package.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';

import { bareModule, foreignImports } from './bare.mjs';
import { Refusal } from './words.mjs';

const MODULES = ['js', 'mjs', 'cjs'];

/** A module with the folder that its imports are relative to, and what was found on the way to it. */
export class Target {
  /** Files that were read beside esbuild. */
  read = [];
  /** Bundles of workers: `{ path, source }`. */
  workers = [];
  /** Linear memories that a module imports from the code that instantiates it. */
  memories = [];

  constructor(request, folder, specifier, text = null) {
    this.request = request;
    this.folder = folder;
    /** What an `import` of it from the folder names. */
    this.specifier = specifier;
    /** The text of a module that is made here. */
    this.text = text;
  }

  static of(request) {
    const { path, folder, name } = request.target;
    if (name) return new Target(request, folder, name);
    if (statSync(path).isDirectory()) return ofFolder(request, path);
    if (extname(path) !== '.wasm') return ofFile(request, path);
    // An import that only glue can provide shows that the module of its name is its glue.
    const glue = glueOf(path) ?? (foreignImports(path).length > 0 ? namesakes(path)[0] : undefined);
    if (glue) return ofFile(request, glue);
    const bare = new Target(request, dirname(path), `./${basename(path)}`, bareModule(path));
    bare.read.push(path);
    return bare;
  }

  /** The real file behind a name in esbuild's list of inputs, if there is one. */
  fileOf(input) {
    const path = input.replace(/^(\(disabled\)|file-url|import-url|new-url|wasm-[a-z]+|raw):/, '');
    const file = resolve(this.folder, path.replace(/\?.*$/, ''));
    return existsSync(file) && statSync(file).isFile() ? [file] : [];
  }

  /** An output that the module fetches: where it is, what it was made from, and whether it may go without. */
  fetched(path, { inputs, entryPoint }) {
    const names = Object.keys(inputs);
    if (entryPoint !== undefined || path.endsWith('.js') || path.endsWith('.css') || names.length !== 1) return [];
    const [source] = this.fileOf(names[0]);
    return [{ path: resolve(this.folder, path), source, optional: names[0].startsWith('new-url:') }];
  }
}

function ofFile(request, path) {
  return new Target(request, dirname(path), `./${basename(path)}`);
}

// A folder is imported as its package.json says; one without is searched for Wasm with a module beside it.
function ofFolder(request, folder) {
  const manifest = join(folder, 'package.json');
  if (existsSync(manifest)) {
    const { name, exports } = parsed(manifest);
    // Only a package's own name leads through its `exports`.
    return new Target(request, folder, exports && name ? name : '.');
  }
  const found = readdirSync(folder).filter((file) => file.endsWith('.wasm')).sort();
  const glues = [...new Set(found.flatMap((file) => namesakes(join(folder, file))[0] ?? []))];
  if (glues.length === 1) return ofFile(request, glues[0]);
  if (glues.length > 1) throw new Refusal(`${folder}: more than one module with Wasm is in there; help: name the one that is meant`);
  throw new Refusal(
    found.length > 0
      ? `${folder}: no module belongs to ${found.join(', ')}; help: name the .wasm file`
      : `${folder}: there is no package.json, and no .wasm with its module; help: name the module`,
  );
}

function parsed(manifest) {
  try {
    return JSON.parse(readFileSync(manifest, 'utf8'));
  } catch (error) {
    throw new Refusal(`${manifest}: ${error.message}`);
  }
}

// The exports of glue that does not load its Wasm itself.
const INSTANTIATES = /export\s+(async\s+)?function\s+instantiate\b/;

// The module beside a .wasm file that loads it: another one of that name may be what the Wasm is to take the place of.
function glueOf(wasm) {
  const loads = (text) => text.includes(basename(wasm)) || INSTANTIATES.test(text);
  return namesakes(wasm).find((file) => loads(readFileSync(file, 'utf8')));
}

function namesakes(wasm) {
  const stem = basename(wasm).replace(/(_bg)?\.wasm$/, '');
  return MODULES.map((extension) => join(dirname(wasm), `${stem}.${extension}`)).filter((file) => existsSync(file));
}
