import { SourceMapConsumer } from 'source-map-js';

export function originals(text) {
  const found = [];
  new SourceMapConsumer(text).eachMapping(({ originalLine, originalColumn }) => found.push(originalLine, originalColumn));
  return found;
}
