// Writes any value as tokens, so that answers of two pages can be compared. One pass, item by item, without recursion.

import { classOf, partsOf } from './classes.js';
import { isIterator } from './drain.js';
import { Writer } from './writer.js';

// More values than any answer needs; a structure that grows while it is read has no end.
const MOST_VALUES = 10_000_000;
// Deeper than any answer is nested; a structure that makes itself as it is read takes memory at each level.
const MOST_LEVELS = 1_000_000;
// Steps of a long path that are shown at either end of it.
const SHOWN_STEPS = 4;

const WAY_OUT =
  'return plain values; or let --normalize FILE#export turn each answer into plain values, or --same FILE#export compare two answers';

/** What cannot be compared, with its place in the answer. */
class Refused extends TypeError {
  name = 'TypeError';
}

/** The tokens of `answer`; throws, with the place, for what cannot be compared. */
export async function serialise(answer) {
  const out = new Writer();
  // Containers whose items are being written, from the outermost on.
  const open = [];
  const inside = new Set();
  let value = answer;
  for (let count = 1; ; count++) {
    if (count > MOST_VALUES) throw new Refused(`the answer holds more than ${MOST_VALUES} values; help: return less of it, or numbers in a typed array`);
    try {
      if (inside.has(value)) throw containsItself(value, open);
      const items = head(value, out);
      const container = items instanceof Promise ? await items : items;
      if (container) {
        if (open.length === MOST_LEVELS) throw new Refused(`is nested deeper than ${MOST_LEVELS} levels, so that it may have no end; help: return less of it`);
        inside.add(value);
        open.push({ ...container, value, next: 0 });
      }
      while (open.length > 0 && open.at(-1).next === open.at(-1).count) inside.delete(open.pop().value);
      if (open.length === 0) return out.written();
      const innermost = open.at(-1);
      value = innermost.item(innermost.next++);
    } catch (error) {
      throw placed(error, open);
    }
  }
}

// Writes all of a value but its items, which it returns if it can have some.
function head(value, out) {
  switch (typeof value) {
    case 'undefined':
      return out.tag('undefined');
    case 'boolean':
      return out.tag(String(value));
    case 'number':
      out.tag('number');
      return out.number(value);
    case 'bigint':
      out.tag('bigint');
      return out.text(String(value));
    case 'string':
      out.tag('text');
      return out.text(value);
    case 'object':
      return value === null ? out.tag('null') : headOfObject(value, out);
    default:
      throw new Refused(`is a ${typeof value}, which cannot be compared: ${WAY_OUT}`);
  }
}

function headOfObject(value, out) {
  if (Array.isArray(value)) return headOfArray(value, out);
  return isPlain(value) ? headOfOther(value, out) : headOfInstance(value, out);
}

function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether it is memory that views show. Not every browser has the shared kind, not even in a page that may use it. */
export function isBuffer(value) {
  return value instanceof ArrayBuffer || (typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer);
}

function headOfInstance(value, out) {
  if (ArrayBuffer.isView(value)) return numbers(typeOf(value), value, out);
  if (isBuffer(value)) return numbers('ArrayBuffer', new Uint8Array(value), out);
  if (value instanceof Map) return headOfMap([...Map.prototype.entries.call(value)], out);
  if (value instanceof Set) {
    const items = [...Set.prototype.values.call(value)];
    return container('Set', items.length, (i) => items[i], (i) => `(item ${i})`, out);
  }
  const name = classOf(value);
  if (!name) return headOfOther(value, out);
  const parts = partsOf(name, value);
  return parts instanceof Promise ? parts.then((known) => properties(name, known, out)) : properties(name, parts, out);
}

function headOfOther(value, out) {
  const reason = refusal(value);
  if (reason) throw new Refused(reason);
  return properties('', value, out);
}

function headOfArray(array, out) {
  let length = 0;
  while (length < array.length && typeof array[length] === 'number') length++;
  if (length === array.length) return numbers('Array', Float64Array.from(array), out);
  return container('list', array.length, (i) => array[i], (i) => `[${i}]`, out);
}

