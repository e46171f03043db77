// Stands in for Wasm that is not written yet: the arguments are copied into its memory, and the answer, which the page
// knows beforehand, out of it. In between it does no work.

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
  const steps = crossing(known);
  const ofAnswer = steps.reduce((sum, { bytes: kept }) => sum + aligned(kept?.length ?? 0), 0);
  memory.grow(Math.ceil((ofAnswer + list.reduce((sum, value) => sum + mostBytes(value), 0)) / PAGE));
  buffer = memory.buffer;
  bytes = new Uint8Array(buffer);
  room = 0;
  const [first, ...others] = steps.map(({ takes, make, bytes: kept, read }) => ({ takes, make, read: kept ? read(...keep(kept)) : read }));
  if (others.length === 0 && first.read) return first.read;
  return () => assembled([first, ...others]);
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

// How the parts of the answer come out of memory: text and arrays of numbers as they are, what JSON has a form for as JSON, and
// all else item by item. `known` is what the page's `decode.js` makes the answer with.
function crossing({ steps, run }) {
  const parts = steps();
  const ends = endsOf(parts);
  const isJson = jsonOnly(parts, ends);
  const out = [];
  for (let i = 0; i < parts.length; i++) {
    const isContainer = parts[i].make !== undefined;
    if (isJson[i] && (isContainer || Array.isArray(parts[i].value))) {
      const text = JSON.stringify(run(parts.slice(i, ends[i])));
      out.push({ bytes: encoder.encode(text), read: (at, end) => () => JSON.parse(decoder.decode(bytes.subarray(at, end))) });
      i = ends[i] - 1;
    } else {
      out.push(isContainer ? parts[i] : leaf(parts[i].value));
    }
  }
  return out;
}

// Where the items of each part end, and theirs.
function endsOf(parts) {
  const ends = [];
  for (let i = parts.length - 1; i >= 0; i--) {
    let end = i + 1;
    for (let left = parts[i].takes ?? 0; left > 0; left--) end = ends[end];
    ends[i] = end;
  }
  return ends;
}

// Whether JSON has a form for a part and all in it.
function jsonOnly(parts, ends) {
  const isJson = [];
  for (let i = parts.length - 1; i >= 0; i--) {
    isJson[i] = parts[i].make ? parts[i].isPlain === true : isOfJson(parts[i].value);
    for (let item = i + 1; isJson[i] && item < ends[i]; item = ends[item]) isJson[i] = isJson[item];
  }
  return isJson;
}

function isOfJson(value) {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (Array.isArray(value)) return value.every(isOfJson);
  return value === null || typeof value === 'boolean' || (typeof value === 'string' && value.isWellFormed());
}

function leaf(value) {
  if (typeof value === 'string' && value.isWellFormed()) {
    return { bytes: encoder.encode(value), read: (at, end) => () => decoder.decode(bytes.subarray(at, end)) };
  }
  if (Array.isArray(value)) return array(Float64Array, Float64Array.from(value), (numbers) => Array.from(numbers));
  if (value instanceof ArrayBuffer) return array(Uint8Array, new Uint8Array(value), (numbers) => numbers.buffer);
  if (value instanceof DataView) return array(Uint8Array, new Uint8Array(value.buffer), (numbers) => new DataView(numbers.buffer));
  if (ArrayBuffer.isView(value)) return array(value.constructor, value, (numbers) => numbers);
  return { read: () => value };
}

function array(type, from, next) {
  const kept = new Uint8Array(from.buffer, from.byteOffset, from.byteLength);
  return { bytes: kept, read: (at) => () => next(new type(buffer, at, from.length).slice()) };
}

// The last part first, so that a container finds its items made.
function assembled(parts) {
  const values = [];
  for (let i = parts.length - 1; i >= 0; i--) {
    const { takes, make, read } = parts[i];
    values.push(read ? read() : make(Array.from({ length: takes }, () => values.pop())));
  }
  return values.pop();
}

// Where an array of any type may begin.
const ALIGNED = 8;

function aligned(end) {
  return Math.ceil(end / ALIGNED) * ALIGNED;
}

function keep(from) {
  const [at, end] = [room, room + from.length];
  bytes.set(from, at);
  room = aligned(end);
  return [at, end];
}
