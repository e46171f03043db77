// The linear memories of this page's instances of contenders.

const memories = [];

/** Takes note of an instance's linear memory, if it has one. */
export function keep(memory) {
  if (memory instanceof WebAssembly.Memory) memories.push(memory);
}

/** The newest instance's linear memory; undefined where none has one. */
export function newest() {
  return memories.at(-1);
}

/** Bytes of all of them together; null where there is none. */
export function bytes() {
  return memories.length > 0 ? memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) : null;
}
