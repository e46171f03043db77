// gunzip on typed arrays: the algorithm of the Wasm (two-level Huffman tables, RFC 1951 and 1952), as fast as JavaScript
// writes it. Members follow one another; what is damaged, truncated or too long is an error.

import { checksum } from './crc32.js';
import { CODE_LENGTHS, DISTANCES, LITERALS, fill, fixed } from './huffman.js';

/** The most content in bytes that a file may have here. */
const MAX_OUTPUT_BYTES = 512 * 2 ** 20;
/** No deflate stream is longer than this, inflated, for each of its bytes. */
const MAX_RATIO = 1032;
const TRAILER_BYTES = 8;

/** The order in which a block gives the lengths of the codes for its code lengths. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/** From this length on, copying is worth a call. */
const LONG_MATCH = 48;

/** Of what a header may hold. */
const HEADER_CHECKSUM = 2;
const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;
const RESERVED = 0xe0;

const codeLengths = new Uint8Array(19);
const lengths = new Uint8Array(286 + 30);
let src;
let at;
/** Bits that were read and not used yet, lowest first, and how many they are. */
let hold;
let bits;
let out;
let end;

export function run(input) {
  src = input;
  at = 0;
  end = 0;
  out = new Uint8Array(likelyLength(input));
  try {
    do member();
    while (at < src.length && !isPadding());
    return end === out.length ? out : out.slice(0, end);
  } finally {
    src = undefined;
    out = undefined;
  }
}

/** The trailer has the length of the last member, which is mostly the only one; but it is not checked yet. */
function likelyLength(file) {
  if (file.length < TRAILER_BYTES) return 0;
  const [a, b, c, d] = file.subarray(-4);
  return Math.min((a | (b << 8) | (c << 16) | (d << 24)) >>> 0, MAX_RATIO * file.length, MAX_OUTPUT_BYTES);
}

/** Whether nothing but zeros follows. */
function isPadding() {
  return src.subarray(at).every((byte) => byte === 0);
}

function member() {
  header();
  const start = end;
  hold = 0;
  bits = 0;
  while (!block());
  // Whole bytes that were read ahead are given back.
  at -= bits >>> 3;
  if (at + TRAILER_BYTES > src.length) throw new Error(`the gzip file ends early: after ${src.length} bytes`);
  if (word() !== checksum(out, start, end)) throw new Error('corrupt gzip file: its checksum is wrong');
  if (word() !== (end - start) >>> 0) throw new Error('corrupt gzip file: its length is wrong');
}

function word() {
  at += 4;
  return (src[at - 4] | (src[at - 3] << 8) | (src[at - 2] << 16) | (src[at - 1] << 24)) >>> 0;
}

function header() {
  const flags = src[at + 3];
  if (src[at] !== 0x1f || src[at + 1] !== 0x8b || src[at + 2] !== 8 || flags & RESERVED) throw new Error('not a gzip file');
  at += 10;
  if (flags & EXTRA) at += 2 + (src[at] | (src[at + 1] << 8));
  if (flags & NAME) skipText();
  if (flags & COMMENT) skipText();
  if (flags & HEADER_CHECKSUM) at += 2;
}

function skipText() {
  while (at < src.length && src[at] !== 0) at++;
  at++;
}

/** `count` bits, at most 16. */
function take(count) {
  if (bits < count) refill();
  const value = hold & ((1 << count) - 1);
  hold >>>= count;
  bits -= count;
  return value;
}

/** Two more bytes. After the last code there is a trailer of eight, so a whole file never runs out here. */
function refill() {
  if (at + 2 > src.length) throw new Error(`the gzip file ends early: after ${src.length} bytes`);
  hold |= (src[at] | (src[at + 1] << 8)) << bits;
  at += 2;
  bits += 16;
}

/** Inflates a block, and returns whether it was the last. */
function block() {
  const isLast = take(1) === 1;
  switch (take(2)) {
    case 0:
      stored();
      break;
    case 1:
      codes(...fixed());
      break;
    case 2:
      dynamic();
      codes(LITERALS, DISTANCES);
      break;
    default:
      throw new Error('corrupt gzip file: no such kind of block');
  }
  return isLast;
}

function stored() {
  at -= bits >>> 3;
  hold = 0;
  bits = 0;
  if (at + 4 > src.length) throw new Error(`the gzip file ends early: after ${src.length} bytes`);
  const length = src[at] | (src[at + 1] << 8);
  if ((length ^ 0xffff) !== (src[at + 2] | (src[at + 3] << 8))) throw new Error('corrupt gzip file: a stored length is wrong');
  at += 4;
  if (at + length > src.length) throw new Error(`the gzip file ends early: after ${src.length} bytes`);
  reserve(length);
  out.set(src.subarray(at, at + length), end);
  at += length;
  end += length;
}

