//# allFunctionsCalledOnLoad
// What a start's time went to, moment by moment, so that its phases add up to it.

// What counts where several go on at once: a module that compiles while it streams in is fetched until its last byte is there.
const ORDER = ['instantiate', 'fetch', 'compile'];

/**
 * The phases from `begin` to `end`: `[{ phase, until }]`, each from where the one before ends. `spans` are
 * `{ phase, begin, end }` of what was seen, and `stages` are `{ phase, until }` of what the time belongs to otherwise.
 */
export function timeline(begin, end, spans, stages) {
  const inside = spans.filter((span) => ORDER.includes(span.phase)).map((span) => clipped(span, begin, end)).filter(isLong);
  const edges = [...inside.flatMap((span) => [span.begin, span.end]), ...stages.map(({ until }) => until), end];
  const times = [...new Set(edges)].filter((time) => time > begin && time <= end).sort((a, b) => a - b);
  const phases = [];
  let from = begin;
  for (const until of times) {
    const active = inside.filter((span) => span.begin <= from && until <= span.end).map(({ phase }) => phase);
    const stage = stages.find((one) => from < one.until)?.phase ?? stages.at(-1).phase;
    const phase = ORDER.find((one) => active.includes(one)) ?? stage;
    if (phases.at(-1)?.phase === phase) phases.at(-1).until = until;
    else phases.push({ phase, until });
    from = until;
  }
  return phases;
}

/** Milliseconds of each phase. */
export function sums(begin, phases) {
  const total = {};
  let from = begin;
  for (const { phase, until } of phases) {
    total[phase] = (total[phase] ?? 0) + until - from;
    from = until;
  }
  return total;
}

function clipped({ phase, begin, end }, from, until) {
  return { phase, begin: Math.max(begin, from), end: Math.min(end, until) };
}

function isLong({ begin, end }) {
  return end > begin;
}
