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
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`run() answered ${describe(value)}, which is no answer that can be checked`);
  return { kind: 'json', bytes: new TextEncoder().encode(text) };
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

function describe(value) {
  return value === undefined ? 'undefined (did it forget to return?)' : `a ${typeof value}`;
}