function headOfMap(entries, out) {
  const step = (i) => `(entry ${i >> 1}, ${i % 2 ? 'value' : 'key'})`;
  return container('Map', 2 * entries.length, (i) => entries[i >> 1][i % 2], step, out);
}

// Keys first, so that a reader knows them before the values; sorted, since an object is the same in any order of them.
function properties(name, object, out) {
  const inOrder = Object.keys(object);
  const keys = inOrder.toSorted();
  out.tag('object');
  out.name(name);
  out.count(keys.length);
  for (const key of keys) out.text(key);
  out.block(orderOf(inOrder, keys));
  return { count: keys.length, item: (i) => object[keys[i]], step: (i) => `.${keys[i]}` };
}

// Where in `sorted` each key is, as bytes of numbers of 32 bits; none where the order is the same.
function orderOf(keys, sorted) {
  if (keys.every((key, i) => key === sorted[i])) return new Uint8Array();
  const places = new Map(sorted.map((key, i) => [key, i]));
  const order = new DataView(new ArrayBuffer(4 * keys.length));
  keys.forEach((key, i) => order.setUint32(4 * i, places.get(key), true));
  return new Uint8Array(order.buffer);
}

function container(tag, count, item, step, out) {
  out.tag(tag);
  out.count(count);
  return { count, item, step };
}

function numbers(type, array, out) {
  out.tag('numbers');
  out.name(type);
  out.block(new Uint8Array(...memoryOf(type.startsWith('Float') || type === 'Array' ? withOneNaN(array) : array)));
}

function memoryOf({ buffer, byteOffset, byteLength }) {
  return [buffer, byteOffset, byteLength];
}

// Engines write NaN in more than one way, now this and now that.
function withOneNaN(floats) {
  const copy = floats.slice();
  for (let i = 0; i < copy.length; i++) if (Number.isNaN(copy[i])) copy[i] = NaN;
  return copy;
}

// The language's own name of an array's type; a subclass, such as Node's Buffer, has another.
const { get: nameOfArray } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag);

function typeOf(view) {
  return nameOfArray.call(view) ?? 'DataView';
}

// Why an object cannot be compared by its own properties.
function refusal(value) {
  if ('__wbg_ptr' in value) return `is an object of wasm-bindgen's, a pointer into Wasm, which cannot be compared: ${WAY_OUT}`;
  if (typeof value.then === 'function') return 'is a promise, so that the answer is not all there; help: await it inside the function, as with Promise.all';
  if (isIterator(value)) return 'is an iterator, whose items are not computed yet; help: return an array of them';
  if (Object.keys(value).length > 0) return undefined;
  if (isPlain(value) && Reflect.ownKeys(value).length === 0) return undefined;
  const tag = Object.prototype.toString.call(value).slice('[object '.length, -1);
  const what = tag === 'Object' ? 'an object of a class' : `an object of the class ${tag}`;
  return `is ${what} that shows nothing of what is inside it, so that two of them cannot be compared: ${WAY_OUT}`;
}

function containsItself(value, open) {
  const outer = open.findIndex((container) => container.value === value);
  return new Refused(`is ${place(open.slice(0, outer))} again: what contains itself cannot be compared; ${WAY_OUT}`);
}

function place(open) {
  const steps = open.map(({ step, next }) => step(next - 1));
  const left = steps.length - 2 * SHOWN_STEPS;
  if (left > 1) steps.splice(SHOWN_STEPS, left, ` … ${left} levels … `);
  return `the answer${steps.join('')}`;
}

// What failed, and where; memory that ran out did so nowhere in particular.
function placed(error, open) {
  if (error instanceof RangeError) return error;
  if (error instanceof Refused) return new Refused(`${place(open)} ${error.message}`);
  return new TypeError(`${place(open)} cannot be read: ${error?.message ?? String(error)}`);
}
