// Describes why a contender gave no answer: a panic, a trap, a stack overflow, no memory and so on.

import { thrown } from './thrown.js';

// Panics leave Wasm as text on the console, and then trap; the trap itself does not know why. The text is kept for the report.
let printed = '';
const print = console.error;
console.error = (...values) => {
  printed = values.map(textOf).join(' ');
  print.apply(console, values);
};

// An object may have no text of its own; that is no reason to fail.
function textOf(value) {
  try {
    return String(value);
  } catch {
    return '[object]';
  }
}

const LONGEST = 1000;
// A 32-bit memory ends at 4 GiB, and a single allocation of Rust's at 2: one that failed found at least this much in use.
const NEARLY_FULL_BYTES = 2 ** 31;

/** Forgets what was printed before, so that it is not taken for the next failure. */
export function clearPrinted() {
  printed = '';
}

/** What `error` is, for a person; `memory` is the contender's linear memory, if it has one. */
export function describe(error, memory) {
  if (!isError(error)) return thrown(error);
  const kind = kindOf(error, memory);
  const text = `${error.name}: ${error.message}${hint(error)}`;
  return kind ? `${kind}: ${text}` : text;
}

// A proxy may fail at the question.
function isError(value) {
  try {
    return value instanceof Error;
  } catch {
    return false;
  }
}

// What Node.js has in the global scope and browsers have not, and what they have in its place.
const OF_NODE = {
  Buffer: 'use Uint8Array, TextEncoder and TextDecoder, or import the package `buffer`',
  process: 'give what it is asked for as an argument, or import the package `process`',
  require: 'write import',
  setImmediate: 'use setTimeout or queueMicrotask',
};

function hint(error) {
  if (!(error instanceof ReferenceError)) return '';
  // The words of V8 and SpiderMonkey, and those of JavaScriptCore.
  const name = error.message.replace(/ is not defined$|^Can't find variable: /, '');
  return Object.hasOwn(OF_NODE, name) ? ` (it is of Node.js, which no browser has: ${OF_NODE[name]})` : '';
}

function kindOf(error, memory) {
  const message = String(error?.message);
  if (error instanceof WebAssembly.CompileError) return 'the module does not compile';
  if (error instanceof WebAssembly.LinkError) return 'the module does not link';
  // Both are plain TypeErrors; the words are those of V8, SpiderMonkey and JavaScriptCore.
  if (/HTTP status code|not have ok status|has not returned OK status/i.test(message)) return 'the server has no such module';
  if (/MIME type/i.test(message)) return 'the server does not call the module application/wasm';
  if (error instanceof WebAssembly.RuntimeError && /unreachable/i.test(message)) return unreachable(memory);
  if (/call stack|too much recursion/i.test(message)) return 'stack overflow';
  if (error instanceof WebAssembly.RuntimeError) return 'trap';
  if (error instanceof RangeError && /memory|allocat|array buffer|array length|length too large/i.test(message)) return 'out of memory';
  return null;
}

// Rust ends in this instruction after a panic, which prints first, and after an allocation that failed, which cannot.
function unreachable(memory) {
  if (printed.includes('panicked at')) return `panic: ${firstLines(printed)}`;
  const bytes = memory?.buffer.byteLength ?? 0;
  const held = `${Math.round(bytes / 2 ** 20)} MiB of linear memory in use`;
  if (bytes >= NEARLY_FULL_BYTES) return `out of memory (${held})`;
  return `trap: abort or panic without a message, ${held}; help: a panic hook that prints to console.error says why`;
}

// The location and the message; what follows is a stack of the glue.
function firstLines(text) {
  const end = text.search(/\n\s*(Stack:|at |\n)/);
  return (end < 0 ? text : text.slice(0, end)).replace(/\s+/g, ' ').trim().slice(0, LONGEST);
}
