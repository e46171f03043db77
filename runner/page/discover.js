// Finds out how to start a module that no manifest describes.

import { Unavailable } from './available.js';
import { wholeNumbers, withBigInts } from './arguments.js';
import { describe } from './failure.js';
import { newest } from './linear.js';
import { start } from './load.js';
import { NoFunction } from './path.js';

/**
 * Starts `contender` in the way that its spec says. Where that leads to an answer, `found` has the files that were fetched;
 * where numbers have to be BigInts for that, `bigints` has their places; else `failed` says what was seen until then.
 */
export async function attempt(contender, argument) {
  const progress = { isChecked: true };
  try {
    const { answer, fetched } = await start(contender, argument, 'streaming', progress);
    if (answer === undefined) throw new NoFunction('it answers undefined; help: pass --in-place if it changes its argument, else let it return its answer');
    return { found: { fetched } };
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    const { exports, call, log, pending } = progress;
    const bigints = call && isOfBigInts(error) ? await bigIntsFor(call, argument) : null;
    if (bigints) return { bigints };
    return {
      failed: {
        reason: withRefused(error instanceof NoFunction ? error.message : describe(error, newest()), log.refused),
        stage: call ? 'call' : exports ? 'find' : 'import',
        is_loading: pending > 0,
        is_loaded: log.instances.length > 0,
        has_default: typeof exports?.default === 'function',
      },
    };
  }
}

// What it could not fetch is as a rule why it fails, and is said first: glue goes on with advice of its own.
function withRefused(reason, address) {
  if (!address) return reason;
  const { origin, pathname } = new URL(address, location.href);
  const what = origin === location.origin ? `\`${pathname.split('/').at(-1)}\`, which is not beside it` : `${address}, and no other server is asked`;
  return `it fetches ${what}: ${reason}`;
}

function isOfBigInts(error) {
  return error instanceof TypeError && /convert .* to a BigInt|can't be converted to BigInt|BigInt/.test(error.message);
}

// Wasm converts its arguments from the left: the first number that it can't take is the first that it refuses.
async function bigIntsFor(call, argument) {
  const places = [];
  for (const place of wholeNumbers(argument)) {
    try {
      await call(withBigInts(argument, [...places, place]));
      return [...places, place];
    } catch (error) {
      if (!isOfBigInts(error)) return null;
      if (!/BigInt value to a number|mix BigInt/.test(error.message)) places.push(place);
    }
  }
  return null;
}
