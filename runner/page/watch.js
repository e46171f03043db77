//# allFunctionsCalledOnLoad
// Records what a contender does with Wasm while it starts, whichever way it loads its Wasm.

import { keep } from './linear.js';
import { keepTags } from './thrown.js';

const OWN = {
  compile: WebAssembly.compile,
  compileStreaming: WebAssembly.compileStreaming,
  instantiate: WebAssembly.instantiate,
  instantiateStreaming: WebAssembly.instantiateStreaming,
  Module: WebAssembly.Module,
  Instance: WebAssembly.Instance,
  Memory: WebAssembly.Memory,
};
const ownFetch = globalThis.fetch;
const OwnWorker = globalThis.Worker;
const ownOpen = XMLHttpRequest.prototype.open;

// What is being recorded; null while nothing is watched.
let seen = null;

/**
 * Begins to watch. Wasm is compiled as it streams in, or once all of it is there (`compile` of `'buffered'`). A file
 * of `beside`, by name, is found wherever it is asked for.
 */
export function watch({ compile, beside }) {
  seen = { compile, beside, spans: [], instances: [], fetched: new Set(), refused: null, pending: 0, workers: 0, wake: [] };
  Object.assign(WebAssembly, WATCHING);
  globalThis.fetch = watchedFetch;
  globalThis.Worker = WatchedWorker;
  XMLHttpRequest.prototype.open = watchedOpen;
  return seen;
}

/** Ends it: everything is as it was, and what was seen is kept. */
export function unwatch() {
  Object.assign(WebAssembly, OWN);
  globalThis.fetch = ownFetch;
  globalThis.Worker = OwnWorker;
  XMLHttpRequest.prototype.open = ownOpen;
  for (const { exports } of seen?.instances ?? []) {
    for (const item of Object.values(exports)) keep(item);
    keepTags(exports);
  }
  seen = null;
}

// How long a promise that a module exports is waited for.
const PATIENCE_MS = 10_000;

/** Waits until Wasm that is on its way has been instantiated, and for promises that the module exports, as `ready`. */
export async function settled(log, exports) {
  while (log.pending > 0) await new Promise((resolve) => log.wake.push(resolve));
  // Code that waits for the instance runs before the code that waits here.
  await new Promise((resolve) => setTimeout(resolve));
  if (log.pending > 0) return settled(log, exports);
  const promises = Object.values(exports).filter((value) => value instanceof Promise);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  await Promise.race([Promise.allSettled(promises), late]);
}

/** Takes note of a piece of a phase that the harness itself is at. */
export async function during(phase, work) {
  const begin = performance.now();
  try {
    return await work();
  } finally {
    seen?.spans.push({ phase, begin, end: performance.now() });
  }
}

async function awaited(phase, work) {
  const log = seen;
  if (!log) return work();
  log.pending++;
  const begin = performance.now();
  try {
    return await work();
  } finally {
    log.spans.push({ phase, begin, end: performance.now() });
    log.pending--;
    if (log.pending === 0) log.wake.splice(0).forEach((resolve) => resolve());
  }
}

function atOnce(phase, work) {
  const begin = performance.now();
  try {
    return work();
  } finally {
    seen?.spans.push({ phase, begin, end: performance.now() });
  }
}

function instanceSeen(instance) {
  seen?.instances.push(instance);
  return instance;
}

async function instantiateModule(module, ...rest) {
  return instanceSeen(await awaited('instantiate', () => OWN.instantiate(module, ...rest)));
}

const isModule = (value) => value instanceof OWN.Module;
const constructing = (Own, construct) => new Proxy(Own, { construct });

const WATCHING = {
  compile: (...all) => awaited('compile', () => OWN.compile(...all)),
  compileStreaming: (source, ...rest) =>
    awaited('compile', async () => {
      if (seen?.compile !== 'buffered') return OWN.compileStreaming(source, ...rest);
      return OWN.compile(await (await source).arrayBuffer(), ...rest);
    }),
  // Split, so that the two phases are timed apart.
  async instantiate(source, imports, ...rest) {
    if (isModule(source)) return instantiateModule(source, imports);
    const module = await WATCHING.compile(source, ...rest);
    return { module, instance: await instantiateModule(module, imports) };
  },
  async instantiateStreaming(source, imports, ...rest) {
    const module = await WATCHING.compileStreaming(source, ...rest);
    return { module, instance: await instantiateModule(module, imports) };
  },
  Module: constructing(OWN.Module, (Own, all) => atOnce('compile', () => Reflect.construct(Own, all))),
  Instance: constructing(OWN.Instance, (Own, all) => instanceSeen(atOnce('instantiate', () => Reflect.construct(Own, all)))),
  Memory: constructing(OWN.Memory, (Own, all) => {
    const memory = Reflect.construct(Own, all);
    if (seen) keep(memory);
    return memory;
  }),
};

/** Runs what all watchers have in common, without a thing to watch. */
export function rehearseWatching() {
  placeOf('/');
  atOnce('instantiate', () => instanceSeen({ exports: {} }));
  return awaited('asked', async () => isModule(null));
}

// Where a file that lies beside the contender is, whichever folder it is asked for in.
function placeOf(address) {
  const url = new URL(address, location.href);
  const name = url.pathname.split('/').at(-1);
  return url.origin === location.origin && Object.hasOwn(seen?.beside ?? {}, name) ? seen.beside[name] : address;
}

function watchedFetch(input, options) {
  const isAddress = typeof input === 'string' || input instanceof URL;
  const place = isAddress ? placeOf(String(input)) : input;
  return awaited('asked', async () => {
    try {
      const response = await ownFetch(place, options);
      if (seen && response.ok && response.url) seen.fetched.add(response.url);
      else if (seen && !response.ok) seen.refused ??= response.url;
      return response;
    } catch (error) {
      if (seen) seen.refused ??= String(isAddress ? input : input?.url);
      throw error;
    }
  });
}

function watchedOpen(method, address, ...rest) {
  return ownOpen.call(this, method, placeOf(String(address)), ...rest);
}

const WatchedWorker = constructing(OwnWorker, (Own, [address, ...rest]) => {
  if (seen) seen.workers++;
  return Reflect.construct(Own, [typeof address === 'string' || address instanceof URL ? placeOf(String(address)) : address, ...rest]);
});
