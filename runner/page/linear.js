//# allFunctionsCalledOnLoad
// The linear memories of this page's instances of contenders.

const memories = [];

/** Takes note of a linear memory; of anything else, nothing. */
export function keep(memory) {
  if (memory instanceof WebAssembly.Memory && !memories.includes(memory)) memories.push(memory);
}

/** The newest instance's linear memory; undefined where none has one. */
export function newest() {
  return memories.at(-1);
}

/** Bytes of all of them together; null where there is none. */
export function bytes() {
  return memories.length > 0 ? memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) : null;
}
