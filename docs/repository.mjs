// A preprocessor of mdBook: links that lead out of the book.
//
// Files of the repository that are pages have the same path in the book, so most of their links work as they are. A link to
// anything else, such as source code, leads to the repository if book.toml has `git-repository-url`, and is plain text otherwise.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

if (process.argv[2] === 'supports') process.exit(process.argv[3] === 'html' ? 0 : 1);

const [context, book] = JSON.parse(readFileSync(0, 'utf8'));
const source = join(context.root, context.config.book.src ?? 'src');
const address = context.config.output?.html?.['git-repository-url']?.replace(/\/$/, '');

// Whether a path is a page or a file of the book. That of a folder is its README.md.
const isInBook = (path) => {
  const file = join(source, path);
  return existsSync(file) && (statSync(file).isFile() || existsSync(join(file, 'README.md')));
};

const rewritten = (page, text) =>
  text.replace(/(?<!!)\[((?:[^\][]|\[[^\]]*\])*)\]\(([^)\s]+)\)/g, (link, words, target) => {
    if (/^([a-z]+:|#)/.test(target)) return link;
    const [path, fragment] = target.split('#');
    const whole = normalize(join(dirname(page), path));
    if (isInBook(whole)) {
      // A README.md becomes the index of its folder, and mdBook does not look for it under another name.
      const file = statSync(join(source, whole)).isFile() ? path : `${path.replace(/\/?$/, '/')}README.md`;
      return `[${words}](${file.replace(/README\.md$/, 'index.md')}${fragment ? `#${fragment}` : ''})`;
    }
    return address ? `[${words}](${address}/blob/HEAD/${whole})` : words;
  });

const walk = (items) => {
  for (const { Chapter: chapter } of items.filter((item) => item.Chapter)) {
    // Blocks of code are left as they are.
    const parts = chapter.content.split(/(^```[^]*?^```)/m);
    if (chapter.source_path) chapter.content = parts.map((part, at) => (at % 2 ? part : rewritten(chapter.source_path, part))).join('');
    walk(chapter.sub_items);
  }
};
walk(book.items ?? book.sections);
process.stdout.write(JSON.stringify(book));
