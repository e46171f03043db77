// SHA-256 (FIPS 180-4) in AssemblyScript: the algorithm of the Rust and of the controlled JavaScript.

const BLOCK = 64;
const LENGTH_AT = 56;

// The first 32 bits of the fractions of the cube roots of the first 64 primes, and of the square roots of the first 8.
const K: StaticArray<u32> = constants(64, true);
const START: StaticArray<u32> = constants(8, false);
const state = new StaticArray<u32>(8);
const w = new StaticArray<u32>(64);

function constants(count: i32, isCubic: bool): StaticArray<u32> {
  const found = new StaticArray<u32>(count);
  for (let candidate = 2, at = 0; at < count; candidate++) {
    let isPrime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) isPrime = isPrime && candidate % divisor != 0;
    if (!isPrime) continue;
    const root = isCubic ? Math.cbrt(candidate) : Math.sqrt(candidate);
    found[at++] = <u32>((root - Math.floor(root)) * 4294967296.0);
  }
  return found;
}

/** Takes the 64 bytes at `address` into the state. */
function compress(address: usize): void {
  for (let t = 0; t < 16; t++) unchecked((w[t] = bswap(load<u32>(address + (t << 2)))));
  for (let t = 16; t < 64; t++) {
    const x = unchecked(w[t - 15]);
    const y = unchecked(w[t - 2]);
    const s0 = rotr(x, 7) ^ rotr(x, 18) ^ (x >> 3);
    const s1 = rotr(y, 17) ^ rotr(y, 19) ^ (y >> 10);
    unchecked((w[t] = w[t - 16] + s0 + w[t - 7] + s1));
  }
  let a = unchecked(state[0]);
  let b = unchecked(state[1]);
  let c = unchecked(state[2]);
  let d = unchecked(state[3]);
  let e = unchecked(state[4]);
  let f = unchecked(state[5]);
  let g = unchecked(state[6]);
  let h = unchecked(state[7]);
  for (let t = 0; t < 64; t++) {
    const s1 = rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25);
    const t1 = h + s1 + (g ^ (e & (f ^ g))) + unchecked(K[t]) + unchecked(w[t]);
    const s0 = rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22);
    const t2 = s0 + ((a & b) | (c & (a | b)));
    h = g;
    g = f;
    f = e;
    e = d + t1;
    d = c;
    c = b;
    b = a;
    a = t1 + t2;
  }
  unchecked((state[0] += a));
  unchecked((state[1] += b));
  unchecked((state[2] += c));
  unchecked((state[3] += d));
  unchecked((state[4] += e));
  unchecked((state[5] += f));
  unchecked((state[6] += g));
  unchecked((state[7] += h));
}

/** The digest of `input`. */
export function run(input: Uint8Array): Uint8Array {
  for (let i = 0; i < 8; i++) unchecked((state[i] = START[i]));
  const whole = input.length - (input.length % BLOCK);
  for (let offset = 0; offset < whole; offset += BLOCK) compress(input.dataStart + offset);

  // What is left, a one bit, zeros, and the length in bits: one block, or two where the length has no room in the first.
  const rest = input.length - whole;
  const last = new Uint8Array(rest < LENGTH_AT ? BLOCK : 2 * BLOCK);
  last.set(input.subarray(whole));
  last[rest] = 0x80;
  store<u64>(last.dataStart + last.length - 8, bswap((<u64>input.length) << 3));
  for (let offset = 0; offset < last.length; offset += BLOCK) compress(last.dataStart + offset);

  const digest = new Uint8Array(32);
  for (let i = 0; i < 8; i++) store<u32>(digest.dataStart + (i << 2), bswap(unchecked(state[i])));
  return digest;
}
