// The controls of the first screen: they decide every job anew from the page's own blocks, order and filter the rows,
// and the address keeps them.
/* global make, addCopy, addJobCopies, items, partOf, ownReport, decisionsOn, decideInputs, writeRow, writeDecision, writeAcross, orderRows, hideRows, tallyOf, sharedBy, WORDS, DIFFERING */

/** Names and megabits per second; none is this machine. */
const NETWORKS = { 'this machine': null, 'slow 4G': 1.6, 'fast 4G': 9, '50 Mbit/s': 50 };
const SCENARIO_CALLS = [1, 10, 200, 10_000];
const GROUPS = { decision: 'decision', domain: 'domain', nothing: 'nothing, by name' };
const ORDER = [...Object.keys(DIFFERING), ...Object.keys(WORDS)];

const jobs = document.getElementById('jobs');

/** Decides every job in a scenario, and how the rows are ordered by decision; a job without a basis stays as it is. */
const decideAll = (report, asked) => {
  const decided = items.map((item) => {
    writeAcross(item, report, asked);
    if (item.querySelector('.advised')) {
      const found = decideInputs(item, report, asked);
      writeDecision(item, found.decision);
      return { item, factor: 0, ...found };
    }
    const all = decisionsOn(report, item, asked);
    if (!all.length) return { item, decision: 'unmeasured', factor: 0 };
    const [{ row }] = all;
    const decision = sharedBy(all.map(({ decided: { decision } }) => decision));
    writeRow(report, item, all, decision);
    return { item, decision, factor: row.ratio ? -Math.log(row.ratio) : 0, reason: row.reason };
  });
  const place = ({ decision }) => ORDER.indexOf(decision === 'unmeasured' ? 'cannot-tell' : decision);
  const sorted = [...decided].sort((a, b) => place(a) - place(b) || b.factor - a.factor);
  document.getElementById('answers-title').textContent = items.length === 1 && decided[0].reason
    ? decided[0].reason.replace(/\.$/, '') : tallyOf(decided.map(({ decision }) => decision));
  return sorted.map(({ item }) => item);
};

/** What is asked for, in words of the address. */
const valueOf = (control) => control.type === 'checkbox' ? control.checked ? 'only' : '' : control.value;
const setValue = (control, value) => {
  if (control.type === 'checkbox') control.checked = value === 'only';
  else control.value = value;
};

const choice = (name, values, value) => {
  const select = make('select', { name }, ...values.map(([value, words]) => make('option', { value, textContent: words })));
  select.value = value;
  return select;
};

/** The controls of a scenario, and the scenario that they ask for. */
const scenarioControls = (quoted) => {
  const number = make('input', { type: 'number', name: 'calls', min: 1, max: 1e12, step: 1, value: quoted.calls });
  number.setAttribute('list', 'scenario-calls');
  const list = make('datalist', { id: 'scenario-calls' }, ...SCENARIO_CALLS.map((value) => make('option', { value })));
  const start = choice('start', [['', 'waited for'], ['hidden', 'hidden by preloading']], quoted.hidden_startup ? 'hidden' : '');
  const speed = quoted.megabits_per_s ?? '';
  const speeds = Object.entries(NETWORKS).map(([words, speed]) => [`${speed ?? ''}`, words]);
  const own = speeds.some(([value]) => value === speed) ? [] : [[speed, `${speed} Mbit/s`]];
  const network = choice('network', [...speeds, ...own], speed);
  const asked = () => number.checkValidity() && number.value ? {
    calls: Number(number.value),
    hidden_startup: start.value === 'hidden',
    megabits_per_s: Number(network.value) || null,
    margin: quoted.margin,
  } : null;
  return { controls: [number, start, network], list, asked };
};

