// A table as it is shown, in Markdown and as comma-separated values.
/* exported asMarkdown, asCsv */

const written = (cell) => {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll('.copy').forEach((button) => button.remove());
  copy.querySelectorAll('br').forEach((end) => end.replaceWith(' '));
  return copy.textContent.replace(/\s+/g, ' ').trim();
};

/** Rows of texts, the headings first; without rows that are filtered out. */
const rowsOf = (table) => [...table.rows]
  .filter((row) => !row.hidden)
  .map((row) => [...row.cells].flatMap((cell) => [written(cell), ...Array(cell.colSpan - 1).fill('')]));

const asMarkdown = (table) => {
  const line = (cells) => `| ${cells.join(' | ')} |\n`;
  const escaped = (text) => text.replace(/[&<>@]/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[\\`*_[\]|~!$]/g, '\\$&');
  const [head, ...rows] = rowsOf(table);
  const marks = [...table.tHead.rows[0].cells].map((cell) => cell.classList.contains('n') ? '--:' : '---');
  return [head.map(escaped), marks, ...rows.map((row) => row.map(escaped))].map(line).join('');
};

// A spreadsheet reads text that begins so as a formula.
const plain = (text) => /^[=+\-@]/.test(text) ? `'${text}` : text;

const asCsv = (table) => {
  const field = (text) => /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return rowsOf(table).map((row) => `${row.map((text) => field(plain(text))).join(',')}\n`).join('');
};
