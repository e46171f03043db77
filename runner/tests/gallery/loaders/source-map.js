import { SourceMapConsumer } from 'source-map';
import mappings from 'source-map/lib/mappings.wasm?url';

export function setup() {
  SourceMapConsumer.initialize({ 'lib/mappings.wasm': mappings });
}

export async function originals(text) {
  const found = [];
  await SourceMapConsumer.with(text, null, (map) =>
    map.eachMapping(({ originalLine, originalColumn }) => found.push(originalLine, originalColumn)),
  );
  return found;
}
