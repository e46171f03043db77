// A job in several browsers, as `report/across/` and `verdict/mix.rs` have it: whether all need the same, and what fits a mix
// of visitors.
/* global make, decide, decideOn, groundsOf, recip, namesOf, callsIn, time, WORDS, TONES */
/* exported writeAcross */

const VERBS = {
  'port': 'port',
  'install': 'install the package',
  'use-browser': 'use the browser',
  'tune-js': 'tune the JavaScript',
  'worth-a-try': 'try a port',
  'no-difference': 'no difference',
  'keep-js': 'keep JavaScript',
  'not-worth-a-try': 'don\'t port',
  'cannot-tell': 'can\'t tell yet',
};
const ANYWHERE = ['no-difference', 'not-worth-a-try', 'cannot-tell'];
const STAYS = ['keep-js', 'not-worth-a-try'];
const DASH = '–';

/** A factor with as many decimals as give `like` three significant digits. */
const timesLike = (factor, like) => {
  if (factor < 0.005) return '×<0.01';
  if (factor >= 1e6) return '×>1000000';
  return `×${factor.toFixed(like >= 99.95 || factor >= 999.5 ? 0 : like >= 9.995 ? 1 : 2)}`;
};
const times = (factor) => timesLike(factor, factor);
const between = (low, high, point) => {
  const [from, to] = [low, high].map((end) => timesLike(end, point));
  return from === to && /[<>]/.test(from) ? from : `${from}–${to}`;
};

const factorOf = ({ speedUp, ci }) => {
  if (!speedUp || !ci) return null;
  const [low, high] = ci;
  if (low > 1) return times(speedUp);
  return high < 1 ? `${times(1 / speedUp)} slower` : between(low, high, speedUp);
};

const factorWithInterval = ({ speedUp, ci }) => {
  if (!speedUp || !ci) return null;
  const [[low, high], [least, most]] = [ci, recip(ci)];
  if (low > 1) return `${times(speedUp)} faster (${between(low, high, speedUp)})`;
  if (high < 1) return `${times(1 / speedUp)} slower (${between(least, most, 1 / speedUp)})`;
  return `not certainly faster or slower (${between(low, high, speedUp)})`;
};

/** The decision in one browser, and the factor that goes with it. */
const inStratum = (report, kernel, basis, asked) => {
  const { decision, option, alternative, compared } = decide(basis, asked);
  const name = namesOf(kernel, basis);
  const kept = ['keep-js', 'no-difference'].includes(decision);
  const both = option !== undefined && alternative !== undefined;
  const isReal = both && [option, alternative].every((at) => basis.options[at].effort !== 'unwritten');
  const pair = isReal ? compared(alternative, option)?.pair : null;
  const [candidate, rival] = kept ? [alternative, option] : [option, alternative];
  const shown = (at) => at === undefined ? null : name(at);
  return {
    name: report.run.names[basis.stratum] ?? basis.stratum,
    stratum: basis.stratum,
    decision,
    candidate: shown(candidate),
    contest: pair?.ratio && pair.ci ? [shown(candidate), shown(rival)] : null,
    speedUp: pair?.ratio && (kept ? pair.ratio : 1 / pair.ratio),
    ci: pair?.ci && (kept ? pair.ci : recip(pair.ci)),
  };
};

const agreementOf = (decisions) => {
  const sure = decisions.filter((one) => one !== 'cannot-tell');
  if (!sure.length) return 'undecided';
  if (decisions.every((one) => one === sure[0])) return 'agrees';
  const isNeutral = (one) => one === 'no-difference';
  const areOpposed = (one, other) =>
    one !== other && !isNeutral(one) && !isNeutral(other) && !(STAYS.includes(one) && STAYS.includes(other));
  return sure.some((one) => sure.some((other) => areOpposed(one, other))) ? 'flips' : 'partly';
};

/** `port in Chromium and WebKit` for every first text, with its second ones. */
const grouped = (pairs) => {
  const groups = new Map();
  for (const [what, place] of pairs) groups.set(what, [...groups.get(what) ?? [], place]);
  return [...groups].map(([what, places]) => `${what} in ${places.join(' and ')}`);
};

