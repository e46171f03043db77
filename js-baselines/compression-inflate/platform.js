// One gzip file through the browser's own stream. Its content comes in pieces, which the answer puts together.

import { withoutPadding } from './padding.js';

export function unavailable() {
  return typeof DecompressionStream === 'undefined' ? 'DecompressionStream' : undefined;
}

export async function run(input) {
  try {
    return await inflated(input);
  } catch (error) {
    return (await unpadded(input)) ?? Promise.reject(await reason(input, error));
  }
}

/** The content of a file with zeros after its end, which the stream takes for damage; it verifies that an end is the right one. */
async function unpadded(input) {
  for (const file of withoutPadding(input)) {
    const content = file.length < input.length && (await inflated(file).catch(() => undefined));
    if (content) return content;
  }
}

const stream = (file) => new Blob([file]).stream().pipeThrough(new DecompressionStream('gzip'));

async function inflated(file) {
  return new Uint8Array(await new Response(stream(file)).arrayBuffer());
}

/** Why `file` cannot be inflated. A `Response` hides it ("Failed to fetch"); the stream itself does not. */
async function reason(file, hidden) {
  const reader = stream(file).getReader();
  try {
    while (!(await reader.read()).done);
    return hidden;
  } catch (error) {
    return error;
  }
}