const addControls = (quoted) => {
  const { controls: [number, start, network], list, asked } = scenarioControls(quoted);
  const group = choice('group', Object.entries(GROUPS), 'decision');
  const filter = make('input', { type: 'search', name: 'job' });
  const differs = make('input', { type: 'checkbox', name: 'differs' });
  const shown = make('span', { role: 'status' });
  const isMany = items.length > 1;
  const areSeveral = isMany && items.some((item) => item.querySelectorAll('section[data-stratum]').length > 1);
  const scenario = [number, start, network];
  const controls = [...scenario, ...isMany ? [group, filter] : [], ...areSeveral ? [differs] : []];
  const usual = new Map(controls.map((control) => [control.name, valueOf(control)]));
  let order;

  const isWanted = (item) => {
    const { kernel, domain } = item.dataset;
    const words = [kernel, domain, item.querySelector('summary').textContent].join(' ').toLowerCase();
    return words.includes(filter.value.trim().toLowerCase()) && (!differs.checked || partOf(item, 'differs'));
  };
  const arrange = () => {
    orderRows(group.value, order);
    const left = hideRows(isWanted);
    shown.textContent = left < items.length ? `${left} of ${items.length} shown` : '';
  };
  const keep = () => {
    const kept = new URLSearchParams(location.search);
    for (const control of controls) {
      const [name, value] = [control.name, valueOf(control)];
      value === usual.get(name) ? kept.delete(name) : kept.set(name, value);
    }
    history.replaceState(null, '', location.pathname + (kept.size ? `?${kept}` : '') + location.hash);
  };
  const change = async () => {
    if (!asked()) return;
    order = decideAll(await ownReport(), asked());
    arrange();
    keep();
  };
  scenario.forEach((control) => control.addEventListener('change', change));
  [group, filter, differs].forEach((control) => control.addEventListener('input', () => {
    arrange();
    keep();
  }));
  const label = (before, control, after = '') => make('label', {}, `${before} `, control, after);
  const bar = make('div', { className: 'controls' },
    label('A page runs it', number, ' times'), list,
    label('start-up is', start), label('loaded over', network),
    ...isMany ? [label('Group by', group), label('Filter', filter)] : [],
    ...areSeveral ? [make('label', {}, differs, ' only where browsers differ or are unsure')] : [],
    shown);
  document.querySelector('.columns').before(bar);
  addCopy(bar, 'the decisions', matrix);
  addJobCopies(() => asked() ?? quoted);
  const query = new URLSearchParams(location.search);
  for (const control of controls) {
    if (query.has(control.name)) setValue(control, query.get(control.name));
    if (control.selectedIndex < 0) setValue(control, usual.get(control.name));
  }
  arrange();
  const isAsked = scenario.some(({ name, value }) => value !== usual.get(name));
  return isAsked ? change() : undefined;
};

/** The rows that are shown as a table, for copies. */
const matrix = () => {
  const cells = (row, tag) => make('tr', {}, ...row.map((textContent) => make(tag, { textContent })));
  const headings = [...document.querySelectorAll('.columns:not(.axis) > span')].map(({ textContent }) => textContent);
  const text = (cell) => (cell.querySelector('.unseen') ? cell.lastChild : cell).textContent;
  const rows = [...jobs.querySelectorAll('.jobs > li:not([hidden]) > .job > summary')].map((summary) => {
    const [decision, ...others] = [...summary.children].filter(({ localName }) => localName === 'span');
    const across = others.at(-1).matches('.across') ? [others.pop()] : [];
    return [[decision, ...across].map(text).join(': '), ...others.map(text)];
  });
  const table = make('table', { id: 'answers-table' });
  const without = headings.filter((_, at) => at !== 4);
  table.append(make('thead', {}, cells(without, 'th')), make('tbody', {}, ...rows.map((row) => cells(row, 'td'))));
  return table;
};

/** Opens what an address leads to, and all around it. */
const openTarget = (hash) => {
  const target = document.getElementById(decodeURIComponent(hash.slice(1)));
  for (let part = target?.closest('details'); part; part = part.parentElement.closest('details')) part.open = true;
  target?.scrollIntoView();
};
addEventListener('hashchange', () => openTarget(location.hash));

// A link leads there even if the address does so already. From job to job, the one that is left closes.
document.addEventListener('click', ({ target, ctrlKey, metaKey, shiftKey }) => {
  const link = target.closest('a[href^="#"]');
  if (!link || ctrlKey || metaKey || shiftKey) return;
  if (link.closest('.around')) link.closest('.job').open = false;
  openTarget(link.hash);
});

/** The scenario that most jobs are quoted in, as the page was written. */
const quotedScenario = () => {
  const { calls, hidden, network, margin } = jobs.dataset;
  return { calls, hidden_startup: hidden === 'true', megabits_per_s: network, margin: Number(margin) };
};

if (jobs?.dataset.calls) await addControls(quotedScenario());
openTarget(location.hash);
