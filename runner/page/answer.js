// An answer as bytes with a kind, so that two answers from two pages can be compared outside both.

import { isBuffer, serialise } from './serialise.js';

/** `{ kind, bytes }` of what a contender returned; throws for a value that no comparison is defined for. */
export async function encode(value) {
  if (value === undefined) throw new TypeError('run() answered undefined (did it forget to return?), which is no answer that can be checked');
  if (typeof value === 'string' && value.isWellFormed()) return { kind: 'string', bytes: new TextEncoder().encode(value) };
  const bytes = asBytes(value);
  // A copy, because it may be memory of Wasm that the next call writes to.
  return bytes ? { kind: 'bytes', bytes: new Uint8Array(bytes) } : { kind: 'value', bytes: await serialise(value) };
}

function asBytes(value) {
  if (value instanceof Uint8Array || value instanceof Uint8ClampedArray) return value;
  return isBuffer(value) ? new Uint8Array(value) : undefined;
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
