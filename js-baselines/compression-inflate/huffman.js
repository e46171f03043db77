// Tables that decode Huffman codes, after zlib's: the first bits of a code lead to its symbol, or to a table for the rest.
//
// An entry is a number: the code's length in bits 0 to 3, how many extra bits follow it (of a second table: how many bits
// lead into it) in bits 4 to 7, what it is in bits 8 and 9, and from bit 16 on its value.

const LITERAL = 0;
const MATCH = 0x100;
const END = 0x200;
const SECOND_TABLE = 0x300;
/** Like an end, but with a value: no block has such a symbol. */
const INVALID = END | (1 << 16);

const MAX_BITS = 15;

/** A table whose first `bits` bits lead in; `size` is the most entries that it can take (zlib's enough.c). */
const code = (bits, size, symbols, isComplete) => ({ table: new Int32Array(size), bits, mask: (1 << bits) - 1, symbols, isComplete });

/** Symbols with extra bits, of which each begins where the one before ends. */
function ranges(first, extras) {
  let base = first;
  return extras.map((extra) => {
    const symbol = MATCH | (extra << 4) | (base << 16);
    base += 1 << extra;
    return symbol;
  });
}

const pairs = (from, to) => Array.from({ length: 2 * (to - from + 1) }, (_, i) => from + (i >> 1));
const quads = (from, to) => Array.from({ length: 4 * (to - from + 1) }, (_, i) => from + (i >> 2));
const literals = Array.from({ length: 256 }, (_, byte) => LITERAL | (byte << 16));
const lengths = ranges(3, [0, 0, 0, 0, ...quads(0, 5)]).slice(0, 28);

const SYMBOLS = [...literals, END, ...lengths, MATCH | (258 << 16), INVALID, INVALID];
const STEPS = [...ranges(1, [0, 0, ...pairs(0, 13)]), INVALID, INVALID];

/** The codes of a block: of literals and lengths, of distances, and of the lengths of those codes. */
export const LITERALS = code(10, 1332, SYMBOLS, true);
export const DISTANCES = code(9, 592, STEPS, false);
export const CODE_LENGTHS = code(7, 128, Array.from({ length: 19 }, (_, symbol) => symbol << 16), true);

let fixedCodes;

/** The codes that need not be stored. */
export function fixed() {
  if (!fixedCodes) {
    fixedCodes = [code(9, 512, SYMBOLS, true), code(5, 32, STEPS, true)];
    const of = (symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8);
    fill(fixedCodes[0], Uint8Array.from({ length: 288 }, (_, symbol) => of(symbol)));
    fill(fixedCodes[1], new Uint8Array(32).fill(5));
  }
  return fixedCodes;
}

const counts = new Uint16Array(MAX_BITS + 1);
const offsets = new Uint16Array(MAX_BITS + 2);
const sorted = new Uint16Array(288);

/** Fills a table with the codes that have these lengths. */
export function fill({ table, bits, symbols, isComplete }, lengthOf) {
  counts.fill(0);
  for (let symbol = 0; symbol < lengthOf.length; symbol++) counts[lengthOf[symbol]]++;
  let most = MAX_BITS;
  while (most > 0 && counts[most] === 0) most--;
  let free = 1;
  for (let length = 1; length <= MAX_BITS; length++) {
    free = 2 * free - counts[length];
    if (free < 0) throw new Error('corrupt gzip file: too many codes');
  }
  // One distance may do with half a code, and a block without matches with none.
  if (free > 0 && (isComplete || most > 1)) throw new Error('corrupt gzip file: too few codes');
  if (free > 0) table.fill(INVALID, 0, 1 << bits);
  offsets[1] = 0;
  for (let length = 1; length <= MAX_BITS; length++) offsets[length + 1] = offsets[length] + counts[length];
  for (let symbol = 0; symbol < lengthOf.length; symbol++) {
    if (lengthOf[symbol] !== 0) sorted[offsets[lengthOf[symbol]]++] = symbol;
  }
  place(table, bits, symbols, lengthOf, most);
}

/** Places the sorted symbols. Codes count up from their first bit on, which is the lowest here. */
function place(table, bits, symbols, lengthOf, most) {
  const used = lengthOf.length - counts[0];
  let next = 1 << bits;
  let prefix = -1;
  let second = 0;
  let secondBits = 0;
  for (let i = 0, code = 0; i < used; i++) {
    const length = lengthOf[sorted[i]];
    const symbol = symbols[sorted[i]];
    if (length <= bits) {
      for (let at = code; at < 1 << bits; at += 1 << length) table[at] = symbol | length;
    } else {
      if ((code & ((1 << bits) - 1)) !== prefix) {
        prefix = code & ((1 << bits) - 1);
        secondBits = bitsOfSecond(length, bits, most);
        second = next;
        next += 1 << secondBits;
        table[prefix] = SECOND_TABLE | (second << 16) | (secondBits << 4) | bits;
      }
      const rest = length - bits;
      for (let at = code >>> bits; at < 1 << secondBits; at += 1 << rest) table[second + at] = symbol | rest;
    }
    counts[length]--;
    let bit = 1 << (length - 1);
    while (code & bit) bit >>>= 1;
    code = bit === 0 ? 0 : (code & (bit - 1)) + bit;
  }
}

/** How many bits lead into the table that begins with a code of `length`: as many as the codes with its first bits need. */
function bitsOfSecond(length, bits, most) {
  let free = 1 << (length - bits);
  let at = length;
  for (; at < most; at++) {
    free -= counts[at];
    if (free <= 0) break;
    free *= 2;
  }
  return at - bits;
}
