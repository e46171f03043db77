// One gzip file through the browser's own stream. Its content comes in pieces, which the answer puts together.

export function unavailable() {
  return typeof DecompressionStream === 'undefined' ? 'DecompressionStream' : undefined;
}

export async function run(input) {
  const stream = new Blob([input]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
