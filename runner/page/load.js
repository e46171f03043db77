//# allFunctionsCalledOnLoad
// Loads a contender as a page would, and times the phases of its start.

import { changed, copyOf, ofOne, withBigInts } from './arguments.js';
import { demandAvailable } from './available.js';
import { firstCall } from './drain.js';
import { locate } from './path.js';
import { sums, timeline } from './timeline.js';
import { during, rehearseWatching, settled, unwatch, watch } from './watch.js';

/**
 * Loads `contender`, sets it up and calls it once with `argument`. Wasm is compiled while it streams in, or, with
 * `compile` of `'buffered'`, once all of it is there.
 * Returns its exports, the first answer, the phases in nanoseconds, and when they ended. They follow one another without
 * a gap.
 */
export async function start(contender, argument, compile, progress = {}) {
  const fresh = freshly(contender, argument);
  const given = fresh();
  const log = watch({ compile, beside: contender.beside });
  progress.log = log;
  let begin, evaluated, ready, end, exports, call, answer, isAsync;
  try {
    begin = performance.now();
    exports = progress.exports = await import(contender.module);
    evaluated = performance.now();
    // Nothing of a start that is checked is timed.
    if (progress.isChecked) await demandAvailable(exports);
    call = progress.call = ofOne(await readied(contender, exports, log), given);
    ready = performance.now();
    ({ call, isAsync, answer, end } = await firstCall(call, given));
  } finally {
    progress.pending = log.pending;
    unwatch();
  }
  if (contender.in_place) answer = changed(given);
  const files = await resources(contender, log);
  const stages = [{ phase: 'evaluate', until: evaluated }, { phase: 'set_up', until: ready }, { phase: 'first_call', until: end }];
  const fetches = files.map(({ responseEnd, startTime }) => ({ phase: 'fetch', begin: startTime, end: responseEnd }));
  const module = files.find(({ name }) => name === absolute(contender.module));
  const spans = [...log.spans, ...fetches, { phase: 'fetch', begin, end: Math.min(module.responseEnd, evaluated) }];
  const phases = timeline(begin, end, spans, stages);
  return {
    exports, call, isAsync, answer,
    argument: given,
    fresh: contender.in_place ? fresh : null,
    phases: reportOf(begin, end, phases, files, { exports, contender, log }),
    timeline: { begin, phases },
    fetched: files.map(({ name }) => new URL(name).pathname),
  };
}

/**
 * Goes through a start with nothing in it: the engine has compiled the harness's own code then, and no contender's start has
 * to wait for that.
 */
export async function rehearse() {
  const log = watch({ compile: 'streaming', beside: {} });
  try {
    const begin = performance.now();
    const exports = { default: () => null, run: () => null };
    const contender = { way: { init: 'called', settle: false, bigints: [] }, assets: {}, entry: ['run'], in_place: false };
    const argument = freshly(contender, null)();
    const call = ofOne(await readied(contender, exports, log), argument);
    await during('compile', async () => null);
    await during('instantiate', async () => null);
    const { end } = await firstCall(call, argument);
    await rehearseWatching();
    const phases = timeline(begin, end, log.spans, [{ phase: 'evaluate', until: end }]);
    reportOf(begin, end, phases, [], { exports, contender, log });
  } finally {
    unwatch();
  }
}

// What a call is handed: the argument, or, where calls change it, a copy of it for each.
function freshly({ in_place, way }, argument) {
  const given = withBigInts(argument, way.bigints);
  return in_place ? () => copyOf(given) : () => given;
}

function reportOf(begin, end, phases, files, { exports, contender, log }) {
  const ms = sums(begin, phases);
  const has = (phase) => log.spans.some((span) => span.phase === phase);
  const isSetUp = exports.setup || contender.way.init !== 'none' || contender.entry.some(Array.isArray);
  const ns = (phase) => (ms[phase] ?? 0) * 1e6;
  return {
    total_ns: (end - begin) * 1e6,
    fetch: ns('fetch'),
    compile: has('compile') ? ns('compile') : null,
    instantiate: has('instantiate') ? ns('instantiate') : null,
    // Where nothing is set up, what stands between is the harness finding the function.
    evaluate: ns('evaluate') + (isSetUp ? 0 : ns('set_up')),
    setup: isSetUp ? ns('set_up') : null,
    first_call: ns('first_call'),
    cached: files.every(({ transferSize }) => transferSize === 0),
    workers: log.workers,
  };
}

// The contender's function, once all that it needs is there.
async function readied(contender, exports, log) {
  const made = await initialised(contender, exports);
  if (contender.way.settle) await settled(log, exports);
  const hasAssets = Object.keys(contender.assets).length > 0;
  const assets = hasAssets ? await during('fetch', () => fetchAssets(contender.assets)) : undefined;
  await setUp(exports, assets);
  return locate(exports, made, contender.entry);
}

/** What a module's default export makes, where it is what loads the Wasm. */
export async function initialised({ way, wasm }, exports, module) {
  if (way.init === 'none') return undefined;
  if (way.init === 'called') return exports.default();
  return exports.default({ module_or_path: module ?? (await WebAssembly.compileStreaming(fetch(wasm))) });
}

/** Sets a contender up: with its assets, if it has any. */
export function setUp({ setup }, assets) {
  return assets ? setup?.(assets) : setup?.();
}

/** Fetches all files of a contender and does nothing with them, as a page that was left early; how many bytes they are. */
export async function fetchFiles({ module, wasm, assets, fetched }) {
  const all = [module, ...(wasm ? [wasm] : []), ...Object.values(assets), ...fetched];
  const files = await Promise.all(all.map(fetchBytes));
  return files.reduce((sum, bytes) => sum + bytes.length, 0);
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

function absolute(url) {
  return new URL(url, location.href).href;
}

// The browser's timing of each fetched file of the contender. Entries are waited for: each is queued by a task of its own, so
// it may come a little after its fetch.
async function resources({ module, folder }, { fetched }) {
  const own = absolute(folder);
  const asked = [...fetched].map(absolute).filter((url) => url.startsWith(own));
  await Promise.all([absolute(module), ...asked].map(resource));
  return performance.getEntriesByType('resource').filter(({ name }) => name.startsWith(own));
}

function resource(href) {
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
