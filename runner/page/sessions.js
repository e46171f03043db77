// Sessions of a contender: set up, called once, and released or not. Nothing here is timed.

import { ofOne } from './arguments.js';
import { firstCall } from './drain.js';
import { keep } from './linear.js';
import { entry, fetchAssets } from './load.js';

// Instances stay alive. They share what a page would share: the compiled module and the assets.
const instances = [];
let compiled;
let assets;

/** Loads one more instance of `contender`; whether it can be released. */
export async function load(contender, number) {
  const exports = await import(`${contender.module}?instance=${number}`);
  if (contender.wasm) {
    compiled ??= await WebAssembly.compileStreaming(fetch(contender.wasm));
    keep((await exports.default({ module_or_path: compiled }))?.memory);
  }
  assets ??= await fetchAssets(contender.assets);
  instances.push({ exports, call: entry(exports, contender.entry) });
  return typeof exports.release === 'function';
}

/** One session in the newest instance; its answer is dropped. */
export async function session(argument, end) {
  const { exports, call } = instances.at(-1);
  if (exports.setup) await exports.setup(assets);
  await firstCall(ofOne(call, argument), argument);
  if (end === 'released') await exports.release();
}