/** Reads a block's codes into the tables. */
function dynamic() {
  const literals = take(5) + 257;
  const distances = take(5) + 1;
  const count = take(4) + 4;
  if (literals > 286 || distances > 30) throw new Error('corrupt gzip file: too many symbols');
  codeLengths.fill(0);
  for (let i = 0; i < count; i++) codeLengths[ORDER[i]] = take(3);
  fill(CODE_LENGTHS, codeLengths);
  const { table, mask } = CODE_LENGTHS;
  const total = literals + distances;
  for (let i = 0; i < total; ) {
    if (bits < 7) refill();
    const entry = table[hold & mask];
    hold >>>= entry & 15;
    bits -= entry & 15;
    const symbol = entry >>> 16;
    if (symbol < 16) {
      lengths[i++] = symbol;
      continue;
    }
    if (symbol === 16 && i === 0) throw new Error('corrupt gzip file: nothing to repeat');
    const value = symbol === 16 ? lengths[i - 1] : 0;
    const times = symbol === 16 ? 3 + take(2) : symbol === 17 ? 3 + take(3) : 11 + take(7);
    if (i + times > total) throw new Error('corrupt gzip file: too many code lengths');
    lengths.fill(value, i, (i += times));
  }
  if (lengths[256] === 0) throw new Error('corrupt gzip file: a block without end');
  fill(LITERALS, lengths.subarray(0, literals));
  fill(DISTANCES, lengths.subarray(literals, total));
}

/** Makes room for `more` bytes. */
function reserve(more) {
  if (end + more <= out.length) return;
  if (end + more > MAX_OUTPUT_BYTES) throw new Error('the file has more than 512 MiB of content');
  const larger = new Uint8Array(Math.min(Math.max(2 * out.length, end + more, 1 << 16), MAX_OUTPUT_BYTES));
  larger.set(out.subarray(0, end));
  out = larger;
}

/** Inflates the symbols of a block. All that changes is local, for V8 keeps that in registers. */
function codes(literals, distances) {
  const symbols = literals.table;
  const symbolMask = literals.mask;
  const steps = distances.table;
  const stepMask = distances.mask;
  const from = src;
  const lastPair = src.length - 2;
  let to = out;
  let room = to.length;
  let read = at;
  let write = end;
  let held = hold;
  let count = bits;
  for (;;) {
    if (count < 16) {
      if (read > lastPair) break;
      held |= (from[read] | (from[read + 1] << 8)) << count;
      read += 2;
      count += 16;
    }
    let entry = symbols[held & symbolMask];
    if ((entry & 0x300) === 0x300) {
      // The code is longer than the table's index: its other bits lead into a table of their own.
      held >>>= entry & 15;
      count -= entry & 15;
      entry = symbols[(entry >>> 16) + (held & ((1 << ((entry >>> 4) & 15)) - 1))];
    }
    held >>>= entry & 15;
    count -= entry & 15;
    if ((entry & 0x300) === 0) {
      if (write === room) {
        end = write;
        reserve(1);
        to = out;
        room = to.length;
      }
      to[write++] = entry >>> 16;
      continue;
    }
    if ((entry & 0x300) === 0x200) {
      if (entry >>> 16 !== 0) throw new Error('corrupt gzip file: no such symbol');
      at = read;
      end = write;
      hold = held;
      bits = count;
      return;
    }
    if (count < 16) {
      if (read > lastPair) break;
      held |= (from[read] | (from[read + 1] << 8)) << count;
      read += 2;
      count += 16;
    }
    let extra = (entry >>> 4) & 15;
    const length = (entry >>> 16) + (held & ((1 << extra) - 1));
    held >>>= extra;
    count -= extra;
    if (count < 16) {
      if (read > lastPair) break;
      held |= (from[read] | (from[read + 1] << 8)) << count;
      read += 2;
      count += 16;
    }
    entry = steps[held & stepMask];
    if ((entry & 0x300) === 0x300) {
      held >>>= entry & 15;
      count -= entry & 15;
      entry = steps[(entry >>> 16) + (held & ((1 << ((entry >>> 4) & 15)) - 1))];
    }
    held >>>= entry & 15;
    count -= entry & 15;
    if (count < 16) {
      if (read > lastPair) break;
      held |= (from[read] | (from[read + 1] << 8)) << count;
      read += 2;
      count += 16;
    }
    extra = (entry >>> 4) & 15;
    const distance = (entry >>> 16) + (held & ((1 << extra) - 1));
    held >>>= extra;
    count -= extra;
    // The distances of a member end at its start; of several in a row this takes their content as one.
    if (distance > write || (entry & 0x300) === 0x200) throw new Error('corrupt gzip file: a distance is too far back');
    if (write + length > room) {
      end = write;
      reserve(length);
      to = out;
      room = to.length;
    }
    let copied = write - distance;
    if (length >= LONG_MATCH && distance >= length) {
      to.copyWithin(write, copied, copied + length);
      write += length;
    } else {
      for (const stop = write + length; write < stop; ) to[write++] = to[copied++];
    }
  }
  throw new Error(`the gzip file ends early: after ${src.length} bytes`);
}
