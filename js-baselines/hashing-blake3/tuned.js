// Keyed BLAKE3 in JavaScript as fast as we can write it: the same tree as any other implementation,
// over a compression function that generate.js unrolls.
//
// Little-endian machines only, which is every machine that a browser runs on.

import { compress } from './compress.js';

const CHUNK_START = 1;
const CHUNK_END = 2;
const PARENT = 4;
const ROOT = 8;
const KEYED = 16;

const BLOCK_BYTES = 64;
const CHUNK_BYTES = 1024;
const CHUNK_WORDS = CHUNK_BYTES / 4;

const KEY = new Int32Array(new TextEncoder().encode('whats the Elvish word for friend').buffer);

// Working memory of one call, kept because it would otherwise be a good part of the cost of a small one.
// Chaining values of finished subtrees lie side by side: the two on top are their parent's message.
// A typed array has less than 2^31 chunks, so the tree is no deeper.
const MAX_DEPTH = 32;
const stack = new Int32Array(8 * MAX_DEPTH);
const tailWords = new Int32Array(BLOCK_BYTES / 4);
const tailBytes = new Uint8Array(tailWords.buffer);

export function run(input) {
  const words = wordsOf(input);
  const chunks = Math.max(1, Math.ceil(input.length / CHUNK_BYTES));
  let depth = 0;
  for (let chunk = 0; chunk < chunks - 1; chunk++) {
    compress(KEY, words, chunk * CHUNK_WORDS, 16, chunk, KEYED, CHUNK_START, CHUNK_END, 64, stack, 8 * depth);
    depth += 1;
    // A subtree is complete for each factor of two in the number of chunks so far.
    for (let done = chunk + 1; (done & 1) === 0; done >>>= 1) {
      depth -= 1;
      merge(depth, 0);
    }
  }
  lastChunk(input, words, chunks - 1, chunks === 1 ? ROOT : 0, 8 * depth);
  while (depth > 0) {
    merge(depth, depth === 1 ? ROOT : 0);
    depth -= 1;
  }
  return new Uint8Array(stack.buffer.slice(0, 32));
}

/** Replaces the chaining values at `right - 1` and `right` by their parent's. */
function merge(right, root) {
  const at = 8 * (right - 1);
  compress(KEY, stack, at, 1, 0, KEYED | PARENT, root, 0, 64, stack, at);
}

/** The last chunk, whose last block may be short or, in an empty input, empty. */
function lastChunk(input, words, chunk, root, out) {
  const start = chunk * CHUNK_BYTES;
  const full = Math.max(0, Math.ceil((input.length - start) / BLOCK_BYTES) - 1);
  const tail = start + full * BLOCK_BYTES;
  tailWords.fill(0);
  for (let i = tail; i < input.length; i++) {
    tailBytes[i - tail] = input[i];
  }
  let from = KEY;
  let first = CHUNK_START;
  if (full > 0) {
    from = stack.subarray(out, out + 8);
    compress(KEY, words, chunk * CHUNK_WORDS, full, chunk, KEYED, first, 0, 64, stack, out);
    first = 0;
  }
  compress(from, tailWords, 0, 1, chunk, KEYED, first, CHUNK_END | root, input.length - tail, stack, out);
}

/** The whole words of `input`: a view of its memory if that is aligned, else a copy. */
function wordsOf(input) {
  const aligned = input.byteOffset % 4 === 0 ? input : input.slice();
  return new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length >>> 2);
}
