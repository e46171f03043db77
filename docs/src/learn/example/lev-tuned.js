/** The same as `distance` of lev.js, with one row of 32-bit numbers that is written over. */
export function distance(before, after) {
  const [from, to] = [before, after].map((text) => Uint32Array.from(text, (letter) => letter.codePointAt(0)));
  const row = Uint32Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const letter of from) {
    let diagonal = row[0]++;
    for (let at = 1; at <= to.length; at++) {
      const replaced = diagonal + (letter === to[at - 1] ? 0 : 1);
      diagonal = row[at];
      row[at] = Math.min(replaced, diagonal + 1, row[at - 1] + 1);
    }
  }
  return row[to.length];
}
