/** Puts the words into a shared text, each before the one that came before it. */
export function type(shared, words) {
  for (const word of words) shared.insert(0, word);
  return shared.toString();
}
