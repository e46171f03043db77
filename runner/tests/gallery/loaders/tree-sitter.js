import { Language, Parser } from 'web-tree-sitter';
import grammar from 'tree-sitter-json/tree-sitter-json.wasm?url';

let parser;

export async function setup() {
  await Parser.init();
  parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
}

export function nodes(text) {
  const tree = parser.parse(text);
  const count = tree.rootNode.descendantCount;
  tree.delete();
  return count;
}