/** What all browsers of a job need, in one line. */
const lineOf = (strata, agreement) => {
  const said = ({ candidate, decision }) => candidate === null ? 'not measured' : VERBS[decision];
  const place = (one) => factorOf(one) ? `${one.name} (${factorOf(one)})` : one.name;
  const byDecision = () => {
    const isSure = ({ decision }) => decision !== 'cannot-tell';
    const list = (some) => grouped(some.map((one) => [said(one), place(one)])).join(', ');
    return [strata.filter(isSure), strata.filter((one) => !isSure(one))].filter((some) => some.length).map(list).join('; ');
  };
  const everywhere = () => {
    const [{ decision }] = strata;
    const factors = strata.flatMap((one) => factorOf(one) ? [`${factorOf(one)} ${one.name}`] : []).join(', ');
    return `${factors && `${factors}: `}${VERBS[decision]} ${ANYWHERE.includes(decision) ? 'anywhere' : 'everywhere'}`;
  };
  const contests = strata.flatMap(({ contest }) => contest ? [contest] : []);
  const isOne = (at) => contests.every((contest) => contest[at] === contests[0][at]);
  const compared = () => {
    if (!contests.length) return '';
    const [[candidate, rival]] = contests;
    if (!isOne(0)) return ' (the best option in each against the best alternative there)';
    return ` (${candidate} against ${isOne(1) ? rival : 'the best alternative in each'})`;
  };
  return (agreement === 'agrees' ? everywhere() : byDecision()) + compared();
};

/** What is saved, in words, where so much more is spent. */
const savingOf = ({ ns, ci: [least, most] }) => {
  const [low, high] = [-most, -least];
  const interval = (from, to) => {
    const [[number, unit], other] = [time(from).split(/ (?=[^ ]*$)/), time(to)];
    return other.endsWith(` ${unit}`) ? `${number}–${other}` : `${number} ${unit} – ${other}`;
  };
  if (low > 0) return `${time(-ns)} less (${interval(low, high)})`;
  if (high < 0) return `${time(ns)} more (${interval(-high, -low)})`;
  return `between ${time(-low)} more and ${time(high)} less`;
};

/** Visitors of several browsers: the same option for all, and the average over them. */
const mixOf = (bases, asked, share) => {
  const stated = bases.filter(({ stratum }) => share[stratum] > 0);
  const all = stated.reduce((sum, { stratum }) => sum + share[stratum], 0);
  const parts = stated.map((basis) => ({ basis, share: share[basis.stratum] / all, grounds: groundsOf(basis, asked) }));
  if (!parts.length) return null;
  const places = parts[0].basis.options
    .map(({ contender }) => parts.map(({ basis }) => basis.options.findIndex((option) => option.contender === contender)))
    .filter((places) => places.every((place) => place >= 0));
  const average = (of) => parts.reduce((sum, part, at) => {
    const value = of(part, at);
    return sum === null || value === null ? null : sum + part.share * value;
  }, 0);
  const comparedIn = (from, to) => parts.map(({ grounds }, at) => grounds.compared(places[from][at], places[to][at]));
  const compared = (from, to) => {
    const each = comparedIn(from, to);
    if (!each.every(Boolean)) return null;
    const isKnown = each.every(({ difference }) => difference);
    const mean = (of) => average((_, at) => of(each[at].difference));
    return {
      pair: { doubtful: each.some(({ pair }) => pair.doubtful) },
      difference: isKnown ? { ns: mean(({ ns }) => ns), ci: [0, 1].map((end) => mean(({ ci }) => ci[end])) } : null,
      breakEven: { at: each.every(({ breakEven }) => breakEven.at === 'never') ? 'never' : 'undetermined' },
    };
  };
  const grounds = {
    efforts: places.map(([place]) => parts[0].grounds.efforts[place]),
    totals: places.map((place) => average(({ grounds }, at) => grounds.totals[place[at]])),
    compared,
  };
  return { parts, grounds, place: (option) => places[option][0], comparedIn };
};

