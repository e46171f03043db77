/** A class whose objects are ready only when they have been asked to load. */
export class Adder {
  static async create() {
    const { instance } = await WebAssembly.instantiateStreaming(fetch(new URL('./add.wasm', import.meta.url)));
    return Object.assign(new Adder(), { wasm: instance.exports });
  }

  add(a, b) {
    return this.wasm.add(a, b);
  }
}
