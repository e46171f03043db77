// The decision on a job in a scenario, as `verdict/decision.rs` and `verdict/grounds.rs` make it, from the blocks that the page has with it.
/* exported decide, decideOn, groundsOf, middle, pairOf, recip, OPPOSITE */

const EFFORTS = ['keep', 'browser', 'install', 'tune', 'port', 'unwritten'];
const DECISIONS = ['keep-js', 'use-browser', 'install', 'tune-js', 'port', 'worth-a-try'];
/** A smaller saving in a whole scenario is ignored, nanoseconds. */
const NOTICE_NS = 1e6;

const middle = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  if (!sorted.length) return null;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Student's interval around the mean, widened to hold the median. */
const estimate = (values, quantiles) => {
  const t = quantiles[values.length - 2];
  if (t === undefined) return null;
  const [centre, ns] = [mean(values), middle(values)];
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
  const half = t * Math.sqrt(variance / values.length);
  return { ns, ci: [Math.min(centre - half, ns), Math.max(centre + half, ns)] };
};

const downloadNs = (scenario, bytes) => scenario.megabits_per_s ? bytes * 8 / (scenario.megabits_per_s * 1e6) * 1e9 : 0;
const known = (value) => value !== null && value !== undefined;

/** From how many calls, the first included, the later one costs less: Fieller's interval. */
const crossing = (blocks, quantiles) => {
  const t = quantiles[blocks.length - 2];
  if (t === undefined) return { at: 'undetermined' };
  const n = blocks.length;
  const before = blocks.map(({ start, call }) => start - call);
  const calls = blocks.map(({ call }) => call);
  const [b0, c0] = [mean(before), mean(calls)];
  const spread = (of) => blocks.reduce((sum, _, at) => sum + of(at), 0) / (n * (n - 1));
  const a = c0 * c0 - t * t * spread((at) => (calls[at] - c0) ** 2);
  const b = b0 * c0 - t * t * spread((at) => (before[at] - b0) * (calls[at] - c0));
  const c = b0 * b0 - t * t * spread((at) => (before[at] - b0) ** 2);
  if (!(a > 0)) return { at: 'undetermined' };
  const half = Math.sqrt(Math.max(b * b - a * c, 0));
  const [low, high, value] = [(-b - half) / a, (-b + half) / a, -b0 / c0];
  if (![low, high, value].every(Number.isFinite)) return { at: 'undetermined' };
  if (c0 < 0) return Math.min(high, value) <= 1 ? { at: 'first' } : { at: 'from', value };
  return high < 1 ? { at: 'never' } : { at: 'up-to', value: Math.max(value, 1) };
};

const recip = (ci) => ci && [1 / ci[1], 1 / ci[0]];
const OPPOSITE = { faster: 'slower', slower: 'faster' };

/** An option against another, of which the basis has one direction. */
const pairOf = (basis, from, to) => {
  const find = (one, other) => basis.pairs.find((pair) => pair.from === one && pair.to === other);
  const kept = find(from, to);
  if (kept) return kept;
  const other = find(to, from);
  if (!other) return null;
  const [ofFrom, ofTo] = [basis.options[to].call_ns, basis.options[from].call_ns];
  return {
    ...other,
    added_call_ns: other.added_call_ns.map((added, at) =>
      known(added) ? -ofTo[at] * added / (ofFrom[at] + added) : null),
    ratio: known(other.ratio) ? 1 / other.ratio : null,
    ci: recip(other.ci),
    outcome: OPPOSITE[other.outcome] ?? other.outcome,
  };
};

/** How two options of a basis compare in a scenario; `to` against `from`. */
const compare = (basis, from, to, scenario) => {
  const pair = pairOf(basis, from, to);
  if (!pair) return null;
  const [one, other] = [basis.options[from], basis.options[to]];
  const added = known(one.brotli) && known(other.brotli) ? other.brotli - one.brotli : null;
  const differences = (hidden) => pair.added_call_ns.flatMap((call, at) => {
    const [a, b] = [one.start_ns[at], other.start_ns[at]];
    return known(call) && known(a) && known(b) ? [{ start: hidden ? call : b - a, call }] : [];
  });
  const total = (calls, hidden) => estimate(
    differences(hidden).map(({ start, call }) => start + (hidden ? 0 : downloadNs(scenario, added ?? 0)) + (calls - 1) * call),
    basis.quantiles,
  );
  const hidden = scenario.hidden_startup;
  const later = total(1, false);
  const start = hidden ? null : later;
  const breakEven = () => {
    if (pair.outcome === 'faster' && (!start || start.ci[1] < 0)) return { at: 'first' };
    if (pair.outcome === 'slower' && (!start || start.ci[0] > 0)) return { at: 'never' };
    const download = hidden ? 0 : downloadNs(scenario, added ?? 0);
    return crossing(differences(hidden).map(({ start, call }) => ({ start: start + download, call })), basis.quantiles);
  };
  return { pair, added, difference: total(scenario.calls, hidden), later, breakEven: breakEven() };
};

