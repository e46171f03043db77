// What the two patterns of the scanner find, with the engine's own regular expressions.
export function tokens(text) {
  return Array.from(text.matchAll(/(\d+)|([a-z]+)/g), (match) => [match[1] === undefined ? 1 : 0, match.index, match.index + match[0].length]);
}
