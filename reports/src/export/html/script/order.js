// The order of the rows: in groups or without, less what filters hide, and with links from each opened job to the next.
/* global make, items, partOf */
/* exported orderRows, hideRows, nameOf */

const home = document.getElementById('jobs');
const nameOf = (item) => partOf(item, 'what').firstChild.textContent;
const byName = (a, b) => nameOf(a).localeCompare(nameOf(b), 'en', { numeric: true });

/** The rows by decision, as the page has them, or as decided last. */
let byDecision = items;
let groupedBy = 'decision';

/** A list of rows, below a heading if it has one. */
const listOf = (rows, title) => {
  const list = make('ol', { className: 'jobs' }, ...rows);
  if (!title) return [list];
  const heading = make('h2', { className: 'group', textContent: title });
  list.ariaLabel = title;
  return [heading, list];
};

const WAYS_TO_GROUP = {
  decision: () => listOf(byDecision),
  domain: () => {
    const domains = [...new Set(items.map(({ dataset }) => dataset.domain))].sort();
    return domains.flatMap((domain) => listOf(byDecision.filter(({ dataset }) => dataset.domain === domain), domain));
  },
  nothing: () => listOf([...byDecision].sort(byName)),
};

/** Each opened job leads to the rows before and after its own. */
const linkNeighbours = () => {
  const shown = [...home.querySelectorAll('.jobs > li:not([hidden])')];
  const link = (item, words) => item
    ? [make('a', { href: `#${item.querySelector('section').id}`, textContent: words(nameOf(item)) })] : [];
  shown.forEach((item, at) => item.querySelector('.neighbours').replaceChildren(
    ...link(shown[at - 1], (name) => `‹ ${name}`), ' ', ...link(shown[at + 1], (name) => `${name} ›`),
  ));
};

/** Puts the rows into the order that is asked for. */
const orderRows = (by, decided = byDecision) => {
  if (by === groupedBy && decided === byDecision) return;
  [groupedBy, byDecision] = [by, decided];
  home.replaceChildren(...WAYS_TO_GROUP[by]());
};

/** Hides the rows that are not wanted, and headings without a row; how many are left. */
const hideRows = (isWanted) => {
  for (const item of items) item.hidden = !isWanted(item);
  for (const list of home.querySelectorAll('.jobs')) {
    list.hidden = [...list.children].every((item) => item.hidden);
    if (list.previousSibling) list.previousSibling.hidden = list.hidden;
  }
  linkNeighbours();
  return items.filter((item) => !item.hidden).length;
};
