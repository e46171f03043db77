// Replaced when the branch of answers lands.
export function decode() {
  throw new Error('decode');
}
