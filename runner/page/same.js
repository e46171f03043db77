// Two answers compared by a function of the user's.

import { decode } from './decode.js';
import { userFunction } from './normalise.js';

/** What differs, in words; null where nothing does. `expected` and `got` are `{ kind, base64 }`. */
export async function same(by, expected, got) {
  const compare = await userFunction(by);
  const verdict = await compare(decoded(expected), decoded(got));
  if (typeof verdict === 'string') return verdict;
  if (typeof verdict === 'boolean') return verdict ? null : `${by.flag} says that they are not the same`;
  throw new TypeError(`${by.flag}: the function has to answer true, false or a text that says what differs`);
}

function decoded({ kind, base64 }) {
  return decode({ kind, bytes: Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)) });
}
