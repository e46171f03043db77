// Stands in for Wasm that nobody has written yet: the arguments cross into its memory, and the answer, which the page was
// told beforehand, out of it. In between it has nothing to do.

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

// Bytes of linear memory.
const PAGE = 65536;

let call;
let memory;
let buffer;
let bytes;
// Where arguments are written to; below lies the answer.
let room;
let answer;

export default async function ({ module_or_path }) {
  const { exports } = await WebAssembly.instantiate(module_or_path, {});
  ({ call, memory } = exports);
  return exports;
}

export function run(...list) {
  // A page has one input, so that there is one answer.
  answer ??= learn(globalThis.crossover.known_answer, list);
  let end = room;
  for (const value of list) end = put(value, end);
  call(room, end - room);
  return answer();
}

function learn(known, list) {
  if (!known) throw new Error('the function gave no answer to this input, so that there is none to stand in with');
  // A number may be told by one digit and take eight bytes.
  const ofAnswer = (known.kind === 'value' ? 8 : 1) * known.bytes.length;
  memory.grow(Math.ceil((ofAnswer + list.reduce((sum, value) => sum + mostBytes(value), 0)) / PAGE));
  buffer = memory.buffer;
  bytes = new Uint8Array(buffer);
  room = 0;
  return given(known);
}

// A unit of UTF-16 is at most three bytes of UTF-8.
function mostBytes(value) {
  if (typeof value === 'string') return 3 * value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return value.byteLength ?? 3 * JSON.stringify(value).length;
}

// What crosses: text as UTF-8, arrays of numbers as they are, objects as JSON or, if such arrays are in them, item by item.
function put(value, at) {
  if (typeof value === 'string') return putText(value, at);
  if (ArrayBuffer.isView(value)) return putBytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), at);
  if (value instanceof ArrayBuffer) return putBytes(new Uint8Array(value), at);
  // Numbers and the like are passed as they are.
  if (typeof value !== 'object' || value === null) return at;
  const items = Array.isArray(value) ? [] : Object.values(value);
  if (items.some(ArrayBuffer.isView)) return items.reduce((end, item) => put(item, end), at);
  return putText(JSON.stringify(value), at);
}

function putBytes(from, at) {
  bytes.set(from, at);
  return at + from.length;
}

// An encoder has to be called, which for a word takes longer than to write it.
const WORD = 32;

function putText(text, at) {
  if (text.length > WORD) return at + encoder.encodeInto(text, bytes.subarray(at)).written;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return at + encoder.encodeInto(text, bytes.subarray(at)).written;
    bytes[at + i] = unit;
  }
  return at + text.length;
}

// What gives an answer, as the page's `answer.js` encodes it, out of memory.
function given({ kind, bytes: encoded }) {
  if (kind === 'string') return text(encoded);
  if (kind === 'bytes') return numbers(Uint8Array, encoded);
  if (kind === 'numbers') return floats(new Float64Array(encoded.slice().buffer));
  return value(JSON.parse(decoder.decode(encoded)));
}

function text(encoded) {
  const [at, end] = keep(encoded);
  return () => decoder.decode(bytes.subarray(at, end));
}

function numbers(type, from) {
  const [at] = keep(new Uint8Array(from.buffer, from.byteOffset, from.byteLength));
  return () => new type(buffer, at, from.length).slice();
}

// What was encoded may have been of either width, and less crosses.
function floats(from) {
  const single = Float32Array.from(from);
  return single.every((number, i) => Object.is(number, from[i])) ? numbers(Float32Array, single) : numbers(Float64Array, from);
}

// Where an array of any type may begin.
const ALIGNED = 8;

function keep(from) {
  const [at, end] = [room, room + from.length];
  bytes.set(from, at);
  room = Math.ceil(end / ALIGNED) * ALIGNED;
  return [at, end];
}

const ARRAYS = {
  Uint8Array, Uint8ClampedArray, Int8Array, Uint16Array, Int16Array, Uint32Array, Int32Array, Float32Array, Float64Array,
  BigUint64Array, BigInt64Array,
};

function value(told) {
  if (typeof told === 'string') return text(encoder.encode(told));
  if (typeof told !== 'object' || told === null) return () => told;
  const json = jsonOf(told);
  if (json !== undefined) {
    const inside = text(encoder.encode(json));
    return () => JSON.parse(inside());
  }
  if (Array.isArray(told)) return list(told);
  if ('=' in told) return object(told['=']);
  return tagged(told.$, told.of);
}

function list(told) {
  const items = told.map(value);
  return () => items.map((item) => item());
}

function object(told) {
  const fields = [];
  for (let i = 0; i < told.length; i += 2) fields.push([told[i], value(told[i + 1])]);
  return () => Object.fromEntries(fields.map(([name, field]) => [name, field()]));
}

function tagged(tag, of) {
  if (Object.hasOwn(ARRAYS, tag)) return numbers(ARRAYS[tag], ARRAYS[tag].from(of, plain));
  if (tag === 'ArrayBuffer') return then(numbers(Uint8Array, Uint8Array.from(of)), (array) => array.buffer);
  if (tag === 'DataView') return then(numbers(Uint8Array, Uint8Array.from(of)), (array) => new DataView(array.buffer));
  if (tag === 'Set') return then(list(of), (items) => new Set(items));
  if (tag === 'Map') return then(list(of), (items) => new Map(items.flatMap((item, i) => (i % 2 ? [] : [[item, items[i + 1]]]))));
  if (tag.startsWith('Date ')) return () => new Date(Number(tag.slice(5)));
  const it = plain({ $: tag });
  return () => it;
}

function then(inside, next) {
  return () => next(inside());
}

function plain(told) {
  if (typeof told !== 'object' || told === null) return told;
  if (told.$ === 'undefined') return undefined;
  if (told.$.startsWith('BigInt ')) return BigInt(told.$.slice(7));
  const number = Number(told.$);
  if (Number.isNaN(number) && told.$ !== 'NaN') throw new TypeError(`the answer holds a ${told.$}, which the stand-in cannot give`);
  return number;
}

// The JSON text of what JSON has a form for.
function jsonOf(told) {
  if (typeof told !== 'object' || told === null) return JSON.stringify(told);
  const items = (Array.isArray(told) ? told : (told['='] ?? [undefined])).map((item) => (item === undefined ? item : jsonOf(item)));
  if (items.includes(undefined)) return undefined;
  if (Array.isArray(told)) return `[${items}]`;
  return `{${items.map((item, i) => (i % 2 ? item : `${i ? ',' : ''}${item}:`)).join('')}}`;
}
