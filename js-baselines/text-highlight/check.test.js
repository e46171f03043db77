// `node --test js-baselines/text-highlight/`: tags may differ, and the text may not.

import assert from 'node:assert/strict';
import test from 'node:test';

import { check } from './check.js';

const reason = (html) => check('', html).replace('the answer is not HTML: ', '');

test('tags may differ and nest', () => {
  const one = '<span class="a">fn <span class=\'b\'>main</span></span>()';
  assert.equal(check(one, '<b>fn</b> main<i>()</i><br/>'), null);
  assert.equal(check('', '<b></b>'), null);
  assert.match(check('<b>a</b>', '<b>b</b>'), /^the texts differ/);
});

test('a tag ends outside its quotes', () => {
  assert.equal(check('<a title="x > y" alt=\'">\'>z</a>', 'z'), null);
});

test('entities are decoded once', () => {
  assert.equal(check('&lt;&gt;&amp;&quot;&apos;&#39;&#x27;&#X27;&#215;', '&#60;&#62;&#38;"\'\'\'\'×'), null);
  assert.match(check('&amp;lt;', '&lt;'), /expected "&lt;", got "<"$/);
  assert.equal(check('a && b &', 'a &amp;&amp; b &amp;'), null);
});

test('what is not HTML is an error that names the place', () => {
  assert.equal(reason('ab<span class="x>'), 'character 2: a tag without an end');
  assert.equal(reason('×<span'), 'character 1: a tag without an end');
  assert.match(reason('1 < 2'), /^character 2: a `<` that begins no tag/);
  assert.match(reason('<'), /^character 0: a `<` that begins no tag/);
  assert.equal(reason('x &lt y'), 'character 2: the entity `&lt` has no semicolon');
  for (const unknown of ['&bogus;', '&#;', '&#', '&#x110000;', '&#xd800;', '&#-1;', '&#99999999999;', '&constructor;']) {
    assert.notEqual(check('', unknown).match(/^the answer is not HTML: character 0: /), null, unknown);
  }
});

test('the first difference is shown', () => {
  assert.equal(check('<b>ab</b>c\n', 'abd'), 'the texts differ from character 2 on (line 1): expected "c\\n", got "d"');
  assert.equal(check('ab', 'a'), 'the texts differ from character 1 on (line 1): expected "b", got ""');
  assert.equal(check('a', 'ab'), 'the texts differ from character 1 on (line 1): expected "", got "b"');
  assert.match(check('<', 'a'), /^the expected answer is not HTML: character 0/);
  assert.equal(check('a', new Uint8Array(1)), 'an answer is not a string');
});
