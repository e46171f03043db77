// The controls of the first screen: they decide every job anew from the page's own blocks, and the address keeps them.
/* global make, unpack, addCopy, decide, decideInputs, rowOf, tallyOf, WORDS, DIFFERING */

/** Names and megabits per second; none is this machine. */
const NETWORKS = { 'this machine': null, 'slow 4G': 1.6, 'fast 4G': 9, '50 Mbit/s': 50 };
const SCENARIO_CALLS = [1, 10, 200, 10_000];
const TONES = {
  'port': 'won-wasm', 'install': 'won-wasm', 'worth-a-try': 'won-wasm', 'use-browser': 'won-platform',
  'tune-js': 'won-js', 'keep-js': 'won-js', 'not-worth-a-try': 'won-js',
};
const BAR_WIDTH = 150;
const BAR_AIR = 8;

const items = [...document.querySelectorAll('.jobs > li')];
const heading = document.getElementById('answers-title');
const partOf = (item, name) => item.querySelector(`summary .${name}`);

/** The page's own report, which a link on it saves. */
const ownReport = async () => {
  const link = document.querySelector('a[download="report.json.gz"]');
  return JSON.parse(await unpack(link.href.split('base64,')[1]));
};

/** What people read for the options of a basis. */
const namesOf = (kernel, basis) => {
  const shown = ({ name, label, packages = [] }) =>
    label ?? (packages.map(({ name, version }) => version ? `${name} ${version}` : name).join(' + ') || name);
  const names = new Map(kernel.contenders.map((one) => [one.name, shown(one)]));
  const all = [...names.values()];
  return (option) => {
    const { contender } = basis.options[option];
    const name = names.get(contender) ?? contender;
    return all.filter((other) => other === name).length > 1 ? `${name} (${contender})` : name;
  };
};

const drawBar = (picture, rows) => {
  const [slowest, fastest] = picture.dataset.scale.split(' ').map(Number);
  const at = (times) => {
    const share = Math.log(Math.min(Math.max(times, slowest), fastest) / slowest) / Math.log(fastest / slowest);
    return Math.round((BAR_AIR + share * (BAR_WIDTH - 2 * BAR_AIR)) * 10) / 10;
  };
  picture.querySelectorAll('.reach, .ends, .point').forEach((mark) => mark.remove());
  const add = (tag, attributes) => {
    const mark = document.createElementNS('http://www.w3.org/2000/svg', tag);
    Object.entries(attributes).forEach(([name, value]) => mark.setAttribute(name, value));
    picture.append(mark);
  };
  rows.filter((row) => row?.speedUp).forEach(({ speedUp: [low, point, high] }, place) => {
    if (!place) add('path', { class: 'reach', d: `M${at(1)} 10H${at(point)}` });
    add('path', { class: 'ends', d: `M${at(low)} 10H${at(high)}` });
    add('circle', { class: place ? 'point other' : 'point', cx: at(point), cy: 10, r: 4.5 });
  });
};

const writeDecision = (item, decision) => {
  item.firstElementChild.className = `job ${TONES[decision] ?? 'unsure'}`;
  partOf(item, 'decision').textContent = WORDS[decision] ?? DIFFERING[decision];
};

/** Writes what was decided into the row of a job. */
const writeRow = (item, rows, decision) => {
  const [row] = rows;
  writeDecision(item, decision);
  const versus = partOf(item, 'versus');
  versus.replaceChildren(make('b', { textContent: row.factor }), ` ${row.other}${row.note && ` · ${row.note}`}`);
  for (const name of ['option', 'call']) partOf(item, name).textContent = row[name];
  for (const name of ['first', 'download']) partOf(item, name).lastChild.textContent = row[name];
  drawBar(partOf(item, 'interval'), rows);
};

const ORDER = Object.keys(WORDS);

/** Decides every job in a scenario; a job without a basis stays as it is. */
const decideAll = (report, asked) => {
  const kernels = new Map(report.kernels.map((kernel) => [kernel.name, kernel]));
  const decided = items.map((item) => {
    const kernel = kernels.get(item.dataset.kernel);
    const bases = report.bases.filter((basis) => basis.kernel === kernel.name);
    if (item.querySelector('.advised')) {
      const found = decideInputs(item, report, kernel, bases, asked, namesOf);
      writeDecision(item, found.decision);
      return { item, factor: 0, ...found };
    }
    if (!partOf(item, 'versus') || !bases.length) return { item, decision: 'unmeasured', factor: 0 };
    const all = bases.map((basis) => {
      const found = decide(basis, asked);
      const row = rowOf(basis, found, asked, namesOf(kernel, basis), kernel.baseline);
      const advice = item.querySelector(`section[data-stratum="${CSS.escape(basis.stratum)}"] .advice`);
      if (advice) advice.textContent = row.reason;
      return { row, decision: found.decision };
    });
    const decision = all.every((one) => one.decision === all[0].decision) ? all[0].decision : 'by-browser';
    writeRow(item, all.map(({ row }) => row), decision);
    return { item, decision, factor: all[0].row.ratio ? -Math.log(all[0].row.ratio) : 0, reason: all[0].row.reason };
  });
  const place = ({ decision }) => ORDER.indexOf(decision === 'unmeasured' ? 'cannot-tell' : decision);
  const sorted = [...decided].sort((a, b) => place(a) - place(b) || b.factor - a.factor);
  document.querySelector('.jobs').append(...sorted.map(({ item }) => item));
  heading.textContent = items.length === 1 && decided[0].reason
    ? decided[0].reason.replace(/\.$/, '') : tallyOf(decided.map(({ decision }) => decision));
};

