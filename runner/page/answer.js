// An answer as bytes with a kind, so that two answers from two pages can be compared outside both.

/** `{ kind, bytes }` of what a contender returned; throws for a value that no comparison is defined for. */
export function encode(value) {
  if (value instanceof Uint8Array || value instanceof Uint8ClampedArray) {
    return { kind: 'bytes', bytes: new Uint8Array(value.buffer, value.byteOffset, value.byteLength) };
  }
  if (value instanceof ArrayBuffer) return { kind: 'bytes', bytes: new Uint8Array(value) };
  if (value instanceof Float32Array || value instanceof Float64Array) {
    return { kind: 'numbers', bytes: new Uint8Array(Float64Array.from(value).buffer) };
  }
  if (typeof value === 'string') return { kind: 'string', bytes: new TextEncoder().encode(value) };
  if (value === undefined) throw new TypeError('run() answered undefined (did it forget to return?), which is no answer that can be checked');
  return { kind: 'value', bytes: new TextEncoder().encode(JSON.stringify(told(value, 'the answer', 0))) };
}

// Values nested deeper than this are refused, as is what contains itself.
const DEEPEST = 50;

// A value as JSON that keeps what JSON would lose: an object is `{ "=": [key, value, …] }`, in its own order, and what JSON
// has no form for `{ "$": name, "of": [items] }`.
function told(value, at, depth) {
  if (depth > DEEPEST) throw new TypeError(`${at} is nested deeper than ${DEEPEST} levels, or contains itself: no comparison is defined for it`);
  const items = (list) => Array.from(list, (item, index) => told(item, `${at}[${index}]`, depth + 1));
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? value : { $: numberName(value) };
  if (value === undefined) return { $: 'undefined' };
  if (typeof value === 'bigint') return { $: `BigInt ${value}` };
  if (typeof value !== 'object') throw new TypeError(`${at} is a ${typeof value}, which can't be compared; return plain values`);
  if (Array.isArray(value)) return items(value);
  if (ArrayBuffer.isView(value)) return { $: value.constructor.name, of: items(numbersOf(value)) };
  if (value instanceof ArrayBuffer) return { $: 'ArrayBuffer', of: items(new Uint8Array(value)) };
  if (value instanceof Map) return { $: 'Map', of: items([...value].flat(1)) };
  if (value instanceof Set) return { $: 'Set', of: items(value) };
  if (value instanceof Date) return { $: `Date ${value.getTime()}` };
  if ('__wbg_ptr' in value) throw new TypeError(`${at} is a pointer into Wasm (a ${value.constructor.name}), which can't be compared; return plain values`);
  return { '=': Object.entries(value).flatMap(([key, of]) => [key, told(of, `${at}.${key}`, depth + 1)]) };
}

function numberName(value) {
  return Object.is(value, -0) ? '-0' : String(value);
}

function numbersOf(view) {
  return view instanceof DataView ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength) : view;
}

/** SHA-256 of an encoded answer and its kind, hexadecimal. */
export async function digest({ kind, bytes }) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `${kind}:${Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Items in an answer, as a contender's `copy_out(length)` counts them. */
export function length(value) {
  if (ArrayBuffer.isView(value) || typeof value === 'string') return value.length;
  return value instanceof ArrayBuffer ? value.byteLength : 0;
}
