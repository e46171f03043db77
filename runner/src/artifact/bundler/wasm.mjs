// Imports of .wasm files in all the forms that bundlers have for them.
//
// | import | what it is |
// |---|---|
// | `import address from './x.wasm'`, `./x.wasm?url` | where the file is, relative to the bundle |
// | `import * as wasm`, `import { add } from './x.wasm'` | the exports of an instance (the ES module integration) |
// | `./x.wasm?init` | Vite's function that instantiates it |
// | `./x.wasm?module`, `import source x from './x.wasm'` | the compiled module |
import { dirname, join } from 'node:path';

import { memoryText, parsed } from './bare.mjs';

const SKIP = Symbol('resolved by esbuild itself');
const FORMS = { '': 'wasm-both', '?init': 'wasm-init', '?module': 'wasm-compiled', '?source': 'wasm-compiled', '?instance': 'wasm-instance' };
const SHIM = join(import.meta.dirname, 'wasi.mjs');

export function wasm(target) {
  return {
    name: 'wasm',
    setup(build) {
      build.onResolve({ filter: /\.wasm(\?[a-z]+)?$/ }, async ({ path, pluginData, importer, resolveDir, kind, namespace }) => {
        if (pluginData === SKIP || kind === 'entry-point') return null;
        const [, file, query = ''] = /^(.*?)(\?[a-z]+)?$/.exec(path);
        if (!(query in FORMS)) return null;
        const found = await build.resolve(file, { importer, resolveDir, kind, namespace, pluginData: SKIP });
        if (found.errors.length > 0) return { errors: found.errors };
        // `require` waits for nothing, so all that it can give is the address.
        const form = kind === 'require-call' ? 'import-url' : FORMS[query];
        return { path: found.path, namespace: form, sideEffects: form === 'wasm-both' || form === 'wasm-instance' ? false : undefined };
      });
      build.onResolve({ filter: /^(wasi_snapshot_preview1|crossover-wasi)$/ }, () => ({ path: SHIM }));
      // A module that imports the address alone never uses what an instance would need, but esbuild resolves that all the same.
      build.onResolve({ filter: /.*/, namespace: 'wasm-instance' }, async ({ path, pluginData, importer, resolveDir, kind, namespace }) => {
        if (pluginData === SKIP || path.endsWith('?url')) return null;
        const found = await build.resolve(path, { importer, resolveDir, kind, namespace, pluginData: SKIP });
        return found.errors.length > 0 ? { path, namespace: 'wasm-lacking', sideEffects: false } : found;
      });
      build.onResolve({ filter: /^crossover-memory$/ }, () => ({ path: 'memory', namespace: 'wasm-memory' }));
      const text = (namespace, contents) =>
        build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({ contents: contents(path), resolveDir: dirname(path), loader: 'js' }));
      text('wasm-both', bothText);
      text('wasm-init', (path) => `${addressOf(path)}export default async (imports = {}) => (await WebAssembly.instantiateStreaming(fetch(address), imports${options(path)})).instance;`);
      text('wasm-compiled', (path) => `${addressOf(path)}export default await WebAssembly.compileStreaming(fetch(address)${options(path)});`);
      text('wasm-instance', instanceText);
      text('wasm-lacking', (path) => `throw new Error(${JSON.stringify(`its Wasm imports from \`${path}\`, which is no module that is installed there`)});\nexport default null;`);
      // AssemblyScript's glue takes what its imports lack from the global object.
      build.onLoad({ filter: /.*/, namespace: 'wasm-memory' }, () => ({
        contents: target.memories.map((limits) => `globalThis.memory ??= new WebAssembly.Memory(${memoryText(limits)});`).join('\n'),
      }));
    },
  };
}

// What is not read as Wasm still has an address.
function bothText(path) {
  const address = `export { default } from ${url(path)};`;
  try {
    parsed(path);
  } catch {
    return address;
  }
  return `${address} export * from ${JSON.stringify(`${path}?instance`)};`;
}

function url(path) {
  return JSON.stringify(`${path}?url`);
}

function addressOf(path) {
  return `import file from ${url(path)};\nconst address = new URL(file, import.meta.url);\n`;
}

function options(path) {
  return parsed(path).imports.some(({ module }) => module.startsWith('wasm:')) ? `, { builtins: ['js-string'] }` : '';
}

function instanceText(path) {
  const { imports, exports } = parsed(path);
  const modules = [...new Set(imports.map(({ module }) => module))].filter((name) => !name.startsWith('wasm:'));
  const name = (at) => (modules[at] === 'wasi_snapshot_preview1' ? 'wasi' : `imported${at}`);
  const lines = modules.map((module, at) =>
    module === 'wasi_snapshot_preview1' ? `import wasi from 'crossover-wasi';` : `import * as ${name(at)} from ${JSON.stringify(module)};`,
  );
  const given = modules.map((module, at) => `${JSON.stringify(module)}: ${linkText(imports, module, name(at))}`).join(', ');
  return [
    ...lines,
    addressOf(path),
    `const { exports } = (await WebAssembly.instantiateStreaming(fetch(address), { ${given} }${options(path)})).instance;`,
    ...exports.map(({ name: of }, at) => `const export${at} = exports[${JSON.stringify(of)}];`),
    `export { ${exports.map(({ name: of }, at) => `export${at} as ${JSON.stringify(of)}`).join(', ')} };`,
  ].join('\n');
}

// A module that imports the Wasm may be evaluated after it: what it has not made yet is looked up when it is called.
function linkText(imports, module, from) {
  if (from === 'wasi') return from;
  const own = imports.filter((item) => item.module === module).map(({ name, kind }) => {
    const member = `${from}[${JSON.stringify(name)}]`;
    const later = `(...all) => ${member}(...all)`;
    return `get ${JSON.stringify(name)}() { ${kind === 'function' ? `try { return ${member} ?? (${later}); } catch { return ${later}; }` : `return ${member};`} }`;
  });
  return `{ ${[...new Set(own)].join(', ')} }`;
}
