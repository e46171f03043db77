// A module for a .wasm file that has none: it gets and gives numbers.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

import { read } from './binary.mjs';
import { Refusal } from './words.mjs';

const WASI = 'wasi_snapshot_preview1';
// Exports that are never meant: those that start the module, and those of its memory's management.
const STARTERS = ['_initialize', '_start', '__wasm_call_ctors'];
// Types that JavaScript has a plain value for.
const PLAIN = ['i32', 'i64', 'f32', 'f64', 'externref'];
const GIVEN_BY_ENV = { abort: 'abort', seed: 'seed', trace: 'trace', emscripten_notify_memory_growth: 'ignored' };

/** The text of the module. */
export function bareModule(path) {
  const { imports, exports } = parsed(path);
  refuseForeign(path);
  const functions = exports.filter(({ kind, name }) => kind === 'function' && !STARTERS.includes(name));
  const wasi = imports.some(({ module }) => module === WASI);
  const strings = imports.some(({ module }) => module.startsWith('wasm:'));
  const starts = (name) => exports.some((item) => item.kind === 'function' && item.name === name);
  const lines = [
    `import address from ${JSON.stringify(`./${basename(path)}?url`)};`,
    wasi ? `import { wasi } from 'crossover-wasi';` : '',
    `const imports = { env: ${envText(imports)}${wasi ? `, ${WASI}: wasi.wasiImport` : ''} };`,
    `const options = ${strings ? `{ builtins: ['js-string'] }` : 'undefined'};`,
    'const streamed = fetch(new URL(address, import.meta.url));',
    'const { instance } = await WebAssembly.instantiateStreaming(streamed, imports, options);',
    wasi ? `wasi.begin(instance, ${starts('_initialize') || starts('_start')});` : starts('_initialize') ? 'instance.exports._initialize();' : '',
    ...functions.map((item, at) => `const f${at} = ${functionText(item)};`),
    `export { ${functions.map(({ name }, at) => `f${at} as ${JSON.stringify(name)}`).join(', ')} };`,
  ];
  if (functions.length === 0) throw new Refusal(`${path}: it exports no function`);
  return `${lines.join('\n')}\n`;
}

/** A module's imports and exports. */
export function parsed(path) {
  try {
    return read(readFileSync(path));
  } catch (error) {
    throw new Refusal(`${path}: ${error.message}`);
  }
}

/** What a module imports that is not given here. */
export function foreignImports(path) {
  const isGiven = ({ module, name, kind }) =>
    module === WASI || module.startsWith('wasm:') || (module === 'env' && (kind === 'memory' || name in GIVEN_BY_ENV));
  return parsed(path).imports.filter((item) => !isGiven(item));
}

function refuseForeign(path) {
  const foreign = foreignImports(path);
  if (foreign.length === 0) return;
  const names = foreign.slice(0, 5).map(({ module, name }) => `${module}.${name}`).join(', ');
  const go = foreign.some(({ module }) => module === 'gojs' || module === 'go');
  throw new Refusal(
    `${path}: it imports ${names}, which only the JavaScript that belongs to it can give; help: ` +
      (go ? "name a module that loads the Wasm with Go's wasm_exec.js" : 'name that module instead'),
  );
}

function envText(imports) {
  const parts = imports.filter(({ module }) => module === 'env').map(({ name, kind, limits }) => {
    const value = kind === 'memory' ? `new WebAssembly.Memory(${memoryText(limits)})` : `(${ENV[GIVEN_BY_ENV[name]]})`;
    return `${JSON.stringify(name)}: ${value}`;
  });
  return `{ ${parts.join(', ')} }`;
}

// What AssemblyScript's modules import beside their memory.
const ENV = {
  abort: `(message, file, line, column) => { throw new Error(\`the module called abort (line \${line}, column \${column})\`); }`,
  seed: '() => Date.now() * Math.random()',
  trace: '() => {}',
  ignored: '() => {}',
};

/** The descriptor of a memory that a module imports. */
export function memoryText({ initial, maximum, shared, is64 }) {
  const pages = (count) => (is64 ? `${count}n` : String(count));
  const parts = [`initial: ${pages(initial)}`];
  if (maximum !== undefined) parts.push(`maximum: ${pages(maximum)}`);
  if (shared) parts.push('shared: true');
  if (is64) parts.push(`address: 'i64'`);
  return `{ ${parts.join(', ')} }`;
}

function functionText({ name, params }) {
  const of = `instance.exports[${JSON.stringify(name)}]`;
  const other = params?.find((type) => !PLAIN.includes(type));
  const why = `\`${name}\` takes ${other}, which JavaScript has no value for: name the module that belongs to the Wasm`;
  return other ? `() => { throw new TypeError(${JSON.stringify(why)}); }` : of;
}
