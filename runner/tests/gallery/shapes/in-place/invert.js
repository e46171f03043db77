// What wasm-bindgen makes of `&mut [u8]`: the argument is copied in, and back.
const { instance } = await WebAssembly.instantiateStreaming(fetch(new URL('./invert.wasm', import.meta.url)));

export function invert(pixels) {
  const inside = new Uint8Array(instance.exports.memory.buffer, 1024, pixels.length);
  inside.set(pixels);
  instance.exports.invert(inside.byteOffset, inside.length);
  pixels.set(inside);
}
