// An opened job's own buttons: they copy its address, and its row as a picture for a message or a post.
/* global make, act, copyText, copyPng, pngOf, items, partOf, TONES, ownReport, decisionsOn, middle, scaled, significant, TIMES */
/* exported addJobCopies */

const CARD = { width: 1200, height: 630, margin: 64 };
/** From the left: the names of the options, their bars, and the times behind them. */
const BARS = { from: 400, to: 900, top: 408, apart: 58, thick: 30 };
const DECIDED = { 'won-wasm': 'wasm', 'won-platform': 'platform', 'won-js': 'js' };

/** A colour on light paper, whatever the page is on now: its first rule has them. */
const onLight = (name) => document.styleSheets[0].cssRules[0].style.getPropertyValue(`--${name}`).trim();

const fitting = (pen, text, room) => {
  let end = text.length;
  const cut = () => end < text.length ? `${text.slice(0, end)}…` : text;
  while (end > 1 && pen.measureText(cut()).width > room) end -= 1;
  return cut();
};

const wrapped = (pen, text, room) => text.split(' ').reduce((lines, word) => {
  const longer = `${lines.at(-1)} ${word}`.trim();
  return pen.measureText(longer).width <= room ? [...lines.slice(0, -1), longer] : [...lines, word];
}, ['']).filter(Boolean);

/** Times per call of the option and the alternative, with the interval of their factor on the one that it is about. */
const barsOf = ({ basis, decided: { option, alternative }, name, row: { speedUp, other } }) => {
  const call = (at) => middle(basis.options[at].call_ns.filter((ns) => ns !== null));
  const bars = [option, alternative].filter((at) => at !== undefined).map((at) => ({ name: name(at), ns: call(at) }));
  const [subject, reference] = other.startsWith('with ') ? [1, 0] : [0, 1];
  if (speedUp && bars[1]) bars[subject].reach = speedUp.map((times) => bars[reference].ns / times);
  return bars.filter(({ ns }) => ns !== null);
};

const drawBars = (pen, write, bars, tone) => {
  const most = Math.max(...bars.flatMap(({ ns, reach = [] }) => [ns, ...reach]));
  const at = (ns) => BARS.from + ns / most * (BARS.to - BARS.from);
  bars.forEach(({ name, ns, reach }, place) => {
    const top = BARS.top + place * BARS.apart;
    const middle = top + BARS.thick / 2;
    write(name, [CARD.margin, middle + 9], { size: 26, room: BARS.from - CARD.margin - 20 });
    pen.fillStyle = place ? onLight('edge') : tone;
    pen.fillRect(BARS.from, top, Math.max(at(ns) - BARS.from, 2), BARS.thick);
    const end = Math.max(at(ns), ...reach ? reach.map(at) : []);
    write(`${scaled(ns, TIMES, 2)} per call`, [end + 14, middle + 9], { size: 26, room: CARD.width - end - 20 });
    if (!reach) return;
    const [low, high] = [at(reach[2]), at(reach[0])];
    // Dark with a light edge, so that it is seen on the bar and beside it.
    for (const [ink, edge] of [['paper', 2], ['text', 0]]) {
      pen.fillStyle = onLight(ink);
      pen.fillRect(low - edge, middle - 1.5 - edge, high - low + 2 * edge, 3 + 2 * edge);
      for (const bound of [low, high]) pen.fillRect(bound - 1.5 - edge, middle - 9 - edge, 3 + 2 * edge, 18 + 2 * edge);
    }
  });
};

const intervalOf = (speedUp) => {
  if (!speedUp) return '';
  const [low, , high] = speedUp;
  const [from, to, words] = high < 1 ? [1 / high, 1 / low, 'slower'] : [low, high, low > 1 ? 'faster' : 'as fast'];
  return `95 % interval: ${significant(from, 3)}× to ${significant(to, 3)}× ${words}`;
};

/** The row of a job in one browser as a picture. */
const cardOf = async (item, section, asked) => {
  const report = await ownReport();
  const { run } = report;
  const stratum = run.strata.find(({ id }) => id === section.dataset.stratum);
  const found = decisionsOn(report, item, asked).find(({ basis }) => basis.stratum === stratum.id);
  const canvas = make('canvas', { width: CARD.width, height: CARD.height });
  const pen = canvas.getContext('2d');
  const { fontFamily } = getComputedStyle(document.body);
  const room = CARD.width - 2 * CARD.margin;
  const write = (text, [x, y], { size, ink = 'text', weight = 400, align = 'left', room: own = room }) => {
    pen.font = `${weight} ${size}px ${fontFamily}`;
    [pen.fillStyle, pen.textAlign] = [ink.startsWith('#') ? ink : onLight(ink), align];
    pen.fillText(fitting(pen, text, own), x, y);
  };
  // Where no Wasm is written yet, the row alone says what to do.
  const tone = onLight(DECIDED[TONES[found?.decided.decision] ?? item.firstElementChild.classList[1]] ?? 'unsure');
  pen.fillStyle = onLight('paper');
  pen.fillRect(0, 0, CARD.width, CARD.height);
  pen.fillStyle = tone;
  pen.fillRect(0, 0, 16, CARD.height);
  write(found?.row.words ?? partOf(item, 'decision').textContent, [CARD.margin, 88], { size: 34, weight: 700, ink: tone, room: room - 220 });
  write('crossover', [CARD.width - CARD.margin, 88], { size: 30, weight: 700, align: 'right' });
  write([...partOf(item, 'what').children].map((part) => part.textContent).join(' · '), [CARD.margin, 134], { size: 28, ink: 'muted' });
  const finding = section.querySelector('.advice').textContent;
  const lines = [46, 40, 34, 28].map((size) => {
    pen.font = `700 ${size}px ${fontFamily}`;
    return { size, texts: wrapped(pen, finding, room) };
  });
  const { size, texts } = lines.find(({ size, texts }) => texts.length * size * 1.22 <= 200) ?? lines.at(-1);
  texts.slice(0, 5).forEach((text, at) => write(text, [CARD.margin, 204 + at * size * 1.22], { size, weight: 700 }));
  if (found) drawBars(pen, write, barsOf(found), tone);
  write(intervalOf(found?.row.speedUp), [BARS.from, 546], { size: 22, ink: 'muted' });
  const machine = stratum.machine ?? run.machine;
  const source = [
    `${run.names[stratum.id]} ${stratum.runtime.version.split('.')[0]}`, `${machine.cpu}, ${machine.cores} cores`,
    document.querySelector('.when time').textContent,
    `${asked.calls} calls, start-up ${asked.hidden_startup ? 'hidden' : 'waited for'}`,
  ];
  write(source.join(' · '), [CARD.margin, 592], { size: 22, ink: 'muted' });
  return pngOf(canvas);
};

/** Buttons in every section; `asked` gives the scenario of the moment. */
const addJobCopies = (asked) => {
  for (const item of items) {
    for (const section of item.querySelectorAll('section[data-stratum]')) {
      const add = (textContent, way) => {
        const button = make('button', { type: 'button', className: 'copy', textContent, onclick: () => act(way, button) });
        section.querySelector('.around').append(button);
      };
      const address = () => new URL(`#${section.id}`, location).href;
      add('Copy link', () => copyText(address(), `${section.id}.txt`, 'text/plain'));
      add('Copy as image', () => copyPng(cardOf(item, section, asked()), `${section.id}.png`));
    }
  }
};
