// Files that a bundle names and that lie beside a module of it: it may fetch them from beside itself.
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const LARGEST = 256 * 2 ** 20;
const MOST = 40;
// A name this short would be found anywhere.
const SHORTEST = 5;
const NEVER = /\.(map|md|markdown|ts|tsx|mts|cts|flow|json5|lock|txt|toml|html)$|^(package(-lock)?|tsconfig)\.json$|^LICEN[CS]E/i;

/** `{ path, name }` of each. */
export function companions(inputs, text, emitted) {
  const own = new Set(inputs);
  const found = new Map();
  for (const folder of new Set(inputs.map((input) => dirname(input)))) {
    for (const path of filesBelow(folder, 1)) {
      const name = basename(path);
      if (own.has(path) && !path.endsWith('.wasm')) continue;
      if (name.length < SHORTEST || NEVER.test(name) || emitted.has(path) || found.has(name)) continue;
      if (text.includes(name) && statSync(path).size <= LARGEST) found.set(name, path);
      if (found.size === MOST) return listed(found);
    }
  }
  return listed(found);
}

function listed(found) {
  return [...found].map(([name, path]) => ({ path, name }));
}

function filesBelow(folder, depth) {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isFile()) return [path];
    const isLookedInto = entry.isDirectory() && depth > 0 && entry.name !== 'node_modules' && !entry.name.startsWith('.');
    return isLookedInto ? filesBelow(path, depth - 1) : [];
  });
}
