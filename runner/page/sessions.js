// Sessions of a contender: set up, called once, and released or not. Nothing here is timed.

import { copyOf, ofOne, withBigInts } from './arguments.js';
import { firstCall } from './drain.js';
import { fetchAssets, initialised, setUp } from './load.js';
import { locate } from './path.js';
import { settled, unwatch, watch } from './watch.js';

// Instances stay alive. They share what a page would share: the compiled module and the assets.
const instances = [];
let compiled;
let assets;

/** Loads one more instance of `contender`; whether it can be released. */
export async function load(contender, number) {
  const log = watch({ compile: 'streaming', beside: contender.beside });
  try {
    const exports = await import(`${contender.module}?instance=${number}`);
    if (contender.wasm) compiled ??= await WebAssembly.compileStreaming(fetch(contender.wasm));
    const made = await initialised(contender, exports, compiled);
    if (contender.way.settle) await settled(log, exports);
    if (Object.keys(contender.assets).length > 0) assets ??= await fetchAssets(contender.assets);
    instances.push({ contender, exports, made });
    return typeof exports.release === 'function';
  } finally {
    unwatch();
  }
}

/** One session in the newest instance; its answer is dropped. */
export async function session(argument, end) {
  const { contender, exports, made } = instances.at(-1);
  watch({ compile: 'streaming', beside: contender.beside });
  try {
    await setUp(exports, assets);
    const given = withBigInts(contender.in_place ? copyOf(argument) : argument, contender.way.bigints);
    const call = await locate(exports, made, contender.entry);
    await firstCall(ofOne(call, given), given);
  } finally {
    unwatch();
  }
  if (end === 'released') await exports.release();
}