/** What a decision weighs: options with their efforts and totals, and how any two of them compare in a scenario. */
const groundsOf = (basis, scenario) => {
  const totals = basis.options.map((option) => {
    const download = downloadNs(scenario, option.brotli ?? 0);
    return middle(option.call_ns.flatMap((call, at) => {
      const start = option.start_ns[at];
      if (!known(call) || !known(start)) return [];
      return [(scenario.hidden_startup ? call : start + download) + (scenario.calls - 1) * call];
    }));
  });
  const cache = new Map();
  const compared = (from, to) => {
    const key = `${from} ${to}`;
    if (!cache.has(key)) cache.set(key, compare(basis, from, to, scenario));
    return cache.get(key);
  };
  return { efforts: basis.options.map(({ effort }) => effort), totals, compared };
};

/** The decision, the options that it rests on, and how any two options compare. */
const decideOn = ({ efforts, totals, compared }, scenario) => {
  const effort = (option) => EFFORTS.indexOf(efforts[option]);
  const all = efforts.map((_, at) => at);
  const cheapest = (options) => options
    .filter((option) => totals[option] !== null)
    .reduce((best, option) => best === undefined || totals[option] < totals[best] ? option : best, undefined);
  const band = (option) => Math.max(NOTICE_NS, scenario.margin * (totals[option] ?? 0));
  const worth = (from, to) => {
    const both = compared(from, to);
    if (!both?.difference) return 'unsure';
    const { difference: { ns, ci: [low, high] }, pair, breakEven } = both;
    if (low > -band(from) && high < band(from)) return 'no';
    if (pair.doubtful) return 'unsure';
    if (high <= -NOTICE_NS && ns <= -band(from)) return 'yes';
    return low > -band(from) || breakEven.at === 'never' ? 'no' : 'unsure';
  };
  const ofEffort = (wanted) => all.filter((option) => effort(option) === wanted);
  const best = EFFORTS.map((_, wanted) => cheapest(ofEffort(wanted))).filter((option) => option !== undefined);
  const place = best.findIndex((from, at) => best.slice(at + 1).every((to) => worth(from, to) === 'no'));
  if (place < 0) return { decision: 'cannot-tell', compared };
  let option = best[place];
  const doubtful = cheapest(best.slice(0, place).filter((from) => worth(from, option) !== 'yes'));
  const unwritten = EFFORTS.length - 1;
  const standIn = ofEffort(unwritten)[0];
  let decision = DECISIONS[effort(option)];
  let alternative;
  if (doubtful !== undefined) {
    [decision, alternative] = ['cannot-tell', doubtful];
  } else if (standIn !== undefined && effort(option) !== unwritten) {
    [decision, option, alternative] = ['not-worth-a-try', standIn, option];
  } else if (best.length < 2) {
    decision = 'cannot-tell';
  } else {
    const others = all.filter((other) => effort(other) !== effort(option));
    const isJs = (other) => ['keep', 'tune'].includes(efforts[other]);
    const rivals = effort(option) === 0 ? others.filter((other) => !isJs(other)) : others.filter((other) => effort(other) < 4);
    alternative = cheapest(rivals) ?? cheapest(others);
  }
  const same = alternative === undefined ? null : compared(option, alternative)?.difference;
  if (decision === 'keep-js' && same && same.ci[0] > -band(option) && same.ci[1] < band(option)) decision = 'no-difference';
  const mayBeAsGood = (other) => {
    const both = compared(option, other);
    return both && (both.pair.doubtful || both.difference && both.difference.ci[0] <= 0);
  };
  const close = ofEffort(effort(option)).filter((other) => other !== option && mayBeAsGood(other));
  const runnerUp = effort(option) === unwritten ? undefined : cheapest(close);
  return { decision, option, runnerUp, alternative, isUnwritten: effort(option) === unwritten, compared };
};

/** The decision on a job in one browser. */
const decide = (basis, scenario) => decideOn(groundsOf(basis, scenario), scenario);
