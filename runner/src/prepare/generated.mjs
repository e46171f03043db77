// Has a generator of the user's make its bytes: reads `request.json` in a folder, and writes `made` beside it.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.argv[1];

function bytesOf(made) {
  if (typeof made === 'string') return new TextEncoder().encode(made);
  if (made instanceof Uint8Array) return made;
  const what = made === null ? 'null' : (made?.constructor?.name ?? typeof made);
  throw new TypeError(`it returned ${what}: return a Uint8Array or a string, as from JSON.stringify()`);
}

try {
  const { entry, most } = JSON.parse(await readFile(join(folder, 'request.json'), 'utf8'));
  const call = (await import(pathToFileURL(join(folder, 'module.mjs'))))[entry];
  if (typeof call !== 'function') throw new TypeError(`the module exports no function \`${entry}\``);
  const bytes = bytesOf(await call(JSON.parse(await readFile(join(folder, 'arguments.json'), 'utf8'))));
  if (bytes.length > most) throw new RangeError(`it made ${bytes.length} bytes: make at most ${most}`);
  await writeFile(join(folder, 'made'), bytes);
  // Timers that it has left would be waited for.
  process.exit(0);
} catch (error) {
  process.stderr.write(`${String(error).replaceAll('\n', ' ')}\n`, () => process.exit(1));
}
