// Loading a contender as a page would, with the phases of its start timed.

import { ofOne } from './arguments.js';
import { firstCall } from './drain.js';
import { keep } from './linear.js';
import { keepTags } from './thrown.js';

/**
 * Loads `contender`, sets it up and calls it once with `argument`. Wasm is compiled while it streams in, or, with
 * `compile` of `'buffered'`, once all of it is there.
 * Returns its exports, the first answer, the phases in nanoseconds, and when they ended. They follow one another without
 * a gap.
 */
export async function start(contender, argument, compile) {
  const begin = performance.now();
  const exports = await import(contender.module);
  const evaluated = performance.now();
  const compiled = contender.wasm ? await instantiate(exports, contender.wasm, compile) : evaluated;
  const instantiated = performance.now();
  const assets = await fetchAssets(contender.assets);
  const fetched = performance.now();
  if (exports.setup) await exports.setup(assets);
  const ready = performance.now();
  const { call, isAsync, answer, end } = await firstCall(ofOne(entry(exports, contender.entry), argument), argument);

  const handed = await Promise.all(handedUrls(contender).map(resource));
  const own = contender.fetched.flatMap((url) => performance.getEntriesByName(new URL(url, location.href).href));
  const files = [...handed, ...own];
  const until = (url, from, to) => Math.min(Math.max(ofFile(files, url).responseEnd, from), to) - from;
  const module = until(contender.module, begin, evaluated);
  const wasm = contender.wasm ? until(contender.wasm, evaluated, compiled) : 0;
  // What `setup` fetches itself is fetched until its last byte is there, as Wasm that compiles meanwhile is.
  const inSetup = Math.max(0, ...own.map(({ responseEnd }) => Math.min(responseEnd, ready) - fetched));
  const ns = (ms) => ms * 1e6;
  const phases = {
    total_ns: ns(end - begin),
    fetch: ns(module + wasm + (fetched - instantiated) + inSetup),
    compile: contender.wasm ? ns(compiled - evaluated - wasm) : null,
    instantiate: contender.wasm ? ns(instantiated - compiled) : null,
    evaluate: ns(evaluated - begin - module),
    setup: exports.setup ? ns(ready - fetched - inSetup) : null,
    first_call: ns(end - ready),
    cached: files.every(({ transferSize }) => transferSize === 0),
  };
  const marks = { begin, module: begin + module, evaluated, wasm: evaluated + wasm, compiled, instantiated, fetched, end };
  return { exports, call, isAsync, answer, phases, marks };
}

/** Fetches all files of a contender and does nothing with them, as a page that was left early; how many bytes they are. */
export async function fetchFiles(contender) {
  const files = await Promise.all([...handedUrls(contender), ...contender.fetched].map(fetchBytes));
  return files.reduce((sum, bytes) => sum + bytes.length, 0);
}

// Without what the module fetches itself, which may not be all of it.
function handedUrls({ module, wasm, assets }) {
  return [module, ...(wasm ? [wasm] : []), ...Object.values(assets)];
}

// wasm-bindgen's initialiser would compile and instantiate in one go; handing it a compiled module tells the two apart.
async function instantiate(exports, url, compile) {
  const module = await (compile === 'buffered' ? compileBuffered(url) : WebAssembly.compileStreaming(fetch(url)));
  const compiled = performance.now();
  const inside = await exports.default({ module_or_path: module });
  keep(inside?.memory);
  keepTags(inside);
  return compiled;
}

async function compileBuffered(url) {
  return WebAssembly.compile(await fetchBytes(url));
}

/** A contender's assets by name, from their URLs by name. */
export async function fetchAssets(urls) {
  const names = Object.keys(urls);
  const bytes = await Promise.all(names.map((name) => fetchBytes(urls[name])));
  return Object.fromEntries(names.map((name, i) => [name, bytes[i]]));
}

/** The bytes behind a URL of this server. */
export async function fetchBytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: the server answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** The function of a module that is called. */
export function entry(exports, name) {
  const call = exports[name];
  if (typeof call === 'function') return call;
  throw new TypeError(`the module exports no function \`${name}\`; it exports ${Object.keys(exports).join(', ') || 'nothing'}`);
}

function ofFile(files, url) {
  const { href } = new URL(url, location.href);
  return files.find(({ name }) => name === href);
}

// The entry is queued by a task of its own, so it may come a little after the fetch it tells of.
function resource(url) {
  const { href } = new URL(url, location.href);
  return new Promise((resolve, reject) => {
    const timeout = setTimeout(() => reject(new Error(`${href}: the browser reported no timing of its fetch`)), 5000);
    const observer = new PerformanceObserver((list) => {
      const found = list.getEntriesByName(href).at(-1);
      if (!found) return;
      clearTimeout(timeout);
      observer.disconnect();
      resolve(found);
    });
    observer.observe({ type: 'resource', buffered: true });
  });
}
