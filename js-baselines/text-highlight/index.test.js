// `node --test js-baselines/text-highlight/`: tokens get classes, the text stays what it was, and a language is needed.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { run } from './index.js';

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'", '&amp;': '&' };

test('the inputs are highlighted and keep their text', () => {
  for (const name of ['javascript', 'rust', 'large']) {
    const source = readFileSync(new URL(`../../kernels/text-highlight/inputs/${name}.txt`, import.meta.url), 'utf8');
    const html = run(source);
    assert.ok(html.startsWith(`<span class="hljs-comment">${source.split('\n')[0]}</span>`), html.slice(0, 80));
    assert.ok(html.split('<span').length > 500, `${name} has hardly any tokens`);
    assert.equal(html.replace(/<[^>]*>/g, '').replace(/&[^;]+;/g, (entity) => ENTITIES[entity]), source);
  }
});

test('a source that names no known language is an error', () => {
  for (const source of ['', 'fn main() {}\n', '// language: \n', '// language:rust\n']) {
    assert.throws(() => run(source), /has to name the language/);
  }
  assert.throws(() => run('// language: klingon\n'), /klingon/);
});
