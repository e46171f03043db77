// Rejects a function that answers differently each time, before any answer is compared with its first.

import { encode } from './answer.js';
import { changed } from './arguments.js';
import { stepsOf } from './decode.js';

const SHOWN = 40;

/**
 * Calls what was loaded again, untimed, and throws if the answer, once it is `normalised`, is another than
 * `first`, which is encoded.
 */
export async function demandSameAgain({ call, argument, fresh }, first, normalised) {
  const given = fresh ? fresh() : argument;
  const returned = await call(given);
  const second = await encode(await normalised(fresh ? changed(given) : returned));
  if (first.kind === second.kind && areSame(first.bytes, second.bytes)) return;
  throw new Error(
    `the function answers differently each time it is called with the same arguments: ${difference(first, second)}. ` +
      'It may use Math.random, the clock, or something that an earlier call has left behind. Give it a seed or a fixed time, so that every call answers the same',
  );
}

function areSame(a, b) {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

// The first part that differs; of a text or an array, from where it does on.
function difference(first, second) {
  const [a, b] = [stepsOf(first), stepsOf(second)];
  const at = a.findIndex((step, i) => step.takes !== b[i]?.takes || firstOther(step.value, b[i].value) !== undefined);
  if (at < 0 || !b[at]) return 'its parts have other names';
  const from = firstOther(a[at].value, b[at].value);
  return `first ${words(a[at], from)}, then ${words(b[at], from)}`;
}

// From which item on two values differ, which is 0 for those that have none; undefined where they are the same.
function firstOther(a, b) {
  const [x, y] = [itemsOf(a), itemsOf(b)];
  if (!x || !y) return Object.is(a, b) ? undefined : 0;
  for (let i = 0; i < Math.max(x.length, y.length); i++) if (!Object.is(x[i], y[i])) return i;
  return undefined;
}

function itemsOf(value) {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (value instanceof DataView) return new Uint8Array(value.buffer);
  return typeof value === 'string' || Array.isArray(value) || ArrayBuffer.isView(value) ? value : undefined;
}

function words({ value, takes }, from) {
  if (takes !== undefined) return `something with ${takes} items`;
  const items = itemsOf(value)?.slice(from, from + SHOWN);
  if (items === undefined) return String(value);
  const text = typeof items === 'string' ? JSON.stringify(items) : `[${Array.from(items).join(', ').slice(0, SHOWN)}]`;
  return from > 0 ? `${text} from place ${from} on` : text;
}