const addControls = (quoted) => {
  const query = new URLSearchParams(location.search);
  const number = make('input', { type: 'number', name: 'calls', min: 1, max: 1e12, step: 1, value: quoted.calls });
  number.setAttribute('list', 'scenario-calls');
  const list = make('datalist', { id: 'scenario-calls' }, ...SCENARIO_CALLS.map((value) => make('option', { value })));
  const choice = (name, values) => make('select', { name }, ...values.map(([value, words]) => make('option', { value, textContent: words })));
  const start = choice('start', [['', 'waited for'], ['hidden', 'hidden by preloading']]);
  const network = choice('network', Object.entries(NETWORKS).map(([words, speed]) => [speed ?? '', words]));
  start.value = quoted.hidden_startup ? 'hidden' : '';
  const speed = quoted.megabits_per_s ?? '';
  if (![...network.options].some(({ value }) => value === `${speed}`)) {
    network.append(make('option', { value: speed, textContent: `${speed} Mbit/s` }));
  }
  network.value = speed;
  const filter = make('input', { type: 'search', name: 'job' });
  const controls = [number, start, network, filter];
  const usual = new Map(controls.map((control) => [control.name, control.value]));
  let report;

  const filterRows = () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const item of items) item.hidden = !item.querySelector('summary').textContent.toLowerCase().includes(wanted);
  };
  const keep = () => {
    const kept = new URLSearchParams(location.search);
    for (const { name, value } of controls) value === usual.get(name) ? kept.delete(name) : kept.set(name, value);
    history.replaceState(null, '', location.pathname + (kept.size ? `?${kept}` : '') + location.hash);
  };
  const change = async () => {
    if (!number.checkValidity() || !number.value) return;
    report ??= ownReport();
    const asked = {
      calls: Number(number.value),
      hidden_startup: start.value === 'hidden',
      megabits_per_s: Number(network.value) || null,
      margin: quoted.margin,
    };
    decideAll(await report, asked);
    filterRows();
    keep();
  };
  [number, start, network].forEach((control) => control.addEventListener('change', change));
  filter.addEventListener('input', () => {
    filterRows();
    keep();
  });
  const label = (before, control, after = '') => make('label', {}, `${before} `, control, after);
  const bar = make('div', { className: 'controls' },
    label('A page runs it', number, ' times'), list,
    label('start-up is', start), label('loaded over', network),
    ...items.length > 1 ? [label('Filter', filter)] : []);
  document.querySelector('.columns').before(bar);
  addCopy(bar, 'the decisions', matrix);
  for (const control of controls) if (query.has(control.name)) control.value = query.get(control.name);
  filterRows();
  const isAsked = [number, start, network].some(({ name, value }) => value !== usual.get(name));
  return isAsked ? change() : undefined;
};

/** The rows that are shown as a table, for copies. */
const matrix = () => {
  const cells = (row, tag) => make('tr', {}, ...row.map((textContent) => make(tag, { textContent })));
  const headings = [...document.querySelectorAll('.columns:not(.axis) > span')].map(({ textContent }) => textContent);
  const rows = items.filter((item) => !item.hidden).map((item) => [...item.querySelector('summary').children]
    .filter(({ localName }) => localName === 'span')
    .map((cell) => (cell.querySelector('.unseen') ? cell.lastChild : cell).textContent));
  const table = make('table', { id: 'answers-table' });
  const without = headings.filter((_, at) => at !== 4);
  table.append(make('thead', {}, cells(without, 'th')), make('tbody', {}, ...rows.map((row) => cells(row, 'td'))));
  return table;
};

/** Opens whatever the address leads to, and all around it. */
const openTarget = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let part = target?.closest('details'); part; part = part.parentElement.closest('details')) part.open = true;
  target?.scrollIntoView();
};
addEventListener('hashchange', openTarget);

/** The scenario that most jobs are quoted in, as the page was written. */
const quotedScenario = () => {
  const { calls, hidden, network, margin } = document.querySelector('.jobs').dataset;
  return { calls, hidden_startup: hidden === 'true', megabits_per_s: network, margin: Number(margin) };
};

if (items.length && document.querySelector('.jobs').dataset.calls) await addControls(quotedScenario());
openTarget();
