/** Wasm knows no unsigned numbers: what it answers as -1 is 4294967295. */
export const unsigned = (answer) => answer >>> 0;
