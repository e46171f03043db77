// Tips: figures in full beside the part of a chart that is pointed at, touched, or reached with the arrow keys.
/* global make, unpack */
/* exported tipsAreThere */

const tips = new Map();
const bubble = make('div', { id: 'tip', popover: 'manual', role: 'status' });
const area = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
let shown;
// The chart and tip that were chosen by keys, which follow the chart when the page scrolls.
let byKeys;

document.querySelector('main').append(bubble);
area.classList.add('pointed-at');

/** Shows the tip with index `at` of a chart; places are in the chart's own pixels. */
const show = (chart, at, pointer) => {
  const tip = tips.get(chart.id)[at];
  byKeys = pointer === undefined ? [chart, at] : undefined;
  if (shown !== tip) {
    shown = tip;
    Object.entries(tip.place).forEach(([name, value]) => area.setAttribute(name, value));
    chart.append(area);
    bubble.textContent = tip.text;
    bubble.showPopover();
  }
  const box = area.getBoundingClientRect();
  const own = bubble.getBoundingClientRect();
  const middle = pointer ?? (box.left + box.right) / 2;
  const left = Math.min(Math.max(8, middle - own.width / 2), document.documentElement.clientWidth - own.width - 8);
  const above = box.top - own.height - 6;
  bubble.style.left = `${left}px`;
  bubble.style.top = `${above > 0 ? above : box.bottom + 6}px`;
};

const hush = () => {
  if (!shown) return;
  shown = byKeys = undefined;
  area.remove();
  bubble.hidePopover();
};

const point = ({ target, clientX, clientY }) => {
  const chart = target.closest?.('svg[id]');
  const of = tips.get(chart?.id);
  if (!of) return hush();
  const { left, top, width } = chart.getBoundingClientRect();
  const scale = chart.viewBox.baseVal.width / width;
  const [x, y] = [(clientX - left) * scale, (clientY - top) * scale];
  const at = of.findLastIndex(({ place }) =>
    x >= place.x && x < place.x + place.width && y >= place.y && y < place.y + place.height);
  if (at < 0) return hush();
  show(chart, at, clientX);
};

const step = (event) => {
  const of = tips.get(event.target.id);
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (event.key === 'Escape') hush();
  if (!of || !by) return;
  event.preventDefault();
  show(event.target, (of.indexOf(shown) + by + of.length) % of.length);
};

const readTips = (text) => {
  if (!bubble.showPopover) return;
  let of;
  for (const line of text.split('\n').filter(Boolean)) {
    const [numbers, words] = line.split('\t');
    if (words === undefined) {
      tips.set(line, of = []);
      continue;
    }
    const [x, y, width, height] = numbers.split(' ').map(Number);
    of.push({ place: { x, y, width, height }, text: words });
  }
  for (const [id, shown] of tips) {
    const chart = document.getElementById(id);
    chart.tabIndex = 0;
    chart.ariaDescription = shown.map(({ text }) => text).join('. ');
    chart.addEventListener('focus', () => chart.matches(':focus-visible') && show(chart, 0));
    chart.addEventListener('blur', hush);
  }
  document.addEventListener('pointermove', point);
  document.addEventListener('pointerdown', point);
  // Lifting a finger is a leave event as well, but the tip has to stay readable.
  document.addEventListener('pointerleave', ({ pointerType }) => pointerType !== 'touch' && hush());
  const follow = () => byKeys ? show(...byKeys) : hush();
  document.addEventListener('scroll', follow, { capture: true, passive: true });
  document.addEventListener('keydown', step);
};

// Browsers that cannot unpack tips or show popovers have none.
const tipsAreThere = unpack(document.getElementById('tips').content.textContent).then(readTips, () => {});
