// NDJSON to objects with the browser's own JSON.parse, as everybody writes it.

const decoder = new TextDecoder();

export function run(input) {
  const lines = decoder.decode(input).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}
