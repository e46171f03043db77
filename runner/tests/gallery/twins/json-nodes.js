// How many nodes tree-sitter's grammar of JSON makes of a text, its punctuation included.

const brackets = 2;

export function nodes(text) {
  return 1 + ofValue(JSON.parse(text));
}

function ofValue(value) {
  if (Array.isArray(value)) return 1 + brackets + commas(value) + sum(value.map(ofValue));
  if (value !== null && typeof value === 'object') {
    const pairs = Object.entries(value);
    return 1 + brackets + commas(pairs) + sum(pairs.map(([key, of]) => 2 + ofValue(key) + ofValue(of)));
  }
  return typeof value === 'string' ? 3 + (value === '' ? 0 : 1) : 1;
}

const commas = (items) => Math.max(items.length - 1, 0);
const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);
