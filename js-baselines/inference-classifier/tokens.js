// The tokeniser: the same tokens as the Rust contender's, straight from the string's character codes.

export const POSITIONS = 128;

const INDENT_SPACES = 1;
const INDENT_TABS = 11;
const NUMBER = 14;
const NON_ASCII = 15;
const HASHED = 16;
const HASHED_CHARACTERS = 24;

const BLANK = 0;
const WORD = 1;
const DIGIT = 2;
const PUNCTUATION = 3;
const OTHER = 4;

const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code <= 32 || code === 127) return BLANK;
  const character = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(character)) return WORD;
  return /[0-9]/.test(character) ? DIGIT : PUNCTUATION;
});

function kindAt(text, at) {
  const code = text.charCodeAt(at);
  return code < 128 ? KINDS[code] : OTHER;
}

/** Writes the first tokens of `text` into `ids` and returns how many there are, from 1 to POSITIONS. */
export function tokenise(text, vocabulary, ids) {
  const length = text.length;
  const hashes = vocabulary - HASHED;
  ids[0] = 0;
  let count = 1;
  let at = 0;
  let atLineStart = true;
  let spaces = 0;
  let tabs = 0;
  while (at < length && count < POSITIONS) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? KINDS[code] : OTHER;
    if (kind === BLANK) {
      at++;
      if (code === 32) spaces++;
      else if (code === 10) {
        atLineStart = true;
        spaces = tabs = 0;
      } else if (code === 9) tabs++;
      continue;
    }
    if (atLineStart) {
      atLineStart = false;
      ids[count++] = tabs > 0 ? INDENT_TABS + Math.min(tabs, 3) - 1 : INDENT_SPACES + Math.min(spaces, 9);
      if (count === POSITIONS) break;
    }
    const start = at++;
    const longest = kind === PUNCTUATION ? Math.min(start + 2, length) : length;
    while (at < longest && kindAt(text, at) === kind) at++;
    if (kind === DIGIT) ids[count++] = NUMBER;
    else if (kind === OTHER) ids[count++] = NON_ASCII;
    else {
      // 32-bit FNV-1a.
      let hash = 0x811c9dc5;
      const end = Math.min(at, start + HASHED_CHARACTERS);
      for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
      ids[count++] = HASHED + ((hash >>> 0) % hashes);
    }
  }
  return count;
}
