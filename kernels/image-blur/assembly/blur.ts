// A 5-tap Gaussian (binomial: 1 4 6 4 1) across and down in AssemblyScript: four channels in each 64-bit number, as in the
// scalar Rust. 256 times 255, and half of 256 for rounding, fit in 16 bits.

const HEADER_BYTES = 8;
const REACH = 2;
const TAPS = 5;
const BYTE_LANES: u64 = 0x00ff_00ff_00ff_00ff;
const WORD_LANES: u64 = 0x0000_ffff_0000_ffff;
/** Half of 256 in each lane. */
const HALF: u64 = 0x0080_0080_0080_0080;

/** The four channels of a pixel, 16 bits each. */
// @ts-ignore: decorator
@inline
function spread(pixel: u32): u64 {
  let lanes = <u64>pixel;
  lanes = (lanes | (lanes << 16)) & WORD_LANES;
  return (lanes | (lanes << 8)) & BYTE_LANES;
}

/** A pixel of what the upper byte of each lane holds. */
// @ts-ignore: decorator
@inline
function gather(lanes: u64): u32 {
  lanes = (lanes >> 8) & BYTE_LANES;
  lanes = (lanes | (lanes >> 8)) & WORD_LANES;
  return <u32>(lanes | (lanes >> 16));
}

// @ts-ignore: decorator
@inline
function weigh(a: u64, b: u64, c: u64, d: u64, e: u64): u64 {
  return a + e + ((b + d) << 2) + (c << 2) + (c << 1);
}

// @ts-ignore: decorator
@inline
function held(at: i32, last: i32): i32 {
  return max(min(at, last), 0);
}

/** Blurs the row of pixels at `from` along itself, into 16 times the levels at `sums`. */
function across(from: usize, width: i32, sums: usize): void {
  const last = width - 1;
  const first = spread(load<u32>(from));
  let a = first;
  let b = first;
  let c = first;
  let d = spread(load<u32>(from + (<usize>held(1, last) << 2)));
  for (let x = 0; x < width; x++) {
    const e = spread(load<u32>(from + (<usize>held(x + REACH, last) << 2)));
    store<u64>(sums + (<usize>x << 3), weigh(a, b, c, d, e));
    a = b;
    b = c;
    c = d;
    d = e;
  }
}

/** `input` is width and height as little-endian 32-bit numbers, then RGBA; the answer is RGBA alone. */
export function run(input: Uint8Array): Uint8Array {
  if (input.length < HEADER_BYTES) throw new RangeError('too few bytes for a width and a height');
  const width = load<i32>(input.dataStart);
  const height = load<i32>(input.dataStart, 4);
  if (width <= 0 || height <= 0 || <i64>width * height * 4 != input.length - HEADER_BYTES) {
    throw new RangeError('not as many pixels as the width and the height say');
  }
  const pixels = input.dataStart + HEADER_BYTES;
  const rowBytes = <usize>width << 2;
  const blurred = new Uint8Array(input.length - HEADER_BYTES);
  // The last five rows, each blurred across once.
  const ring = new StaticArray<u64>(width * TAPS);
  const sums = changetype<usize>(ring);
  const sumBytes = <usize>width << 3;
  const last = height - 1;
  let done = 0;
  for (let y = 0; y < height; y++) {
    for (; done <= min(y + REACH, last); done++) {
      across(pixels + <usize>done * rowBytes, width, sums + <usize>(done % TAPS) * sumBytes);
    }
    const row0 = sums + <usize>(held(y - 2, last) % TAPS) * sumBytes;
    const row1 = sums + <usize>(held(y - 1, last) % TAPS) * sumBytes;
    const row2 = sums + <usize>(y % TAPS) * sumBytes;
    const row3 = sums + <usize>(held(y + 1, last) % TAPS) * sumBytes;
    const row4 = sums + <usize>(held(y + 2, last) % TAPS) * sumBytes;
    const to = blurred.dataStart + <usize>y * rowBytes;
    for (let x = 0; x < width; x++) {
      const at = <usize>x << 3;
      const lanes = weigh(load<u64>(row0 + at), load<u64>(row1 + at), load<u64>(row2 + at), load<u64>(row3 + at), load<u64>(row4 + at));
      store<u32>(to + (<usize>x << 2), gather(lanes + HALF));
    }
  }
  return blurred;
}
