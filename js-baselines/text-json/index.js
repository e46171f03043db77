// NDJSON to columns with the browser's own JSON.parse, as everybody writes it: one object per line, of which the numbers
// that are wanted are taken.

const decoder = new TextDecoder();

export function run(input) {
  const lines = decoder.decode(input).trimEnd().split('\n');
  const count = lines.length;
  const columns = new Float64Array(5 * count);
  for (let row = 0; row < count; row++) {
    const { ts, price, qty, geo } = JSON.parse(lines[row]);
    columns[row] = ts;
    columns[count + row] = price;
    columns[2 * count + row] = qty;
    columns[3 * count + row] = geo[0];
    columns[4 * count + row] = geo[1];
  }
  return columns;
}
