// What the row of a job shows, written anew for another scenario.
/* global make, unpack, decide, rowOf, WORDS, DIFFERING */
/* exported items, ownReport, namesOf, decisionsOn, writeDecision, writeRow, TONES */

const TONES = {
  'port': 'won-wasm', 'install': 'won-wasm', 'worth-a-try': 'won-wasm', 'use-browser': 'won-platform',
  'tune-js': 'won-js', 'keep-js': 'won-js', 'not-worth-a-try': 'won-js',
};
const BAR_WIDTH = 150;
const BAR_AIR = 8;
/** Shapes of marks, which the page has. */
const SHAPES = 4;

const items = [...document.querySelectorAll('.jobs > li')];
const partOf = (item, name) => item.querySelector(`summary .${name}`);

let report;
/** The page's own report, which a link on it saves. */
const ownReport = () => {
  report ??= unpack(document.querySelector('a[download="report.json.gz"]').href.split('base64,')[1]).then(JSON.parse);
  return report;
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

/** What is decided on a job in a scenario, in each of its browsers. */
const decisionsOn = (report, item, asked) => {
  const kernel = report.kernels.find(({ name }) => name === item.dataset.kernel);
  const bases = partOf(item, 'versus') ? report.bases.filter((basis) => basis.kernel === kernel.name) : [];
  return bases.map((basis) => {
    const [decided, name] = [decide(basis, asked), namesOf(kernel, basis)];
    return { basis, decided, name, row: rowOf(basis, decided, asked, name, kernel.baseline) };
  });
};

const drawBar = (picture, all, strata) => {
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
  const shown = all.filter(({ row }) => row.speedUp);
  const marks = shown.map(({ basis, row: { speedUp } }, place) => {
    const shape = strata.findIndex(({ id }) => id === basis.stratum) % SHAPES;
    return { shape, place, ends: speedUp.map(at), y: Math.round(5 + 10 * (shown.length < 2 ? 0.5 : place / (shown.length - 1))) };
  });
  // The first lies above the others.
  for (const { shape, place, ends: [low, point, high], y } of marks.reverse()) {
    if (!place) add('path', { class: 'reach', d: `M${at(1)} ${y}H${point}` });
    add('path', { class: 'ends', d: `M${low} ${y}H${high}` });
    add('use', { class: place ? 'point other' : 'point', href: `#mark-${shape}`, x: point, y });
  }
};

/** Writes what is to be done into the row of a job. */
const writeDecision = (item, decision) => {
  item.firstElementChild.className = `job ${TONES[decision] ?? 'unsure'}`;
  partOf(item, 'decision').textContent = WORDS[decision] ?? DIFFERING[decision];
};

/** Writes what was decided, and on what it rests, into the row of a job. */
const writeRow = (report, item, all, decision) => {
  const [{ row }] = all;
  writeDecision(item, decision);
  const versus = partOf(item, 'versus');
  versus.removeAttribute('title');
  versus.replaceChildren(make('b', { textContent: row.factor }), ` ${row.other}${row.note && ` · ${row.note}`}`);
  for (const name of ['option', 'call']) partOf(item, name).textContent = row[name];
  for (const name of ['first', 'download']) partOf(item, name).lastChild.textContent = row[name];
  drawBar(partOf(item, 'interval'), all, report.run.strata);
  partOf(item, 'across')?.classList.toggle('differs', decision in DIFFERING);
  for (const { basis, row } of all) {
    const advice = item.querySelector(`section[data-stratum="${CSS.escape(basis.stratum)}"] .advice`);
    if (advice) advice.textContent = row.reason;
  }
};
