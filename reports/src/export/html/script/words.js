// A decision in words and figures, as `report/decisions/` has them.
/* global middle, pairOf, recip, OPPOSITE */
/* exported rowOf, tallyOf, sharedBy, callsIn, count, WORDS, DIFFERING */

const WORDS = {
  'port': 'Port it',
  'install': 'Install it',
  'use-browser': 'Use the browser',
  'tune-js': 'Tune the JavaScript',
  'worth-a-try': 'Worth a try',
  'no-difference': 'No difference',
  'keep-js': 'Keep JavaScript',
  'not-worth-a-try': 'Not worth a try',
  'cannot-tell': 'Can\'t tell yet',
};
/** What the decision on a job depends on, where it has several. */
const DIFFERING = { 'by-browser': 'Differs by browser', 'by-input': 'Depends on input', 'in-some': 'Unsure in some browsers' };

/** What all browsers share, or how they differ: `in-some` if those that are sure share it. */
const sharedBy = (decisions) => {
  const sure = new Set(decisions.filter((one) => one !== 'cannot-tell'));
  if (new Set(decisions).size === 1) return decisions[0];
  return sure.size === 1 ? 'in-some' : 'by-browser';
};

const TIMES = [[1, 'ns'], [1e3, 'µs'], [1e6, 'ms'], [1e9, 's'], [3.6e12, 'h'], [86.4e12, 'days'], [31.5576e15, 'years']];
const BYTES = [[1, 'B'], [1e3, 'kB'], [1e6, 'MB'], [1e9, 'GB'], [1e12, 'TB'], [1e15, 'PB'], [1e18, 'EB']];
const COUNTS = [[1e6, 'M'], [1e9, 'G'], [1e12, 'T']];

const power = (value) => Math.floor(Math.log10(Math.abs(value)));
const rounded = (value, digits) => {
  const step = 10 ** (power(value) + 1 - digits);
  return Math.round(Math.abs(value) / step) * step * Math.sign(value);
};

const significant = (value, digits) => {
  if (value === 0) return '0';
  if (Math.abs(value) < 0.0005) return value < 0 ? '> −0.001' : '< 0.001';
  const round = rounded(value, digits);
  return round.toFixed(Math.min(Math.max(digits - 1 - power(round), 0), digits)).replace('-', '−');
};

const scaled = (value, units, digits) => {
  const size = value === 0 ? 0 : Math.abs(rounded(value, digits));
  const [unit, name] = units.findLast(([unit]) => size >= unit * (1 - 1e-9)) ?? units[0];
  return `${significant(value / unit, digits)} ${name}`;
};

const time = (ns) => scaled(ns, TIMES, 3);
const signed = (value, size) => `${value > 0 ? '+' : value < 0 ? '−' : ''}${size}`;
const count = (calls) => calls < 1e6 ? calls.toFixed(0) : scaled(calls, COUNTS, 3);
const callsIn = (calls) => `${count(Math.ceil(calls))} call${Math.ceil(calls) === 1 ? '' : 's'}`;

/** `4 %`, `1.39×`, `11.7×`, `344×`. */
const factor = (times) => {
  if (times < 1.095) return `${((times - 1) * 100).toFixed(0)} %`;
  if (times >= 1e6) return '>1000000×';
  return `${times.toFixed(times >= 99.95 ? 0 : times >= 9.995 ? 1 : 2)}×`;
};

const against = (ratio, ci, outcome) => {
  if (!ratio) return 'not compared';
  if (outcome === 'faster') return `${factor(1 / ratio)} faster`;
  if (outcome === 'slower') return `${factor(ratio)} slower`;
  if (outcome === 'same') return 'as fast';
  if (ci && ci[0] < 1 && ci[1] > 1) return `between ${factor(ci[1])} slower and ${factor(1 / ci[0])} faster`;
  return 'perhaps as fast';
};

