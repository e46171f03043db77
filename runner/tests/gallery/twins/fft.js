import FFT from 'fft.js';

// Real and imaginary parts in turn, as kissfft-wasm has them.
export function fft(input) {
  const transform = new FFT(input.length / 2);
  const out = transform.createComplexArray();
  transform.transform(out, input);
  return Float32Array.from(out);
}
