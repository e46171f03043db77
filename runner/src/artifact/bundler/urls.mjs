// Files that are imported for their address (`?url`, `new URL(…, import.meta.url)`) or as text (`?raw`).
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

const SKIP = Symbol('resolved by esbuild itself');
// Two names for addresses: what is only named by `new URL` may never be fetched.
const NAMESPACES = { '?url': 'import-url', '?raw': 'raw' };

export function urls() {
  return {
    name: 'urls',
    setup(build) {
      build.onResolve({ filter: /\?(url|raw)$/ }, async ({ path, pluginData, importer, resolveDir, kind, namespace }) => {
        if (pluginData === SKIP) return null;
        const at = path.lastIndexOf('?');
        const found = await build.resolve(path.slice(0, at), { importer, resolveDir, kind, namespace, pluginData: SKIP });
        if (found.errors.length > 0) return { errors: found.errors };
        return { path: found.path, namespace: NAMESPACES[path.slice(at)], sideEffects: false };
      });
      build.onResolve({ filter: /^file-url:/ }, ({ path }) => ({ path: path.slice('file-url:'.length), namespace: 'file-url' }));
      build.onResolve({ filter: /^new-url:/ }, ({ path }) => ({ path: path.slice('new-url:'.length), namespace: 'new-url' }));
      const load = (namespace, loader) =>
        build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({ contents: readFileSync(path), loader }));
      load('file-url', 'file');
      // An address that holds wherever it is used.
      build.onLoad({ filter: /.*/, namespace: 'import-url' }, ({ path }) => ({
        contents: `import file from ${JSON.stringify(`file-url:${path}`)};\nexport default /* @__PURE__ */ new URL(file, import.meta.url).href;\n`,
        resolveDir: dirname(path),
      }));
      load('new-url', 'file');
      load('raw', 'text');
    },
  };
}
