// What is in the table: a stock list drawn from a seed, the same as the Rust contender's.

const ADJECTIVES = [
  'large', 'small', 'heavy', 'light', 'round', 'square', 'plain', 'fancy',
  'cheap', 'costly', 'odd', 'quiet', 'loud', 'old', 'new', 'handsome',
];
const NOUNS = [
  'table', 'chair', 'desk', 'lamp', 'clock', 'mirror', 'cupboard', 'shelf',
  'carpet', 'pillow', 'kettle', 'teapot', 'basket', 'ladder', 'bucket', 'broom',
];

/** `count` rows with an id from 1, a label of two words and a number. A seed of 0 draws the same row each time. */
export function makeRows(count, seed) {
  const rows = [];
  let state = seed | 0;
  for (let id = 1; id <= count; id++) {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    rows.push({ id, label: `${ADJECTIVES[state & 15]} ${NOUNS[(state >>> 4) & 15]}`, stock: state >>> 8 });
  }
  return rows;
}
