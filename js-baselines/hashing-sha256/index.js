// SHA-256 with @noble/hashes, the library that most pages would install.

import { sha256 } from '@noble/hashes/sha2.js';

export function run(input) {
  return sha256(input);
}
