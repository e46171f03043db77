// Arithmetic modulo 2^64 on pairs of 32-bit halves. A number is a low and a high half next to each other in an Int32Array.

const TWO_TO_32 = 2 ** 32;

/**
 * The upper half of the product of two unsigned 32-bit numbers.
 *
 * The product as a double is off by 2^10 at most. Its lower half is known exactly, so that what is left after it
 * is taken off is 2^32 times the upper half, and rounding gives that exactly.
 */
function high(a, b) {
  return (((a >>> 0) * (b >>> 0) - (Math.imul(a, b) >>> 0)) / TWO_TO_32 + 0.5) >>> 0;
}

/** `sum += (low, high)` */
export function add(sum, low, high) {
  const total = (sum[0] >>> 0) + (low >>> 0);
  sum[0] = total;
  sum[1] += high + (total >= TWO_TO_32 ? 1 : 0);
}

/** `product *= (low, top)` */
export function multiply(product, low, top) {
  const own = product[0];
  product[1] = high(own, low) + Math.imul(own, top) + Math.imul(product[1], low);
  product[0] = Math.imul(own, low);
}

/** `sum += lower half ^ upper half` of the 128-bit product of a and b. */
export function addFolded(sum, aLow, aHigh, bLow, bHigh) {
  const second = high(aLow, bLow) + (Math.imul(aLow, bHigh) >>> 0) + (Math.imul(aHigh, bLow) >>> 0);
  const third = (Math.imul(aHigh, bHigh) >>> 0) + high(aLow, bHigh) + high(aHigh, bLow) + Math.floor(second / TWO_TO_32);
  const fourth = high(aHigh, bHigh) + Math.floor(third / TWO_TO_32);
  add(sum, Math.imul(aLow, bLow) ^ third, second ^ fourth);
}

/** `word ^= word >> bits`, for 1 to 31 bits. */
export function shiftIn(word, bits) {
  word[0] ^= (word[0] >>> bits) | (word[1] << (32 - bits));
  word[1] ^= word[1] >>> bits;
}

/** `word ^= word >> bits`, for 32 bits and more. */
export function shiftInHigh(word, bits) {
  word[0] ^= word[1] >>> (bits - 32);
}
