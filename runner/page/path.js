//# allFunctionsCalledOnLoad
// What a function is called by: `render`, `default.parse`, `default().encode`, `Encoder.new().encode`. A path comes as steps:
// a string is a name, and an array the arguments of a call whose answer is awaited.

/** Thrown where a path leads to no function. */
export class NoFunction extends Error {}

/**
 * The function at a path, bound to what it is a method of. It is looked for in what the module exports, in its default
 * export, and in `made`, which that has made; a C function has an underscore before its name.
 */
export async function locate(exports, made, [first, ...rest]) {
  // An initialiser gives Wasm's own exports, which take addresses: what the module exports goes first.
  const roots = [exports, await exports.default, made].filter((root) => root !== null && root !== undefined);
  const names = [first, `_${first}`];
  for (const root of roots) {
    const name = names.find((one) => root[one] !== undefined);
    if (name !== undefined) return functionOf(await walk(root, [name, ...rest]), written([first, ...rest]));
  }
  const others = listed(exports, made);
  throw new NoFunction(`there is no \`${first}\`${others ? `; help: choose from ${others}` : ', nor any other function'}`);
}

/** A path as people write it. */
export function written(steps) {
  const one = (step) => (typeof step === 'string' ? `.${step}` : `(${JSON.stringify(step).slice(1, -1)})`);
  return steps.map(one).join('').slice(1);
}

async function walk(root, steps) {
  let [holder, value] = [undefined, root];
  for (let at = 0; at < steps.length; at++) {
    const [step, next] = [steps[at], steps[at + 1]];
    if (typeof step !== 'string') {
      if (typeof value !== 'function') throw new NoFunction(`\`${written(steps.slice(0, at))}\` is ${described(value)}, not a function`);
      [holder, value] = [undefined, await value.call(holder, ...step)];
      continue;
    }
    if (typeof value?.then === 'function' && step !== 'then') value = await value;
    if (step === 'new' && Array.isArray(next) && typeof value === 'function' && value.new === undefined) {
      [holder, value] = [undefined, new value(...next)];
      at++;
      continue;
    }
    if (value === null || value === undefined) throw new NoFunction(`\`${written(steps.slice(0, at))}\` is ${value}`);
    [holder, value] = [value, value[step]];
  }
  return { holder, value, root };
}

function functionOf({ holder, value, root }, path) {
  if (typeof value !== 'function') {
    const below = functionsOf(value, path);
    throw new NoFunction(`\`${path}\` is ${described(value)}${below.length > 0 ? `: name ${below.join(' or ')}` : ''}`);
  }
  if (isClass(value)) {
    const below = functionsOf(value.prototype, `${path}.new()`);
    throw new NoFunction(`\`${path}\` is a class${below.length > 0 ? `: name ${below.join(' or ')}` : ''}`);
  }
  // What a module exports is called as it is.
  return holder === undefined || holder === root ? value : value.bind(holder);
}

/** Whether a function can only be called with `new`. */
export function isClass(value) {
  return typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));
}

const MOST_NAMED = 5;

// The first of an object's own functions, as paths below it.
function functionsOf(value, path) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return [];
  const isCallable = (name) => typeof Object.getOwnPropertyDescriptor(value, name)?.value === 'function';
  const names = Object.getOwnPropertyNames(value).filter((name) => name !== 'constructor' && isCallable(name));
  return names.slice(0, MOST_NAMED).map((name) => `\`${path}.${name}\``);
}

function listed(exports, made) {
  const names = [...Object.keys(exports), ...Object.keys(made ?? {})].filter((name) => !name.startsWith('__wb'));
  return [...new Set(names)].slice(0, 20).join(', ');
}

function described(value) {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
