//# allFunctionsCalledOnLoad
// The arguments of a call that takes several, or other than one file.

/** What a contender is called with, where that is not one argument. */
class Arguments {
  constructor(list) {
    this.list = list;
  }
}

/** What a contender is called with, from a JSON array of arguments. */
export function parse(text) {
  const list = JSON.parse(text, (_, value) => (isTag(value) ? untagged(value) : value));
  if (!Array.isArray(list)) throw new TypeError('the arguments of a call are a JSON array, as in [1, "two"]');
  return list.length === 1 ? list[0] : new Arguments(list);
}

/** `call` as a function of one argument. */
export function ofOne(call, argument) {
  return argument instanceof Arguments ? ({ list }) => call(...list) : call;
}

/** The same with the numbers at these places as BigInts: Wasm takes integers of 64 bits as such. */
export function withBigInts(argument, places) {
  if (places.length === 0) return argument;
  const convert = (value, at) => (places.includes(at) ? BigInt(value) : value);
  return argument instanceof Arguments ? new Arguments(argument.list.map(convert)) : convert(argument, 0);
}

/** The places of the arguments that are whole numbers. */
export function wholeNumbers(argument) {
  const list = argument instanceof Arguments ? argument.list : [argument];
  return list.flatMap((value, at) => (Number.isSafeInteger(value) ? [at] : []));
}

/** A copy for one call of a function that changes what it gets. */
export function copyOf(argument) {
  return argument instanceof Arguments ? new Arguments(structuredClone(argument.list)) : structuredClone(argument);
}

/** What such a call has changed: the argument, or those of several that can change. */
export function changed(argument) {
  const objects = (argument instanceof Arguments ? argument.list : [argument]).filter((value) => Object(value) === value);
  return objects.length === 1 ? objects[0] : objects;
}

/** The argument as a plain value. */
export function plain(argument) {
  return argument instanceof Arguments ? argument.list : argument;
}

function isTag(value) {
  return value !== null && typeof value === 'object' && '$crossover' in value;
}

const ARRAYS = {
  Uint8Array, Uint8ClampedArray, Int8Array, Uint16Array, Int16Array, Uint32Array, Int32Array, Float32Array, Float64Array,
  BigUint64Array, BigInt64Array,
};

// What `runner/src/port/inputs.mjs` has tagged.
function untagged({ $crossover: type, of }) {
  if (type === 'number') return Number(of);
  if (type === 'bigint') return BigInt(of);
  if (type === 'undefined') return undefined;
  const bytes = Uint8Array.from(atob(of), (character) => character.charCodeAt(0));
  if (type === 'ArrayBuffer') return bytes.buffer;
  if (!Object.hasOwn(ARRAYS, type)) throw new TypeError(`the arguments hold a ${type}, which is not known here`);
  return new ARRAYS[type](bytes.buffer);
}
