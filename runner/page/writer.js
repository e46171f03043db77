// An answer as a row of tokens, each a tag and what belongs to it: a container says how many items it has, and they follow.
// Reading and writing take no recursion, however deep the answer is nested.
// `decode.js` and `runner/src/answer/token.rs` read it.

/** The first byte of a token. */
export const TAG = Object.fromEntries(
  Object.entries({
    null: '0', undefined: 'u', true: 't', false: 'f', number: 'n', bigint: 'i', text: 's', numbers: '#', list: '[', object: '{', Map: 'M', Set: 'S',
  }).map(([name, letter]) => [name, letter.charCodeAt(0)]),
);

// The most bytes of an answer; the server takes no more.
const MOST_BYTES = 2 ** 30;
const SHORT = 1024;

const encoder = new TextEncoder();

/** Writes tokens; lengths and numbers are little-endian. */
export class Writer {
  #bytes = new Uint8Array(SHORT);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** A token that is its tag alone, or the tag of one. */
  tag(name) {
    this.#room(1);
    this.#bytes[this.#length++] = TAG[name];
  }

  /** How many bytes or items follow. */
  count(count) {
    this.#room(4);
    this.#view.setUint32(this.#length, count, true);
    this.#length += 4;
  }

  /** A number; all NaN are one. */
  number(number) {
    this.#room(8);
    this.#view.setFloat64(this.#length, Number.isNaN(number) ? NaN : number, true);
    this.#length += 8;
  }

  /** The name of a type, which is short and ASCII. */
  name(name) {
    this.#room(1 + name.length);
    this.#bytes[this.#length++] = name.length;
    this.#length += encoder.encodeInto(name, this.#bytes.subarray(this.#length)).written;
  }

  /** A length and a text of UTF-8, in which half a pair of UTF-16 stays what it is. */
  text(text) {
    if (!text.isWellFormed()) return this.block(withHalves(text));
    if (text.length > SHORT) return this.block(encoder.encode(text));
    this.#room(4 + 3 * text.length);
    const { written } = encoder.encodeInto(text, this.#bytes.subarray(this.#length + 4));
    this.count(written);
    this.#length += written;
  }

  /** A length and as many bytes. */
  block(bytes) {
    this.#room(4 + bytes.length);
    this.count(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** All that was written. */
  written() {
    return this.#bytes.subarray(0, this.#length);
  }

  #room(more) {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    if (needed > MOST_BYTES) throw new RangeError('the answer takes more than 1 GiB, which is too much to compare; help: return less of it');
    const bytes = new Uint8Array(Math.min(Math.max(needed, 2 * this.#bytes.length), MOST_BYTES));
    bytes.set(this.written());
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}

// Each half as UTF-8 would write it if it were a character (WTF-8).
function withHalves(text) {
  const bytes = [];
  for (const character of text) {
    if (character.isWellFormed()) {
      bytes.push(...encoder.encode(character));
    } else {
      const unit = character.charCodeAt(0);
      bytes.push(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
    }
  }
  return Uint8Array.from(bytes);
}
