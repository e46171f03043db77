// Two answers compared by a function of the user's.

import { decode } from './decode.js';
import { userFunction } from './normalise.js';

// Longer texts are cut, characters.
const LONGEST = 1000;

/** What differs, in words; null where nothing does. `expected` and `got` are `{ kind, base64 }`; `rest` follows them. */
export async function same(by, expected, got, rest = []) {
  const compare = await userFunction(by);
  const verdict = await compare(decoded(expected), decoded(got), ...rest);
  if (typeof verdict === 'string') return verdict.slice(0, LONGEST);
  if (verdict === null || verdict === true) return null;
  if (verdict === false) return 'the function says that they are not the same';
  throw new TypeError('the function has to answer a text that says what differs, or null or true where nothing does');
}

function decoded({ kind, base64 }) {
  return decode({ kind, bytes: Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)) });
}
