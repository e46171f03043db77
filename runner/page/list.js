// Lists the functions of a module, for a user who has not named one yet.

import { isClass } from './path.js';
import { settled, unwatch, watch } from './watch.js';

const MOST = 60;
const INTERNAL = /^(__|wasm_bindgen$|initSync$)/;

/** Paths of functions with how many arguments each declares: `[{ path, arity }]`. */
export async function list({ module, beside }) {
  const log = watch({ compile: 'streaming', beside });
  try {
    const exports = await import(module);
    await settled(log, exports);
    const found = [];
    const names = Object.keys(exports).filter((name) => !INTERNAL.test(name));
    for (const name of names) await add(found, name, await exports[name], 2);
    return found.slice(0, MOST);
  } finally {
    unwatch();
  }
}

async function add(found, path, value, depth) {
  if (typeof value === 'function' && isClass(value)) {
    for (const name of methods(value)) found.push(entry(`${path}.${name}`, value[name]));
    for (const name of methods(value.prototype)) found.push(entry(`${path}.new().${name}`, value.prototype[name]));
  } else if (typeof value === 'function') {
    found.push(entry(path, value));
  } else if (value !== null && typeof value === 'object' && depth > 0) {
    for (const name of Object.keys(value)) await add(found, `${path}.${name}`, value[name], depth - 1);
  }
}

function entry(path, { length }) {
  return { path, arity: length };
}

function methods(value) {
  const isMethod = (name) => typeof Object.getOwnPropertyDescriptor(value, name)?.value === 'function';
  return Object.getOwnPropertyNames(value).filter((name) => name !== 'constructor' && !INTERNAL.test(name) && isMethod(name));
}
