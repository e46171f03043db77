// Whether this browser has what a contender needs. One that lacks something is no failure of the contender.

import { unwatch, watch } from './watch.js';

/** Thrown with the name of what the browser lacks. */
export class Unavailable extends Error {}

/**
 * What this browser lacks that `contender` needs: a proposal of Wasm that its module uses, or what its own
 * `unavailable()` names. Null where all is there.
 */
export async function lacks({ module, needs, beside }) {
  const lacking = needs.find(({ probe }) => !WebAssembly.validate(Uint8Array.from(probe)));
  if (lacking) return lacking.name;
  watch({ compile: 'streaming', beside });
  try {
    const { unavailable } = await import(module);
    return (await unavailable?.()) || null;
  } finally {
    unwatch();
  }
}
