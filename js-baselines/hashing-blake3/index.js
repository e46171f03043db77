// Keyed BLAKE3 with @noble/hashes, the library that most pages would install.

import { blake3 } from '@noble/hashes/blake3.js';

const key = new TextEncoder().encode('whats the Elvish word for friend');
const options = { key };

export function run(input) {
  return blake3(input, options);
}