/** What to ship to all visitors, in one line, with what it saves in each browser. */
const visitorsOf = (report, kernel, bases, asked) => {
  const { share = {}, names } = report.run;
  const mix = mixOf(bases, asked, share);
  if (!mix) return null;
  const { parts, grounds, place, comparedIn } = mix;
  const nameOf = (stratum) => names[stratum] ?? stratum;
  const missing = Object.keys(names).filter((id) => share[id] > 0 && bases.every(({ stratum, options }) => stratum !== id || !options.length));
  const { decision, option, runnerUp, alternative } = decideOn(grounds, asked);
  const isKnown = !missing.length && option !== undefined && alternative !== undefined;
  const each = isKnown ? comparedIn(alternative, option).map((one) => one?.difference ?? null) : parts.map(() => null);
  const saved = new Map(parts.map(({ basis, share }, at) => [basis.stratum, {
    name: nameOf(basis.stratum), percent: `${Math.round(share * 1000) / 10} %`, difference: each[at],
  }]));
  const said = [...saved.values()];
  const who = `${said.map(({ percent, name }) => `${percent} ${name}`).join(', ')}: ${VERBS[missing.length ? 'cannot-tell' : decision]}`;
  const answer = () => {
    if (missing.length) return `${who}, because the job was not measured in ${missing.map(nameOf).join(' and ')}`;
    const difference = isKnown ? grounds.compared(alternative, option)?.difference : null;
    if (!difference) return `${who}, because too little was measured in all of them`;
    const own = namesOf(kernel, parts[0].basis);
    const shown = (at) => own(place(at));
    // What visitors have today is what they lose against, whatever else could be shipped.
    const kept = grounds.efforts.indexOf('keep');
    const rival = kept >= 0 && kept !== option ? kept : alternative;
    const lost = comparedIn(rival, option).flatMap((one, at) => one?.difference ? [{ ...said[at], difference: one.difference }] : []);
    const worst = lost.length ? lost.reduce((worst, one) => one.difference.ns > worst.difference.ns ? one : worst) : null;
    const worstSaid = worst ? `; worst: ${worst.name}, ${savingOf(worst.difference)}${rival === alternative ? '' : ` than with ${shown(rival)}`}` : '';
    const close = runnerUp === undefined ? '' : `; ${shown(option)} and ${shown(runnerUp)} are too close to call`;
    return `${who}; on average ${savingOf(difference)} with ${shown(option)} than with ${shown(alternative)} in ${callsIn(asked.calls)}${worstSaid}${close}`;
  };
  return { answer: answer(), saved };
};

const scenarioIn = ({ calls, hidden_startup: hidden, megabits_per_s: megabits }) =>
  `${callsIn(calls)}${hidden ? '' : ', including start-up'}${megabits ? ` over ${megabits} Mbit/s` : ''}`;

/** Writes the answer, with flips marked, and the one for all visitors. */
const writeAnswer = (part, answer, agreement, visitors) => {
  const said = agreement === 'flips'
    ? [make('strong', { textContent: 'Flips' }), `: ${answer}`] : [answer.charAt(0).toUpperCase() + answer.slice(1)];
  part.replaceChildren(...said, ...visitors ? [' ', make('span', { className: 'visitors', textContent: visitors.answer })] : []);
};

const rowIn = (visitors) => (one) => {
  const part = visitors?.saved.get(one.stratum);
  const visited = visitors ? [part?.percent ?? DASH, part?.difference ? savingOf(part.difference) : DASH] : [];
  return make('tr', {},
    make('th', { scope: 'row' }, make('span', { textContent: one.name })),
    make('td', { className: `said ${TONES[one.decision] ?? 'unsure'}`, textContent: one.candidate === null ? 'Not measured' : WORDS[one.decision] }),
    ...[one.contest?.join(' against ') ?? DASH, factorWithInterval(one) ?? DASH, ...visited]
      .map((textContent) => make('td', { className: 'reason brief', textContent })));
};

/** Decides a job in all of its browsers, and writes what they need into its row and what that opens. */
const writeAcross = (item, report, asked) => {
  const kernel = report.kernels.find(({ name }) => name === item.dataset.kernel);
  for (const place of item.querySelectorAll('.side-by-side')) {
    const bases = report.bases.filter((basis) => basis.kernel === kernel.name && basis.input === place.dataset.across);
    const strata = bases.map((basis) => inStratum(report, kernel, basis, asked));
    const agreement = agreementOf(strata.map(({ decision }) => decision));
    const visitors = visitorsOf(report, kernel, bases, asked);
    const answer = lineOf(strata, agreement);
    place.querySelector('tbody').replaceChildren(...strata.map(rowIn(visitors)));
    place.querySelector('.scenario').textContent = scenarioIn(asked);
    const row = item.querySelector('summary .across');
    for (const part of [place.querySelector('.across'), ...row ? [row] : []]) writeAnswer(part, answer, agreement, visitors);
  }
};
