// The baseline of `dom-table`: plain DOM calls, rows cloned from a template.

import { makeRows } from './rows.js';

const UPDATED_EVERY = 10;

/** Builds, changes, lays out and removes a table of `{ rows, seed }`; answers its text. */
export function run({ rows: count, seed }) {
  const rows = makeRows(count, seed);
  const table = document.createElement('table');
  const labels = fill(table, rows);
  document.body.appendChild(table);
  for (let i = 0; i < labels.length; i++) {
    const row = rows[i * UPDATED_EVERY];
    row.label += ' (sold out)';
    labels[i].nodeValue = row.label;
  }
  const height = table.offsetHeight;
  const text = table.textContent;
  table.remove();
  if (height === 0) throw new Error('the table was not laid out');
  return text;
}

// The label's text of each row that will be updated.
function fill(table, rows) {
  const template = makeTemplate();
  const body = document.createElement('tbody');
  const labels = [];
  for (let i = 0; i < rows.length; i++) {
    const { id, label, stock } = rows[i];
    const row = template.cloneNode(true);
    const idCell = row.firstChild;
    const labelCell = idCell.nextSibling;
    idCell.textContent = id;
    labelCell.textContent = label;
    labelCell.nextSibling.textContent = stock;
    if (i % UPDATED_EVERY === 0) labels.push(labelCell.firstChild);
    body.appendChild(row);
  }
  table.appendChild(body);
  return labels;
}

function makeTemplate() {
  const row = document.createElement('tr');
  for (let i = 0; i < 3; i++) row.appendChild(document.createElement('td'));
  return row;
}
