// Checks the built book: every link, picture and anchor in its pages leads somewhere. `node docs/check.mjs` after `mdbook build docs`.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const book = fileURLToPath(new URL('book', import.meta.url));
const pages = readdirSync(book, { recursive: true })
  .filter((name) => name.endsWith('.html') && !/^(404|print|toc)\.html$/.test(name))
  .map((name) => join(book, name));

const texts = new Map(pages.map((page) => [page, readFileSync(page, 'utf8')]));
const hasAnchor = (page, anchor) => texts.get(page)?.includes(`id="${anchor}"`);

function wrong(page, target) {
  const [path, anchor] = target.split('#');
  const file = path ? join(dirname(page), path) : page;
  if (!existsSync(file) || !statSync(file).isFile()) return 'leads nowhere';
  if (anchor && !hasAnchor(file, anchor)) return 'has no such anchor';
  return null;
}

const dead = [];
for (const [page, text] of texts) {
  const main = text.slice(text.indexOf('<main>'), text.indexOf('</main>'));
  for (const [, target] of main.matchAll(/(?:href|src)="([^"]+)"/g)) {
    const why = /^[a-z]+:/.test(target) ? null : wrong(page, decodeURIComponent(target));
    if (why) dead.push(`${relative(book, page)}: ${target} ${why}`);
  }
}
console.log(dead.length ? dead.join('\n') : `${pages.length} pages without a dead link`);
process.exitCode = dead.length ? 1 : 0;
