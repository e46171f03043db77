import { blake2b } from '@noble/hashes/blake2.js';

export const crypto_generichash = (length, message) => blake2b(message, { dkLen: length });
