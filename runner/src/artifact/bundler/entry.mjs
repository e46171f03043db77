// The entry of a bundle: the module as it is, or one that re-exports what is needed of it.
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { settings } from './settings.mjs';
import { Refusal } from './words.mjs';

// What the page may ask of a module beside the function: `runner/page/README.md` says what for.
const OF_THE_PAGE = ['setup', 'release', 'unavailable', 'copy_in', 'copy_out', 'copy_out_held', 'hold', 'run_resident'];

// Most exports that a message names.
const MOST_NAMES = 20;

/** What a module exports and how, as far as that can be known without running it. */
export async function formOf(esbuild, request, target) {
  if (target.text !== null) return { kind: 'made', exports: [] };
  const path = await pathOf(esbuild, request, target);
  const built = await esbuild.build({ ...settings(request, target), entryPoints: [path], outdir: request.outdir, write: false });
  const { exports, entryPoint } = Object.values(built.metafile.outputs).find((output) => output.entryPoint !== undefined);
  const hasWasm = built.outputFiles.some((file) => file.path.endsWith('.wasm') || file.text.includes('WebAssembly'));
  if (built.metafile.inputs[entryPoint].format === 'cjs') return { kind: 'common-js', path, exports: [], hasWasm };
  if (exports.length > 0) return { kind: 'module', path, exports, hasWasm };
  return { kind: 'script', path, exports: declared(path), hasWasm };
}

// The file that the specifier leads to.
async function pathOf(esbuild, request, target) {
  let found;
  const find = (build) => {
    build.onStart(async () => {
      found = await build.resolve(target.specifier, { resolveDir: target.folder, kind: 'import-statement' });
    });
  };
  const { plugins, ...rest } = settings(request, target);
  const options = { ...rest, plugins: [...plugins, { name: 'find', setup: find }], stdin: { contents: '' }, outdir: request.outdir, write: false };
  await esbuild.build(options);
  if (found.errors.length > 0) throw Object.assign(new Error('esbuild'), { errors: found.errors });
  return found.path;
}

/** esbuild's options for the entry. */
export function entryOf(form, request, target) {
  const { root, whole } = request;
  if (form.kind === 'made') return made(target.text, target);
  if (form.kind === 'script') return script(form, root);
  if (form.kind === 'common-js') return made(reexport(form.path, root === 'default' || root === null ? ['default'] : [root, 'default']), target);
  const has = (name) => form.exports.includes(name);
  if (whole && (root === null || has(root))) return { entryPoints: [form.path] };
  if (!has(root) && !has('default')) {
    const raw = has('instantiate') && wasmBeside(form.path);
    if (raw) return made(`import 'crossover-memory';\n${instantiated(form.path, raw)}`, target);
    throw new Refusal(`it has no export \`${root}\`; help: it exports ${listed(form.exports)}`);
  }
  const own = [root, `_${root}`, ...(starts(form, request) || !has(root) ? ['default'] : []), ...OF_THE_PAGE].filter(has);
  return made(`import 'crossover-memory';\n${reexport(form.path, [...new Set(own)])}`, target);
}

/** Whether the default export is kept, which may be what loads the Wasm. */
export function starts({ hasWasm }, request) {
  return request.starts === 'always' || (request.starts === 'if_wasm' && hasWasm === true);
}

function made(contents, target) {
  return { stdin: { contents, resolveDir: target.folder, sourcefile: 'entry.js', loader: 'js' } };
}

function reexport(path, names) {
  return `export { ${names.map(quoted).join(', ')} } from ${quoted(path)};\n`;
}

// Glue that does not load its Wasm itself, but exports a function that instantiates it, as AssemblyScript's raw bindings.
function instantiated(path, wasm) {
  return (
    `import { instantiate } from ${quoted(path)};\nimport compiled from ${quoted(`${wasm}?module`)};\n` +
    'export default await instantiate(compiled, {});\n'
  );
}

/** The Wasm that a default export may want to be handed: the one that has the module's name. */
export function handed({ kind, path, exports }) {
  return path && (kind !== 'module' || exports.includes('default')) ? (wasmBeside(path) ?? null) : null;
}

function wasmBeside(path) {
  const stem = path.replace(/\.[cm]?js$/, '');
  return [`${stem}.wasm`, `${stem}_bg.wasm`].find((file) => existsSync(file));
}

// A classic script exports nothing: what it declares are its exports, and the first of them the default.
function script({ path, exports }, root) {
  if (exports.length === 0) {
    throw new Refusal('it exports nothing and declares nothing; help: export the function, or name the module that does');
  }
  const first = exports.includes(root) ? root : exports[0];
  const contents = `${readFileSync(path, 'utf8')}\n;export { ${exports.join(', ')} };\nexport default ${first};\n`;
  return { stdin: { contents, resolveDir: dirname(path), sourcefile: path, loader: 'js' } };
}

function declared(path) {
  const text = readFileSync(path, 'utf8');
  const names = text.matchAll(/^(?:var|let|const|class|(?:async )?function\*?)\s+([A-Za-z_$][\w$]*)/gm);
  return [...new Set([...names].map(([, name]) => name))];
}

function listed(names) {
  return names.length > MOST_NAMES ? `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more` : names.join(', ');
}

function quoted(text) {
  return JSON.stringify(text);
}
