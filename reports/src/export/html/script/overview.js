// Sorting and filtering of the table of all options. The address keeps both, so that everyone with the address sees the same.
/* global make */

/** What rows can be filtered by, and its name in the address. */
const FILTERS = { Runtime: 'runtime', Kind: 'kind', Track: 'track', Domain: 'domain' };

const named = (text) => text.toLowerCase().replace(/\W+/g, '-');

const overview = (table) => {
  const headings = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows];
  const asked = new URLSearchParams(location.search);
  const text = (row, column) => row.cells[column].textContent.trim();
  const shown = make('span', { role: 'status' });
  const controls = [];

  const sorting = () => headings.findIndex(({ ariaSort }) => ariaSort);

  const keep = () => {
    const query = new URLSearchParams(location.search);
    const set = (name, value) => value ? query.set(name, value) : query.delete(name);
    controls.forEach(({ name, value }) => set(name, value.trim()));
    const by = headings[sorting()];
    set('sort', by && (by.ariaSort === 'descending' ? '-' : '') + named(by.textContent));
    const after = query.size ? `?${query}` : '';
    history.replaceState(null, '', location.pathname + after + location.hash);
  };

  const filter = () => {
    const matches = (row) => controls.every(({ value, wanted }) => !value.trim() || wanted(row, value.trim()));
    rows.forEach((row) => { row.hidden = !matches(row); });
    const left = rows.filter((row) => !row.hidden);
    shown.textContent = `${left.length} of ${rows.length} shown`;
  };

  // Missing values come last in either direction.
  const keys = (column) => {
    const numbers = rows.map((row) => row.cells[column].dataset.v);
    return numbers.some(Boolean) ? numbers.map((v) => v && Number(v)) : rows.map((row) => text(row, column));
  };
  const compare = (a, b) => typeof a === 'number' ? a - b : a.localeCompare(b, 'en', { numeric: true });

  const sort = (column, direction) => {
    headings.forEach((heading, at) => { heading.ariaSort = at === column ? direction : null; });
    const by = column < 0 ? [] : keys(column);
    const keyed = rows.map((row, at) => ({ row, at, key: by[at] }));
    const sign = direction === 'descending' ? -1 : 1;
    keyed.sort((a, b) => {
      const missing = (a.key === undefined) - (b.key === undefined);
      return missing || (a.key === undefined ? 0 : sign * compare(a.key, b.key)) || a.at - b.at;
    });
    table.tBodies[0].append(...keyed.map(({ row }) => row));
  };

  const act = (change) => () => {
    change();
    keep();
  };

  headings.forEach((heading, column) => {
    const turn = () => sort(column, heading.ariaSort === 'ascending' ? 'descending' : 'ascending');
    const button = make('button', { type: 'button', className: 'sort', onclick: act(turn) }, ...heading.childNodes);
    heading.append(button);
  });

  const add = (label, control, wanted) => {
    Object.assign(control, { value: asked.get(control.name) ?? '', wanted, oninput: act(filter) });
    controls.push(control);
    return make('label', {}, `${label} `, control);
  };
  const labels = [];
  if (new Set(rows.map((row) => text(row, 0))).size > 1) {
    const contains = (row, value) => text(row, 0).toLowerCase().includes(value.toLowerCase());
    labels.push(add('Job', make('input', { type: 'search', name: 'kernel' }), contains));
  }
  for (const [heading, name] of Object.entries(FILTERS)) {
    const values = [...new Set(rows.map(({ dataset }) => dataset[name]))];
    if (values.length < 2) continue;
    const options = ['', ...values].map((value) => make('option', { value, textContent: value || 'all' }));
    labels.push(add(heading, make('select', { name }, ...options), ({ dataset }, value) => dataset[name] === value));
  }
  const reset = make('button', {
    type: 'button',
    textContent: 'Reset',
    onclick: act(() => {
      controls.forEach((control) => { control.value = ''; });
      filter();
      sort(-1);
    }),
  });
  table.closest('.scroll').before(make('div', { className: 'filters' }, ...labels, reset, shown));

  const [, down, name] = /^(-?)(.*)$/.exec(asked.get('sort') ?? '');
  const column = headings.findIndex((heading) => name && named(heading.textContent) === name);
  if (column >= 0) sort(column, down ? 'descending' : 'ascending');
  filter();
};

const table = document.getElementById('overview-candidates-table');
if (table) overview(table);
