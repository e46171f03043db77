// gzip through the browser's own stream, whose level cannot be chosen. The file comes in pieces, which the answer puts
// together.

export function unavailable() {
  return typeof CompressionStream === 'undefined' ? 'CompressionStream' : undefined;
}

export async function run(input) {
  const stream = new Blob([input]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
