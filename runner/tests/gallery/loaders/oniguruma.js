import { loadWASM, OnigScanner } from 'vscode-oniguruma';
import address from 'vscode-oniguruma/release/onig.wasm?url';

let scanner;

export async function setup() {
  await loadWASM(await fetch(address));
  scanner = new OnigScanner(['\\d+', '[a-z]+']);
}

export function tokens(text) {
  const found = [];
  for (let match, at = 0; (match = scanner.findNextMatchSync(text, at)); ) {
    const [{ start, end }] = match.captureIndices;
    found.push([match.index, start, end]);
    at = end;
  }
  return found;
}
