// Forms of JavaScript that esbuild leaves as they are, and that a bundler for browsers has to handle.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';

import { parsed } from './bare.mjs';
import { settings } from './settings.mjs';

const LOADERS = { '.ts': 'ts', '.mts': 'ts', '.cts': 'ts', '.tsx': 'tsx' };
const NEW_URL = /(new\s+(?:Shared)?Worker\(\s*)?new\s+URL\(\s*(["'`])([^"'`$]+)\2\s*,\s*import\.meta\.url\s*\)/g;
// wasm-bindgen before 0.2.80 computed its address itself.
const OWN_NAME = /import\.meta\.url\.replace\(\/\\\.js\$\/,\s*(["'])_bg\.wasm\1\)/g;
// It also hid its imports of Node.js modules from bundlers.
const RAW_REQUIRE = /require\(String\.raw`([^`$]+)`\)/g;
// Emscripten's script for all environments exports itself only in Node.js; elsewhere a module that requires it has to wait for it.
const NODES_MODULE = /^\s*(?:\/\/[^\n]*\n\s*)*var Module\s*=\s*typeof Module\b[^]*\bmodule(?:\.exports|\[["']exports["']\])\s*=\s*Module\b/;
const SOURCE_PHASE = /\bimport\s+source\s+([\w$]+)\s+from\s*(["'])([^"']+)\2/g;
const SCRIPTS = /\.[cm]?[jt]s$/;

export function sources(target) {
  return {
    name: 'sources',
    setup(build) {
      build.onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: 'file' }, async ({ path }) => {
        const before = readFileSync(path, 'utf8');
        const after = await withAddresses(build.esbuild, withExports(withPlainNames(withSourcePhase(before), path)), path, target);
        if (after === before) return null;
        return { contents: after, resolveDir: dirname(path), loader: LOADERS[extname(path)] ?? 'jsx' };
      });
    },
  };
}

function withSourcePhase(text) {
  return text.replace(SOURCE_PHASE, (_, name, _quote, module) => `import ${name} from ${JSON.stringify(`${module}?source`)}`);
}

function withPlainNames(text, path) {
  const name = basename(path).replace(/\.js$/, '_bg.wasm');
  return text.replace(RAW_REQUIRE, (_, module) => `require(${JSON.stringify(module)})`).replace(OWN_NAME, `new URL(${JSON.stringify(name)}, import.meta.url).href`);
}

function withExports(text) {
  return NODES_MODULE.test(text) ? `${text}\nif (Object.keys(module.exports).length === 0) module.exports = Module;\n` : text;
}

async function withAddresses(esbuild, text, path, target) {
  const found = [...text.matchAll(NEW_URL)];
  const imports = [];
  let [after, end] = ['', 0];
  for (const match of found) {
    const file = resolve(dirname(path), decodeURI(match[3]));
    if (!existsSync(file) || !statSync(file).isFile()) continue;
    let address;
    if (SCRIPTS.test(file)) {
      address = JSON.stringify(`./${await worker(esbuild, file, target)}`);
    } else {
      address = `crossoverAddress${imports.length}`;
      imports.push(`import ${address} from ${JSON.stringify(`new-url:${file}`)};`);
      if (file.endsWith('.wasm')) keepMemories(file, target);
    }
    after += `${text.slice(end, match.index)}${match[1] ?? ''}new URL(${address}, import.meta.url)`;
    end = match.index + match[0].length;
  }
  if (end === 0) return text;
  // Imports are hoisted: at the end they leave the lines as they are.
  return `${after}${text.slice(end)}\n${imports.join('\n')}\n`;
}

function keepMemories(file, target) {
  const memory = parsed(file).imports.find(({ module, name, kind }) => kind === 'memory' && module === 'env' && name === 'memory');
  if (memory && target.memories.length === 0) target.memories.push(memory.limits);
}

// A script that runs beside the page is a bundle of its own. Its name is known before it is made: it may name itself.
async function worker(esbuild, file, target) {
  const name = `fetched-${createHash('sha256').update(file).digest('hex').slice(0, 16)}.js`;
  if (target.workers.some(({ source }) => source === file)) return name;
  const path = `${target.request.outdir}/${name}`;
  target.workers.push({ path, source: file, optional: true });
  const built = await esbuild.build({ ...settings(target.request, target), entryPoints: [file], outfile: path });
  target.read.push(...Object.keys(built.metafile.inputs).flatMap((input) => target.fileOf(input)));
  return name;
}
