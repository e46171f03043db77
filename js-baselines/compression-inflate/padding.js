// Zeros after a gzip file's last member, as some archives have them: gzip leaves them out, while fflate and browsers do not.

/** A member ends with its checksum and its length. */
const TRAILER_BYTES = 8;
/** All of these may be zeros, and of no content the byte before them, too. */
const MAX_ZEROS = TRAILER_BYTES + 1;
/** No deflate stream is longer than this, inflated, for each of its bytes. */
const MAX_RATIO = 1032;

/** The length that the trailer of `file` states. */
export function statedLength(file) {
  const [a, b, c, d] = file.subarray(-4);
  return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
}

/** What `file` may be without its padding, shortest first: its own end may have zeros, too. */
export function* withoutPadding(file) {
  let end = file.length;
  while (end > 0 && file[end - 1] === 0) end -= 1;
  for (const last = Math.min(end + MAX_ZEROS, file.length); end <= last; end += 1) {
    const candidate = file.subarray(0, end);
    if (end > TRAILER_BYTES && statedLength(candidate) <= MAX_RATIO * end) yield candidate;
  }
}
