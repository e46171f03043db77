// Numbers stay on the JavaScript side, and come back in the typed array that Wasm would answer with.

export function run(values) {
  return Float64Array.from(values);
}
