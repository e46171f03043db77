// Compares two gzip files: no two compressors find the same matches, so it is the content that has to be equal.

// How much longer than the expected one a file may be, in percent: a compressor that does worse does less work. So much lies
// between the compressors here at one level.
const LONGER_PERCENT = 4;

/** What differs, in words; null where nothing does. */
export async function check(expected, got) {
  if (!(expected instanceof Uint8Array && got instanceof Uint8Array)) return 'an answer is not a Uint8Array';
  const content = await inflated(expected, Infinity);
  if (content === null) return 'the expected answer is not a gzip file that can be read';
  // A file that holds more is a difference, however much it is.
  const given = await inflated(got, content.length);
  if (given === null) return 'the given answer is not a gzip file that can be read';
  const at = content.findIndex((byte, i) => byte !== given[i]);
  if (at >= 0 && at < given.length) return `inflated, first difference at byte ${at}: expected ${content[at]}, got ${given[at]}`;
  if (content.length !== given.length) {
    return `inflated, expected ${content.length} bytes, got ${given.length} or more; they agree as far as the shorter goes`;
  }
  const percent = 100 * (got.length / expected.length - 1);
  if (percent <= LONGER_PERCENT) return null;
  const lengths = `${got.length} B, ${percent.toFixed(1)} % more than the expected ${expected.length} B`;
  return `the file has ${lengths}: at most ${LONGER_PERCENT} % are allowed`;
}

// The content, or its beginning where there is more than `most`; null where the file is damaged.
async function inflated(file, most) {
  const reader = new Blob([file]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const pieces = [];
  let length = 0;
  try {
    for (let piece = await reader.read(); !piece.done && length <= most; piece = await reader.read()) {
      pieces.push(piece.value);
      length += piece.value.length;
    }
    await reader.cancel();
  } catch {
    return null;
  }
  const content = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    content.set(piece, at);
    at += piece.length;
  }
  return content;
}
