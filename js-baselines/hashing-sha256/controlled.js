// SHA-256 (FIPS 180-4) on 32-bit integers in typed arrays: the algorithm of the Wasm, as fast as JavaScript writes it.

const BLOCK = 64;
const LENGTH_AT = 56;

/** The first 32 bits of the fractions of roots of the first `count` primes, which is where the standard takes its constants from. */
function constants(count, root) {
  const found = new Int32Array(count);
  for (let candidate = 2, at = 0; at < count; candidate++) {
    let isPrime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) isPrime &&= candidate % divisor !== 0;
    if (isPrime) found[at++] = (root(candidate) % 1) * 2 ** 32;
  }
  return found;
}

const K = constants(64, Math.cbrt);
const START = constants(8, Math.sqrt);
const state = new Int32Array(8);
const w = new Int32Array(64);

/** Takes one block of `bytes`, from `offset` on, into the state. */
function compress(bytes, offset) {
  for (let t = 0; t < 16; t++, offset += 4) {
    w[t] = (bytes[offset] << 24) | (bytes[offset + 1] << 16) | (bytes[offset + 2] << 8) | bytes[offset + 3];
  }
  for (let t = 16; t < 64; t++) {
    const x = w[t - 15];
    const y = w[t - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[t] = (w[t - 16] + s0 + w[t - 7] + s1) | 0;
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let t = 0; t < 64; t++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + (g ^ (e & (f ^ g))) + K[t] + w[t]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) | (c & (a | b)))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

export function run(input) {
  state.set(START);
  const whole = input.length - (input.length % BLOCK);
  for (let offset = 0; offset < whole; offset += BLOCK) compress(input, offset);

  // What is left, a one bit, zeros, and the length in bits: one block, or two where the length has no room in the first.
  const rest = input.length - whole;
  const last = new Uint8Array(rest < LENGTH_AT ? BLOCK : 2 * BLOCK);
  last.set(input.subarray(whole));
  last[rest] = 0x80;
  const view = new DataView(last.buffer);
  view.setUint32(last.length - 8, input.length / 2 ** 29);
  view.setUint32(last.length - 4, input.length << 3);
  for (let offset = 0; offset < last.length; offset += BLOCK) compress(last, offset);

  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, at) => digest.setInt32(4 * at, word));
  return new Uint8Array(digest.buffer);
}
