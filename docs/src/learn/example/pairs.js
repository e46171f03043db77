const WORDS = 'the quick brown fox jumps over a lazy dog and runs into the dark wood'.split(' ');

/** A text of `length` characters, and the same with every seventh word replaced. */
export function pair({ length }) {
  const words = Array.from({ length }, (_, at) => WORDS[(at * 7 + (at >> 3)) % WORDS.length]);
  const other = words.map((word, at) => (at % 7 ? word : 'cat'));
  return JSON.stringify([words, other].map((list) => list.join(' ').slice(0, length)));
}

/** What `crossover port` calls the function with. */
export const inputs = [100, 2000].map((length) => ({ name: `${length} characters`, args: JSON.parse(pair({ length })) }));
