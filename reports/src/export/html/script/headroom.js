// The most that a port could save, where no Wasm is written yet: what depends on the number of calls, for every input, as
// `report/headroom/` and `verdict/ranges.rs` have it.
/* global decide, rowOf, callsIn, count, namesOf, sharedBy */
/* exported decideInputs */

const MOST_CALLS = 1e12;
const LAST = 999;
const STEP = 37;

/** The numbers of calls with two significant digits: 1, 2, … 99, 100, 110, … 10¹². */
const callsAt = (place) => place < 99 ? place + 1 : (10 + (place - 99) % 90) * 10 ** (1 + Math.floor((place - 99) / 90));

/** The decisions from one call to as many as a page may make. */
const ranges = (basis, asked) => {
  const known = new Map();
  const at = (place) => {
    if (!known.has(place)) known.set(place, decide(basis, { ...asked, calls: callsAt(place) }).decision);
    return known.get(place);
  };
  const found = [{ decision: at(0), from: 1, to: MOST_CALLS }];
  const look = (low, high) => {
    if (at(low) === at(high)) return;
    const middle = (low + high) >> 1;
    if (middle > low) {
      look(low, middle);
      look(middle, high);
      return;
    }
    found.at(-1).to = callsAt(low);
    found.push({ decision: at(high), from: callsAt(high), to: MOST_CALLS });
  };
  for (let place = 0; place < LAST; place += STEP) look(place, place + STEP);
  return found;
};

const isAny = ({ from, to }) => from === 1 && to === MOST_CALLS;

const timesIn = ({ from, to }) => {
  if (isAny({ from, to })) return 'however often a page calls it';
  if (to === 1) return 'if a page calls it once';
  if (from === 1) return `if a page calls it at most ${count(to)} times`;
  if (to === MOST_CALLS) return `if a page calls it at least ${count(from)} times`;
  return `if a page calls it ${from === to ? '' : `${count(from)} to `}${count(to)} times`;
};

/** For which numbers of calls a port is worth a try. */
const adviceOn = (basis, asked, remedy) => {
  const all = ranges(basis, asked);
  const of = (wanted) => all.filter(({ decision }) => decision === wanted);
  return [
    ...of('worth-a-try').map((range) => `Worth trying ${timesIn(range)}.`),
    ...of('not-worth-a-try').map((range) => `Not worth it ${timesIn(range)}.`),
    ...of('cannot-tell').filter(({ from, to }) => to >= 2 * from)
      .map((range) => `Can't tell yet ${isAny(range) ? 'whether a port is worth trying' : timesIn(range)}: ${remedy}.`),
  ];
};

/** What to do on several inputs. */
const titleOf = (kernel, found, { calls }) => {
  const shown = (name) => kernel.inputs.find((input) => input.name === name)?.label ?? name;
  const part = ([wanted, words, all]) => {
    const on = found.filter(({ decision }) => decision === wanted).map(({ basis }) => shown(basis.input));
    if (!on.length) return [];
    return [`${words} on ${on.length === found.length ? all : on.length > 3 ? `${on.length} inputs` : on.join(' and ')}`];
  };
  const parts = [
    ['worth-a-try', 'worth a try', 'every input'],
    ['not-worth-a-try', 'not worth a try', 'any input'],
    ['cannot-tell', 'too close to call', 'every input'],
    [null, 'not measured', 'any input'],
  ].flatMap(part);
  return `For ${callsIn(calls)}, a port is ${parts.join(', ')}.`;
};

/** What all share; `null` if they differ. */
const same = (decisions) => decisions.every((one) => one === decisions[0]) ? decisions[0] ?? 'cannot-tell' : null;

/** Decides a job on every input, and writes what depends on the number of calls. */
const decideInputs = (item, report, asked) => {
  const kernel = report.kernels.find(({ name }) => name === item.dataset.kernel);
  const bases = report.bases.filter((basis) => basis.kernel === kernel.name);
  const found = report.headrooms.filter((one) => one.kernel === kernel.name).map(({ input, stratum, saved_ns: saved, remedy }) => {
    const basis = bases.find((basis) => basis.input === input && basis.stratum === stratum);
    const decided = decide(basis, asked);
    const advice = adviceOn(basis, asked, remedy);
    const places = [...item.querySelectorAll('[data-input]')]
      .filter(({ dataset }) => dataset.input === input && dataset.at === stratum);
    for (const place of places) {
      const part = place.querySelector('.advised');
      if (part) part.textContent = place.closest('summary') ? advice[0] : advice.join(' ');
    }
    return { basis, decided, decision: saved && decided.decision };
  });
  const all = [...item.querySelectorAll('section[data-stratum]')].map((section) => {
    const here = found.filter(({ basis }) => basis.stratum === section.dataset.stratum);
    const [{ basis, decided }] = here;
    const reason = here.length > 1
      ? titleOf(kernel, here, asked) : rowOf(basis, decided, asked, namesOf(kernel, basis), kernel.baseline).reason;
    section.querySelector('.advice').textContent = reason;
    return { decision: same(here.map(({ decision }) => decision).filter(Boolean)), reason };
  });
  const decisions = all.map(({ decision }) => decision);
  return { decision: decisions.includes(null) ? 'by-input' : sharedBy(decisions), reason: all[0].reason };
};
