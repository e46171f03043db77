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

test('a source without that line is taken for what it looks like, and a byte order mark is left out', () => {
  for (const name of ['javascript', 'rust', 'large']) {
    const source = readFileSync(new URL(`../../kernels/text-highlight/inputs/${name}.txt`, import.meta.url), 'utf8');
    const rest = source.slice(source.indexOf('\n') + 1);
    const [named, guessed] = [run(source), run(`\ufeff${rest}`)];
    assert.equal(guessed, named.slice(named.indexOf('\n') + 1), name);
    assert.equal(run(`\ufeff${source}`), named);
  }
  assert.match(run('fn main() {}\n'), /hljs-title function_">main/);
  assert.match(run('!function(){var a=1}()'), /hljs-keyword">function/);
});

test('a source of no known language is an error', () => {
  for (const source of ['', '\n', 'a text\n', '// language: \n', '// language:rust\n']) {
    assert.throws(() => run(source), /looks neither like JavaScript nor like Rust/);
  }
  assert.throws(() => run('// language: klingon\n'), /klingon/);
});
