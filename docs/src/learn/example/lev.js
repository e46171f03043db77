/** The least number of insertions, deletions and replacements that turn one text into the other. */
export function distance(before, after) {
  const [from, to] = [before, after].map((text) => Array.from(text, (letter) => letter.codePointAt(0)));
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const letter of from) {
    const next = [row[0] + 1];
    for (let at = 1; at <= to.length; at++) {
      const replaced = row[at - 1] + (letter === to[at - 1] ? 0 : 1);
      next[at] = Math.min(replaced, row[at] + 1, next[at - 1] + 1);
    }
    row = next;
  }
  return row[to.length];
}
