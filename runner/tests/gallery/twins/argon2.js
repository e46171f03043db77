import { argon2id } from '@noble/hashes/argon2.js';

export function hash({ pass, salt, time, mem, parallelism, hashLen }) {
  return { hash: argon2id(pass, salt, { t: time, m: mem, p: parallelism, dkLen: hashLen }) };
}

/** argon2-browser answers the hash in three forms; one of them is enough. */
export const hashOnly = (answer) => answer.hash;
