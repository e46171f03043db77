// Answers as `answer.js` encodes them, as JavaScript values again.

import { made } from './classes.js';
import { TAG } from './writer.js';

/** The value of an encoded answer. */
export function decode(answer) {
  return run(stepsOf(answer));
}

/**
 * What to do to make the value of an encoded answer: its parts in the order of the tokens, a container before its items.
 * A step is a `value` that is there, or a `make` that `takes` so many items; `isPlain` marks an array or an object of JSON.
 */
export function stepsOf({ kind, bytes }) {
  if (kind === 'bytes') return [{ value: bytes.slice() }];
  if (kind === 'string') return [{ value: textOf(bytes) }];
  const reader = new Reader(bytes);
  const steps = [];
  for (let due = 1; due > 0; due--) {
    const step = reader.step();
    steps.push(step);
    due += step.takes ?? 0;
  }
  return steps;
}

/** Makes the value. */
export function run(steps) {
  const values = [];
  for (let i = steps.length - 1; i >= 0; i--) {
    const { value, takes, make } = steps[i];
    // The first item of a container was made last.
    values.push(make ? make(Array.from({ length: takes }, () => values.pop())) : value);
  }
  return values.pop();
}

const NAMES = Object.fromEntries(Object.entries(TAG).map(([name, tag]) => [tag, name]));
const CONSTANTS = { null: null, undefined, true: true, false: false };
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

class Reader {
  #bytes;
  #view;
  #at = 0;

  constructor(bytes) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  step() {
    const name = NAMES[this.#bytes[this.#at++]] ?? 'no tag';
    if (Object.hasOwn(CONSTANTS, name)) return { value: CONSTANTS[name] };
    switch (name) {
      case 'number':
        this.#at += 8;
        return { value: this.#view.getFloat64(this.#at - 8, true) };
      case 'bigint':
        return { value: BigInt(this.#text()) };
      case 'text':
        return { value: this.#text() };
      case 'numbers':
        return { value: arrayOf(this.#take(this.#bytes[this.#at++]), this.#block()) };
      case 'list':
        return { takes: this.#count(), make: (items) => items, isPlain: true };
      case 'Set':
        return { takes: this.#count(), make: (items) => new Set(items) };
      case 'Map':
        return { takes: this.#count(), make: (items) => new Map(items.flatMap((key, i) => (i % 2 ? [] : [[key, items[i + 1]]]))) };
      case 'object':
        return this.#object();
      default:
        throw new TypeError('this is no encoded answer');
    }
  }

  #object() {
    const name = textOf(this.#take(this.#bytes[this.#at++]));
    const keys = Array.from({ length: this.#count() }, () => this.#text());
    const order = this.#order(keys.length);
    const object = (items) => Object.fromEntries(order.map((i) => [keys[i], items[i]]));
    if (name === '') return { takes: keys.length, make: object, isPlain: true };
    return { takes: keys.length, make: (items) => made(name, object(items)) };
  }

  #order(count) {
    const { buffer, byteOffset, byteLength } = this.#block();
    const places = new DataView(buffer, byteOffset, byteLength);
    return Array.from({ length: count }, (_, i) => (byteLength === 0 ? i : places.getUint32(4 * i, true)));
  }

  #count() {
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4, true);
  }

  #take(length) {
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  #block() {
    return this.#take(this.#count());
  }

  #text() {
    return textOf(this.#block());
  }
}

function arrayOf(name, bytes) {
  const type = textOf(name);
  const { buffer } = bytes.slice();
  if (type === 'Array') return Array.from(new Float64Array(buffer));
  return type === 'ArrayBuffer' ? buffer : new globalThis[type](buffer);
}

function textOf(bytes) {
  try {
    return decoder.decode(bytes);
  } catch {
    return withHalves(bytes);
  }
}

// Text with halves of pairs, which no decoder takes: as `writer.js` writes it.
function withHalves(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const isHalf = bytes[i] === 0xed && bytes[i + 1] >= 0xa0;
    const length = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4][bytes[i] >> 4];
    if (isHalf) text += String.fromCharCode(0xd000 | ((bytes[i + 1] & 0x3f) << 6) | (bytes[i + 2] & 0x3f));
    else text += decoder.decode(bytes.subarray(i, i + length));
    i += length;
  }
  return text;
}
