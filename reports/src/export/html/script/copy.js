// A button beside every table and chart, and one menu for all of them: copy it, or save it as a file.
/* global make, asMarkdown, asCsv, asSvg, asPng */
/* exported addCopy, act */

const menu = make('div', { id: 'copy-menu', popover: 'auto', role: 'menu' });
const note = make('span', { className: 'copied', role: 'status' });
document.querySelector('main').append(menu, note);

const save = (name, blob) => {
  const link = make('a', { download: name, href: URL.createObjectURL(blob) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return `saved ${name}`;
};

// Where pages may not write to the clipboard, a selection can still be copied.
const copySelected = (text) => {
  const field = make('textarea', { value: text });
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
};

const copyText = async (text, name, type) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copySelected(text)) return save(name, new Blob([text], { type }));
  }
  return 'copied';
};

// The picture may still be drawn: some browsers only take it if they are asked at once.
const copyPng = async (picture, name) => {
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
  } catch {
    return save(name, await picture);
  }
  return 'copied';
};

const svgFile = (chart) => new Blob([asSvg(chart)], { type: 'image/svg+xml' });
const csvFile = (table) => new Blob([asCsv(table)], { type: 'text/csv' });

const WAYS = {
  table: {
    'Copy as Markdown': (table) => copyText(asMarkdown(table), `${table.id}.md`, 'text/markdown'),
    'Copy as CSV': (table) => copyText(asCsv(table), `${table.id}.csv`, 'text/csv'),
    'Save CSV': (table) => save(`${table.id}.csv`, csvFile(table)),
  },
  svg: {
    'Copy as PNG': (chart) => copyPng(asPng(chart), `${chart.id}.png`),
    'Copy as SVG': (chart) => copyText(asSvg(chart), `${chart.id}.svg`, 'image/svg+xml'),
    'Save PNG': async (chart) => save(`${chart.id}.png`, await asPng(chart)),
    'Save SVG': (chart) => save(`${chart.id}.svg`, svgFile(chart)),
  },
};

const place = (element, button) => {
  const { right, bottom } = button.getBoundingClientRect();
  const { width, height } = element.getBoundingClientRect();
  element.style.left = `${Math.max(8, right - width)}px`;
  element.style.top = `${Math.min(bottom + 4, innerHeight - height - 8)}px`;
};

let quiet;
const say = (words, button) => {
  clearTimeout(quiet);
  note.textContent = words;
  place(note, button);
  quiet = setTimeout(() => { note.textContent = ''; }, 2500);
};

/** Copies or saves something, and says at a button what came of it. */
const act = async (way, button) => {
  // The message about the previous copy is outdated; this one may take a while.
  say('', button);
  say(await Promise.resolve(way()).catch((error) => `not copied: ${error.message}`), button);
};

const offer = (button, subject) => {
  const item = ([label, way]) => make('button', {
    type: 'button',
    role: 'menuitem',
    textContent: label,
    onclick: () => {
      menu.hidePopover();
      button.focus({ preventScroll: true });
      act(() => way(subject), button);
    },
  });
  menu.replaceChildren(...Object.entries(WAYS[subject.localName]).map(item));
  menu.ariaLabel = button.ariaLabel;
  menu.ontoggle = ({ newState }) => { button.ariaExpanded = newState === 'open'; };
  menu.showPopover();
  place(menu, button);
  menu.firstChild.focus();
};

menu.addEventListener('keydown', (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const items = [...menu.children];
  items[(items.indexOf(document.activeElement) + by + items.length) % items.length].focus();
});

/** A button at the end of `home` that copies what `subject` gives when it is pressed. */
const addCopy = (home, name, subject) => {
  const button = make('button', {
    type: 'button',
    className: 'copy',
    textContent: 'Copy ▾',
    ariaLabel: `Copy ${name}`,
    ariaHasPopup: 'menu',
    ariaExpanded: 'false',
    onclick: () => offer(button, subject()),
  });
  home.append(button);
};

if (menu.showPopover) {
  document.querySelectorAll('.scroll > table').forEach((table) => {
    addCopy(table.caption.firstChild, table.caption.textContent, () => table);
  });
  document.querySelectorAll('.chart > svg').forEach((chart) => addCopy(chart.parentElement, chart.ariaLabel, () => chart));
}
