// NDJSON to columns by hand, straight from the bytes: no text, no object. It reads the wanted numbers, and of all else only
// as much as it takes to find where that ends.

const BLANK = 32;
const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const COLON = 58;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const LINE_END = 10;

const [TS, PRICE, QTY, GEO] = ['ts', 'price', 'qty', 'geo'].map((name) => new TextEncoder().encode(name));
const ALL_FOUND = 0b1111;

/** The powers of ten that a double has exactly. */
const POWERS = Float64Array.from({ length: 16 }, (_, exponent) => Number(`1e${exponent}`));

const decoder = new TextDecoder();
/** Where the number that was read last ends. */
const end = new Int32Array(1);

export function run(input) {
  const count = rows(input);
  const columns = new Float64Array(5 * count);
  let at = afterBlanks(input, afterMark(input));
  let row = 0;
  for (; at < input.length; row++) {
    at = afterBlanks(input, record(input, at, columns, row, count));
  }
  // Records that share a line have no place in the columns.
  if (row > count) throw new Error(`${row} records in ${count} lines: there has to be one in each`);
  return row === count ? columns : shortened(columns, count, row);
}

/** Columns of `count` numbers, of which the last ones were left free by lines without a record. */
function shortened(columns, count, rows) {
  const shorter = new Float64Array(5 * rows);
  for (let column = 0; column < 5; column++) {
    shorter.set(columns.subarray(column * count, column * count + rows), column * rows);
  }
  return shorter;
}

/** Where the text begins: some editors and exports put a byte order mark before it. */
function afterMark(bytes) {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

/** The number of lines that are not empty at the end. */
function rows(bytes) {
  let count = 0;
  let last = -1;
  for (let at = bytes.indexOf(LINE_END); at >= 0; at = bytes.indexOf(LINE_END, at + 1)) {
    count += 1;
    last = at;
  }
  return afterBlanks(bytes, last + 1) < bytes.length ? count + 1 : count;
}

/** Takes the numbers of the record that begins at `at`, and returns where it ends. */
function record(bytes, at, columns, row, count) {
  let found = 0;
  at = afterBlanks(bytes, expect(bytes, at, OPEN_BRACE));
  for (;;) {
    const start = expect(bytes, at, QUOTE);
    const after = afterString(bytes, start);
    at = afterBlanks(bytes, expect(bytes, afterBlanks(bytes, after), COLON));
    if (is(bytes, start, after, TS)) {
      columns[row] = number(bytes, at);
      at = end[0];
      found |= 1;
    } else if (is(bytes, start, after, PRICE)) {
      columns[count + row] = number(bytes, at);
      at = end[0];
      found |= 2;
    } else if (is(bytes, start, after, QTY)) {
      columns[2 * count + row] = number(bytes, at);
      at = end[0];
      found |= 4;
    } else if (is(bytes, start, after, GEO)) {
      at = afterBlanks(bytes, expect(bytes, at, OPEN_BRACKET));
      columns[3 * count + row] = number(bytes, at);
      at = expect(bytes, afterBlanks(bytes, end[0]), COMMA);
      columns[4 * count + row] = number(bytes, afterBlanks(bytes, at));
      at = expect(bytes, afterBlanks(bytes, end[0]), CLOSE_BRACKET);
      found |= 8;
    } else {
      at = afterValue(bytes, at);
    }
    at = afterBlanks(bytes, at);
    if (byteAt(bytes, at) !== COMMA) break;
    at = afterBlanks(bytes, at + 1);
  }
  at = expect(bytes, at, CLOSE_BRACE);
  if (found !== ALL_FOUND) throw new Error(`byte ${at}: ts, price, qty or geo is missing`);
  return at;
}

/** The byte at `at`, or -1 after the last one. */
function byteAt(bytes, at) {
  return at < bytes.length ? bytes[at] : -1;
}

function expect(bytes, at, byte) {
  if (byteAt(bytes, at) !== byte) throw new Error(`byte ${at}: expected ${String.fromCharCode(byte)}`);
  return at + 1;
}

/** Whether the name from `start` on, with its closing quotation mark before `after`, is `name`. */
function is(bytes, start, after, name) {
  if (after - 1 - start !== name.length) return false;
  for (let i = 0; i < name.length; i++) {
    if (bytes[start + i] !== name[i]) return false;
  }
  return true;
}

function afterBlanks(bytes, at) {
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte > BLANK || (byte !== BLANK && byte !== 9 && byte !== LINE_END && byte !== 13)) break;
    at += 1;
  }
  return at;
}

/** Where the string ends whose first character is at `at`: after its closing quotation mark. */
function afterString(bytes, at) {
  while (at < bytes.length) {
    const byte = bytes[at++];
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH) at += 1;
  }
  throw new Error('a text without an end');
}

/** Where the value at `at` ends, whatever it is. */
function afterValue(bytes, at) {
  const start = at;
  let depth = 0;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = afterString(bytes, at + 1);
      continue;
    }
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth += 1;
    } else if (byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (depth === 0) {
        if (at === start) throw new Error(`byte ${at}: a value is missing`);
        return at;
      }
      if (byte !== COMMA) depth -= 1;
    }
    at += 1;
  }
  throw new Error('a record without an end');
}

/**
 * The number at `at`; where it ends is in `end`. Up to 15 digits make a whole number that a double has exactly, and so
 * does its power of ten; their quotient is the nearest double then. All others are left to the engine.
 */
function number(bytes, start) {
  const digitsAt = byteAt(bytes, start) === MINUS ? start + 1 : start;
  let at = digitsAt;
  let value = 0;
  let digit = byteAt(bytes, at);
  for (; digit >= ZERO && digit <= NINE; digit = byteAt(bytes, ++at)) value = 10 * value + (digit - ZERO);
  let decimals = 0;
  const hasPoint = digit === POINT;
  const hasWhole = at > digitsAt;
  if (hasPoint) {
    digit = byteAt(bytes, ++at);
    const first = at;
    for (; digit >= ZERO && digit <= NINE; digit = byteAt(bytes, ++at)) value = 10 * value + (digit - ZERO);
    decimals = at - first;
  }
  if (!hasWhole || (hasPoint && decimals === 0)) throw new Error(`byte ${at}: a number was wanted here`);
  if (at - digitsAt >= POWERS.length || (digit | 32) === 101) return longNumber(bytes, start);
  end[0] = at;
  value /= POWERS[decimals];
  return digitsAt === start ? value : -value;
}

function longNumber(bytes, start) {
  let at = start;
  while (at < bytes.length && '0123456789-+.eE'.includes(String.fromCharCode(bytes[at]))) at += 1;
  end[0] = at;
  const value = Number(decoder.decode(bytes.subarray(start, at)));
  if (Number.isNaN(value)) throw new Error(`byte ${at}: a number was wanted here`);
  return value;
}