const pays = ({ at, value }) => ({
  'first': 'from the first call',
  'from': `from ${callsIn(value)}`,
  'up-to': `for up to ${callsIn(Math.floor(value))}`,
  'never': 'at no number of calls',
  'undetermined': '',
})[at];

/** Why, in one sentence. */
const reasonOf = ({ decision, option, runnerUp, alternative, isUnwritten, compared }, scenario, name) => {
  if (option === undefined) return 'Nothing was measured in enough browser starts.';
  if (alternative === undefined) return `There is nothing to compare ${name(option)} with.`;
  const { pair, difference, breakEven } = compared(alternative, option) ?? {};
  const reversed = compared(option, alternative)?.breakEven ?? { at: 'undetermined' };
  const calls = callsIn(scenario.calls);
  const saved = difference ? time(-difference.ns) : '';
  const than = name(alternative);
  const isBetter = () => {
    const is = pair && `is ${against(pair.ratio, pair.ci, pair.outcome)} than ${than}`;
    if (pair?.outcome !== 'faster') return `saves ${saved} in ${calls} compared with ${than}`;
    return ['undetermined', 'never'].includes(breakEven.at) ? is : `${is} and pays off ${pays(breakEven)}`;
  };
  const between = (withIt, isReversed) => {
    if (!difference) return 'the two share too few browser starts for an interval';
    const [low, high] = isReversed ? [-difference.ci[1], -difference.ci[0]] : difference.ci;
    const more = (ns) => `${time(Math.abs(ns))} ${ns < 0 ? 'less' : 'more'}`;
    return `${calls} take between ${more(low)} and ${more(high)} with ${withIt} than with ${isReversed ? name(option) : than}`;
  };
  const otherIsWorse = () => {
    if (!['faster', 'slower'].includes(pair?.outcome)) return between(than, true);
    const is = `${than} is ${against(1 / pair.ratio, recip(pair.ci), OPPOSITE[pair.outcome])}`;
    if (pair.outcome === 'faster') return is;
    return reversed.at === 'from' ? `${is}, but pays off only ${pays(reversed)}` : `${is}, but saves too little in ${calls}`;
  };
  const couldSave = () => {
    if (!difference) return 'the two share too few browser starts for an interval';
    const { ns, ci: [low, high] } = difference;
    if (high - low <= 0.2 * Math.abs(ns)) return `it could save at most ${saved} in ${calls}`;
    if (high >= 0) return `it could save at most ${time(-low)} in ${calls}`;
    return `at most it could save between ${time(-high)} and ${time(-low)} in ${calls}`;
  };
  const noPort = () => {
    if (!difference || difference.ns < 0) return couldSave();
    return `loading and calling WebAssembly that does nothing costs ${time(difference.ns)} more in ${calls} than ${than} does`;
  };
  const doubt = () => {
    if (pair?.doubtful) {
      return `Whether ${name(option)} is faster than ${than} differs from browser start to browser start, or the machine was slower for one of them.`;
    }
    if (!isUnwritten) return `Can't tell yet: ${between(name(option), false)}.`;
    const [low, high] = difference?.ci ?? [0, 0];
    if (!(low < 0 && high > 0)) return `Can't tell yet about a port: ${couldSave()}.`;
    return `Can't tell yet about a port: it could save at most ${time(-low)} in ${calls}, or cost ${time(high)} more.`;
  };
  const sentence = {
    'port': () => `Port it to WebAssembly: ${name(option)} ${isBetter()}.`,
    'install': () => `Install ${name(option)}: it ${isBetter()}. No port is needed.`,
    'use-browser': () => `Use ${name(option)}: it ${isBetter()}.`,
    'tune-js': () => `Tune the JavaScript: ${name(option)} ${isBetter()}.`,
    'keep-js': () => `Keep JavaScript: ${otherIsWorse()}.`,
    'no-difference': () => `No difference that matters: ${between(than, true)}.`,
    'worth-a-try': () => `A port is worth a try: ${couldSave()}.`,
    'not-worth-a-try': () => `A port is not worth a try: ${noPort()}.`,
    'cannot-tell': doubt,
  }[decision]();
  return runnerUp === undefined ? sentence : `${sentence} ${name(option)} and ${name(runnerUp)} are too close to call.`;
};

