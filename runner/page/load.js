// Loading a contender as a page would, with the phases of its cold start timed.

/**
 * Loads `contender`, sets it up and calls it once with `argument`.
 * Returns its exports, the first answer and the phases in nanoseconds. The phases follow one another without a gap.
 */
export async function coldStart(contender, argument) {
  const start = performance.now();
  const exports = await import(contender.module);
  const evaluated = performance.now();
  const compiled = contender.wasm ? await instantiate(exports, contender.wasm) : evaluated;
  const instantiated = performance.now();
  const assets = await fetchAssets(contender.assets);
  const fetched = performance.now();
  if (exports.setup) await exports.setup(assets);
  const ready = performance.now();
  const call = entry(exports, contender.entry);
  const returned = call(argument);
  const isAsync = returned instanceof Promise;
  const answer = isAsync ? await returned : returned;
  const end = performance.now();

  const module = await fetchMs(contender.module, start, evaluated);
  const wasm = contender.wasm ? await fetchMs(contender.wasm, evaluated, compiled) : 0;
  const ns = (ms) => ms * 1e6;
  const phases = {
    total_ns: ns(end - start),
    fetch: ns(module + wasm + (fetched - instantiated)),
    compile: contender.wasm ? ns(compiled - evaluated - wasm) : null,
    instantiate: contender.wasm ? ns(instantiated - compiled) : null,
    evaluate: ns(evaluated - start - module),
    setup: exports.setup ? ns(ready - fetched) : null,
    first_call: ns(end - ready),
  };
  return { exports, call, isAsync, answer, phases };
}

// wasm-bindgen's initialiser would compile and instantiate in one go; handing it a compiled module tells the two apart.
async function instantiate(exports, url) {
  const module = await WebAssembly.compileStreaming(fetch(url));
  const compiled = performance.now();
  await exports.default({ module_or_path: module });
  return compiled;
}

async function fetchAssets(urls) {
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

function entry(exports, name) {
  const call = exports[name];
  if (typeof call === 'function') return call;
  throw new TypeError(`the module exports no function \`${name}\`; it exports ${Object.keys(exports).join(', ') || 'nothing'}`);
}

// Milliseconds from `start` to the last byte of `url`, never more than up to `end`.
async function fetchMs(url, start, end) {
  const { responseEnd } = await resource(new URL(url, location.href).href);
  return Math.min(Math.max(responseEnd, start), end) - start;
}

// The entry is queued by a task of its own, so it may come a little after the fetch it tells of.
function resource(url) {
  return new Promise((resolve, reject) => {
    const timeout = setTimeout(() => reject(new Error(`${url}: the browser reported no timing of its fetch`)), 5000);
    const observer = new PerformanceObserver((list) => {
      const found = list.getEntriesByName(url).at(-1);
      if (!found) return;
      clearTimeout(timeout);
      observer.disconnect();
      resolve(found);
    });
    observer.observe({ type: 'resource', buffered: true });
  });
}
