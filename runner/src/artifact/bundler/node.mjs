// Modules of Node.js. Glue that also runs in browsers imports them and never uses them there. Glue that reads its Wasm with them
// gets what a page can give. Anything else fails when it is used, by its name.
import { builtinModules } from 'node:module';
import { isAbsolute } from 'node:path';

const SKIP = Symbol('resolved by esbuild itself');
const NAMES = builtinModules.filter((name) => !name.startsWith('_')).map((name) => name.replace('/', '\\/'));

export function builtins() {
  return {
    name: 'node',
    setup(build) {
      build.onResolve({ filter: new RegExp(`^(node:)?(${NAMES.join('|')})$`) }, async ({ path, pluginData, importer, resolveDir, kind }) => {
        if (pluginData === SKIP) return null;
        // A package of that name, or what the importing package has for browsers, comes first.
        const name = path.replace(/^node:/, '');
        const found = await build.resolve(name, { importer, resolveDir, kind, pluginData: SKIP });
        if (found.errors.length === 0 && isAbsolute(found.path)) return found;
        return { path: name, namespace: 'node', sideEffects: false };
      });
      build.onLoad({ filter: /.*/, namespace: 'node' }, ({ path }) => ({ contents: stub(path), loader: 'js' }));
    },
  };
}

const GIVEN = {
  util: '{ TextDecoder, TextEncoder }',
  url: `{ URL, URLSearchParams, fileURLToPath: String, pathToFileURL: (path) => new URL(path, location.href) }`,
  path: `{ sep: '/', join: (...parts) => parts.join('/'), resolve: (...parts) => parts.join('/'),
    normalize: String, dirname: (path) => String(path).replace(/\\/?[^/]*$/, ''), basename: (path) => String(path).split('/').at(-1) }`,
  perf_hooks: '{ performance }',
  worker_threads: '{ isMainThread: true, parentPort: null }',
  module: `{ createRequire: () => (name) => missing(\`require('\${name}')\`)() }`,
  crypto: '{ webcrypto: globalThis.crypto }',
  fs: `{ readFileSync, existsSync: () => true, promises: { readFile } }`,
  'fs/promises': '{ readFile }',
};

// A file beside the glue, read at once: nothing else can, in a page.
const FILES = `
function readFileSync(path) {
  const request = new XMLHttpRequest();
  request.open('GET', String(path).split('/').at(-1), false);
  request.overrideMimeType('text/plain; charset=x-user-defined');
  request.send();
  if (request.status !== 200) throw new Error(\`\${path}: there is no such file beside the module, and a page has no other files\`);
  return Uint8Array.from(request.responseText, (character) => character.charCodeAt(0));
}
async function readFile(path) {
  const response = await fetch(String(path).split('/').at(-1));
  if (!response.ok) throw new Error(\`\${path}: there is no such file beside the module, and a page has no other files\`);
  return new Uint8Array(await response.arrayBuffer());
}`;

function stub(name) {
  return `${name.startsWith('fs') ? FILES : ''}
const missing = (what) => function () {
  throw new Error(\`it uses \${what} of Node.js, which no browser has: give a module without it\`);
};
const isAsked = (name) => typeof name === 'string' && !['__esModule', 'default', 'then'].includes(name);
const lacking = new Proxy({}, { get: (_, name) => (isAsked(name) ? missing(\`${name}.\${name}\`) : undefined) });
module.exports = Object.assign(Object.create(lacking), ${GIVEN[name] ?? '{}'});
`;
}