/** The texts of a row, the speed-up that its picture shows, and the reason. */
const rowOf = (basis, decided, scenario, name, baseline) => {
  const { decision, option, runnerUp, alternative, compared } = decided;
  const reason = reasonOf(decided, scenario, name);
  const kept = ['keep-js', 'no-difference'].includes(decision);
  const both = alternative === undefined ? null : compared(alternative, option);
  const ratio = both?.pair.ratio && (kept ? 1 / both.pair.ratio : both.pair.ratio);
  const ci = both?.pair.ci && (kept ? recip(both.pair.ci) : both.pair.ci);
  const outcome = !ratio || !ci ? 'unsure' : ci[1] < 1 ? 'faster' : ci[0] > 1 ? 'slower' : 'unsure';
  const call = option === undefined ? null : middle(basis.options[option].call_ns.filter((ns) => ns !== null));
  const at = basis.options.findIndex(({ contender }) => contender === baseline);
  const library = () => {
    const pair = at < 0 || option === undefined ? null : pairOf(basis, at, option);
    return pair?.outcome === 'faster' && ![option, alternative].includes(at)
      ? [`${significant(1 / pair.ratio, 2)}× ${name(at)}`] : [];
  };
  const paid = both && !kept && both.breakEven.at !== 'first' ? pays(both.breakEven) : '';
  const sign = kept ? -1 : 1;
  const first = both?.later ? sign * both.later.ns : null;
  const bytes = both && both.added !== null ? sign * both.added : null;
  return {
    words: WORDS[decision],
    option: option === undefined ? '' : runnerUp === undefined ? name(option) : `${name(option)} or ${name(runnerUp)}`,
    call: call === null ? '' : scaled(call, TIMES, 2),
    factor: alternative === undefined ? '' : against(ratio, ci, outcome),
    other: alternative === undefined ? '' : `${kept ? 'with' : 'than'} ${name(alternative)}`,
    note: [...paid ? [paid] : [], ...alternative === undefined ? [] : library()].join(' · '),
    first: first === null ? '' : Math.abs(first) < 1e6 ? '≈ 0' : signed(first, scaled(Math.abs(first), TIMES, 2)),
    download: bytes === null ? '' : signed(bytes, scaled(Math.abs(bytes), BYTES, 2)),
    ratio: both?.pair.ratio,
    speedUp: ratio && ci ? [1 / ci[1], 1 / ratio, 1 / ci[0]] : null,
    reason,
  };
};

const PARTS = {
  'port': 'port # to WebAssembly',
  'install': 'install a package for #',
  'use-browser': 'use the browser for #',
  'tune-js': 'tune the JavaScript of #',
  'worth-a-try': 'try a port of #',
  'no-difference': 'no difference for #',
  'keep-js': 'keep JavaScript for #',
  'not-worth-a-try': 'don\'t port #',
  'cannot-tell': 'can\'t tell yet for #',
  'by-browser': 'different browsers need different answers for #',
  'by-input': 'different inputs need different answers for #',
  'in-some': 'unsure in some browsers for #',
  'unmeasured': '# could not be measured',
};

/** What to do about all jobs, counted; each is a key of `PARTS`. */
const tallyOf = (decisions) => {
  const all = decisions.length;
  const counted = Object.entries(PARTS)
    .map(([key, words]) => [words, decisions.filter((one) => one === key).length])
    .filter(([, n]) => n);
  const parts = counted.map(([words, n], at) => words.replace('#', at ? n : n === all ? `all ${all} jobs` : `${n} of ${all} jobs`));
  const sentence = parts.join(', ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
};
