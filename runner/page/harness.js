// The one entry point of the measured page: a trial's spec in, its report out.

import { demandSameAgain } from './again.js';
import { digest, encode, length } from './answer.js';
import { parse, plain } from './arguments.js';
import { demandProposals, Unavailable } from './available.js';
import { batches, forgetLast } from './batch.js';
import { quantumNs } from './clock.js';
import { run, stepsOf } from './decode.js';
import { attempt } from './discover.js';
import { describe, clearPrinted } from './failure.js';
import { bytes as linearBytes, newest as newestMemory } from './linear.js';
import { fetchBytes, fetchFiles, rehearse, start } from './load.js';
import { machine } from './machine.js';
import { normaliser } from './normalise.js';
import { paint } from './paint.js';
import { list } from './list.js';
import { same } from './same.js';
import { sentinelNs, warmUpSentinel } from './sentinel.js';
import { load, session } from './sessions.js';

// What this page has so far: the input, then the contender's timed parts by name.
let argument;
let normalised = (answer) => answer;
let parts;

const TRIALS = {
  async probe() {
    warmUpSentinel();
    return { cross_origin_isolated: crossOriginIsolated, quantum_ns: quantumNs(), machine: await machine() };
  },

  async webgpu() {
    if (!(await navigator.gpu?.requestAdapter())) throw new Unavailable('WebGPU adapter');
    return {};
  },

  async input({ input }) {
    await rehearse();
    const bytes = await fetchBytes(input.url);
    argument = value(bytes, input.as);
    normalised = await normaliser(input.normalise);
    if (input.known_answer) {
      const { url, kind } = input.known_answer;
      const known = { kind, bytes: await fetchBytes(url) };
      globalThis.crossover.known_answer = { steps: () => stepsOf(known), run };
    }
    return { bytes: bytes.length };
  },

  async fetch({ contender }) {
    return { bytes: await fetchFiles(contender) };
  },

  async start({ contender, compile, answer_to }) {
    if (answer_to) demandProposals(contender);
    const before = answer_to && (await fingerprint(argument));
    const loaded = await start(contender, argument, compile, { isChecked: Boolean(answer_to) });
    const answer = await encode(await normalised(loaded.answer));
    const answer_sha256 = await digest(answer);
    if (answer_to) {
      if ((await fingerprint(argument)) !== before) throw new Error('run() changed its input; every call must see the same');
      await send(answer_to, answer);
      await demandSameAgain(loaded, answer, normalised);
    }
    parts = timedParts(loaded);
    const { phases, timeline } = loaded;
    return { phases, timeline, answer_sha256, parts: Object.keys(parts) };
  },

  async attempt({ contender }) {
    return attempt(contender, argument);
  },

  async list({ contender }) {
    return { paths: await list(contender) };
  },

  async same({ by, expected, got }) {
    return { difference: await same(by, expected, got, by.gets_input ? [argument] : []) };
  },

  async first_paint({ contender }) {
    const begin = performance.now();
    if (contender) await start(contender, argument, 'streaming');
    return { ns: ((await paint()) - begin) * 1e6 };
  },

  async batches({ part, calls, at_least_ms, sentinel }) {
    parts[part].prepare?.();
    const before = sentinel && sentinelNs();
    const report = await batches(parts[part], calls, at_least_ms);
    return { ...report, sentinel_ns: sentinel ? (before + sentinelNs()) / 2 : null };
  },

  async instance({ contender, number }) {
    return { releases: await load(contender, number) };
  },

  async session({ end }) {
    await session(argument, end);
    return { linear_bytes: linearBytes() };
  },

  async linear() {
    forgetLast();
    return { linear_bytes: linearBytes() };
  },
};

// What is timed in steady state: the call, and what the contender exports to take its boundary apart.
function timedParts({ exports, call, isAsync, answer, argument, fresh }) {
  const timed = { call: { call, argument, isAsync, fresh } };
  const prepare = once(() => exports.hold?.(argument));
  if (exports.copy_in) timed.copy_in = { call: exports.copy_in, argument, isAsync: false };
  if (exports.copy_out) timed.copy_out = { call: exports.copy_out, argument: length(answer), isAsync: false };
  if (exports.copy_out_held) timed.copy_out = { call: exports.copy_out_held, argument: undefined, isAsync: false, prepare };
  if (exports.hold && exports.run_resident) {
    timed.resident = { call: exports.run_resident, argument: undefined, isAsync: false, prepare };
  }
  return timed;
}

// What is held takes memory, which must not count for a contender before a part that needs it is timed.
function once(work) {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}

function value(bytes, as) {
  if (as === 'bytes') return bytes;
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  if (as === 'args') return parse(text);
  return as === 'json' ? JSON.parse(text) : text;
}

async function fingerprint(argument) {
  if (argument === undefined) return 'undefined';
  return typeof argument === 'string' ? argument.length : digest(await encode(plain(argument)));
}

async function send(url, { kind, bytes }) {
  const response = await fetch(`${url}?kind=${kind}`, { method: 'POST', body: bytes });
  if (!response.ok) throw new Error(`the answer could not be handed over: the server answered ${response.status}`);
}

globalThis.crossover = {
  /** Carries out one `TrialSpec`; a contender's own error is a report, too. */
  async trial(spec) {
    clearPrinted();
    try {
      return { report: await TRIALS[spec.trial](spec) };
    } catch (error) {
      if (error instanceof Unavailable) return { unavailable: error.message };
      return { error: describe(error, newestMemory()) };
    }
  },
};
