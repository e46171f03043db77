// How esbuild bundles: as for production, for a browser.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { builtins } from './node.mjs';
import { sources } from './sources.mjs';
import { urls } from './urls.mjs';
import { wasm } from './wasm.mjs';

// What Vite puts in place of these in a production build.
const ENV = { BASE_URL: '/', DEV: false, MODE: 'production', PROD: true, SSR: false };

// Files that are imported for their address.
const FILES = ['onnx', 'png', 'jpg', 'jpeg', 'gif', 'webp', 'avif', 'svg', 'woff', 'woff2', 'ttf', 'mp3', 'wav', 'data', 'bin'];
// What stands in for WASI comes with this tool.
const SHIM = '@bjorn3/browser_wasi_shim';
const TEXTS = ['md', 'html', 'glsl', 'wgsl', 'vert', 'frag'];

/** esbuild's options without entry and output. */
export function settings({ minify, shim }, target) {
  return {
    absWorkingDir: target.folder,
    bundle: true,
    minify,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    supported: { 'top-level-await': true },
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    // Without the files' own names, which may hold anything.
    assetNames: 'fetched-[hash]',
    alias: { [SHIM]: shim },
    define: {
      'process.env.NODE_ENV': '"production"',
      'import.meta.env': JSON.stringify(ENV),
      global: 'globalThis',
      __dirname: '"."',
      __filename: '"./module.js"',
    },
    loader: {
      '.js': 'jsx',
      ...Object.fromEntries(FILES.map((extension) => [`.${extension}`, 'file'])),
      ...Object.fromEntries(TEXTS.map((extension) => [`.${extension}`, 'text'])),
    },
    ...(saysJsx(target.folder) ? {} : { jsx: 'automatic' }),
    plugins: [builtins(), urls(), wasm(target), sources(target)],
  };
}

// Whether the nearest tsconfig.json, or one that it extends, settles how JSX is compiled.
function saysJsx(folder) {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, 'tsconfig.json');
    if (existsSync(file)) return /"jsx"\s*:/.test(readFileSync(file, 'utf8'));
    if (at === dirname(at)) return false;
  }
}
