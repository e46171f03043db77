// Answers as tokens and back. `javascript.rs` runs this beside the page's own modules.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { demandSameAgain } from './again.js';
import { digest, encode } from './answer.js';
import { decode } from './decode.js';
import { firstCall } from './drain.js';
import { describe } from './failure.js';

const same = async (a, b) => (await digest(await encode(a))) === (await digest(await encode(b)));
const refused = (value) => encode(value).then(() => '', (error) => error.message);

class Parsed {
  constructor(kind, children) {
    Object.assign(this, { kind, children });
  }
}
class Hidden {
  #value;
  constructor(value) {
    this.#value = value;
  }
  get value() {
    return this.#value;
  }
}

test('every kind of answer comes back as it was', async () => {
  const values = [
    null, true, false, -0, NaN, 1e300, 'Grüße 🎉\ufeff', 'half \ud800 a pair', '', 12345678901234567890n, -1n,
    [], [1, 2.5, NaN], [1, 'two', undefined, [null]], {}, { b: 1, a: { '': undefined, 'é.': [0] }, 1: -0 }, { ['__proto__']: 1 },
    Uint8Array.of(1, 255), Int16Array.of(-1), Float32Array.of(0.1, NaN), Float64Array.of(-0, Infinity), BigInt64Array.of(-5n),
    [new ArrayBuffer(3)], [new DataView(new ArrayBuffer(2))], new Map([['k', new Map([[1, 2]])], [{ a: 1 }, new Set()]]), new Set([[1], 'x']),
    new Date(5), /a[/]b/giu, new URL('http://one.test/?q#h'), new URLSearchParams('a=1&b=%20'), Object('text'), Object(1n), Object(false),
  ];
  for (const value of values) assert.deepEqual(decode(await encode(value)), value);
  assert.deepEqual(Object.keys(decode(await encode({ b: 1, c: [], a: 2 }))), ['b', 'c', 'a'], 'in their order');
  assert.equal(String(decode(await encode(new Date(NaN)))), 'Invalid Date');
  const error = decode(await encode(Object.assign(new RangeError('far', { cause: [1] }), { code: 'E' })));
  assert.deepEqual([error.name, error.message, error.cause, error.code], ['RangeError', 'far', [1], 'E']);
  const blob = decode(await encode([new Blob(['ab'], { type: 'text/x' })]))[0];
  assert.deepEqual([blob.type, await blob.text()], ['text/x', 'ab']);
});

test('objects that differ only inside differ, and equal ones do not', async () => {
  const makers = [
    (x) => new URL(`http://${x}.test/`), (x) => new Blob([x]), (x) => new Blob([], { type: x }), (x) => new RegExp(x), (x) => new Error(x),
    (x) => new Error('', { cause: x }), (x) => new AggregateError([x]), (x) => new File([], x), (x) => new URLSearchParams({ x }), (x) => Object(x),
    (x) => new Parsed(x, [new Parsed('leaf', [])]), (x) => `${x}\ud800`, (x) => ({ [`${x}`]: 1 }),
  ];
  for (const make of makers) {
    assert.ok(await same(make('a'), make('a')), String(make));
    assert.ok(!(await same(make('a'), make('b'))), String(make));
    assert.ok(!(await same([make('a')], [make('b')])), String(make));
  }
  assert.ok(!(await same('\ud800', '\ud801')));
  assert.ok(await same(new Parsed('a', [1]), { kind: 'a', children: [1] }), 'the class counts for nothing');
});

test('what cannot be compared is refused with its place and the way out', async () => {
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  for (const [value, words] of [
    [{ a: [1, () => 1] }, /^the answer\.a\[1\] is a function.*--normalize FILE#export.*--same FILE#export/],
    [[Symbol('x')], /^the answer\[0\] is a symbol/],
    [new Hidden(1), /^the answer is an object of a class that shows nothing of what is inside it.*--normalize/],
    [{ x: new WeakMap() }, /^the answer\.x is an object of the class WeakMap/],
    [new (class { get a() { return 1; } })(), /shows nothing/],
    [{ [Symbol('only')]: 1 }, /shows nothing/],
    [[Promise.resolve(1)], /^the answer\[0\] is a promise.*Promise\.all/],
    [{ then() {} }, /is a promise/],
    [[[1].values()], /^the answer\[0\] is an iterator/],
    [new Map([['k', (function* () {})()]]), /^the answer\(entry 0, value\) is an iterator/],
    [[revoked.proxy], /^the answer\[0\] cannot be read: /],
    [{ get bad() { throw new Error('not today'); } }, /^the answer\.bad cannot be read: not today/],
    [Object.create(Map.prototype), /^the answer cannot be read: /],
    [{ __wbg_ptr: 8 }, /pointer into Wasm/],
    [undefined, /did it forget to return/],
  ]) {
    assert.match(await refused(value), words);
  }
});

test('depth is no limit, what contains itself is named, and what is shared is written twice', async () => {
  let deep = { leaf: true };
  for (let i = 0; i < 100_000; i++) deep = i % 2 ? { op: '+', left: deep } : [deep];
  let depth = 0;
  for (let at = decode(await encode(deep)); !at.leaf; at = at.left ?? at[0]) depth++;
  assert.equal(depth, 100_000);
  const shared = { x: 1 };
  assert.ok(await same([shared, shared], [{ x: 1 }, { x: 1 }]));
  const tree = { a: { b: [] } };
  tree.a.b.push(tree.a);
  assert.match(await refused(tree), /^the answer\.a\.b\[0\] is the answer\.a again: what contains itself/);
  const endless = () => ({ get next() { return endless(); } });
  assert.match(await refused(endless()), /^the answer\.next\.next\.next\.next … 999992 levels … \.next\.next\.next\.next is nested deeper than/);
  assert.match(await refused(new Array(10_000_001).fill(null)), /more than 10000000 values/);
});

test('an iterator is drained by the call, and a function that returns none is called as it is', async () => {
  const asked = [];
  function* walk(n) {
    for (let i = 0; i < n; i++) {
      asked.push(i);
      yield i;
    }
  }
  const first = await firstCall(walk, 3);
  assert.deepEqual([first.answer, first.isAsync, first.call(2), asked.length], [[0, 1, 2], false, [0, 1], 5]);
  assert.deepEqual((await firstCall((text) => text.matchAll(/a/g), 'aba')).answer.length, 2);
  const later = await firstCall(async (n) => walk(n), 2);
  assert.deepEqual([later.answer, later.isAsync, await later.call(1)], [[0, 1], true, [0]]);
  async function* slow(n) {
    yield* walk(n);
  }
  const slowly = await firstCall(slow, 2);
  assert.deepEqual([slowly.answer, slowly.isAsync, await slowly.call(1)], [[0, 1], true, [0]]);
  const plain = (n) => [n];
  assert.equal((await firstCall(plain, 1)).call, plain);
  function* endless() {
    for (;;) yield 0;
  }
  await assert.rejects(firstCall(endless), /more than 10000000 items/);
});

test('a function that answers differently each time is reported with the first difference', async () => {
  const again = async (call) => {
    const first = await encode(call());
    return demandSameAgain({ call, argument: undefined, fresh: null }, first, (answer) => answer).then(() => '', (error) => error.message);
  };
  let n = 0;
  assert.equal(await again(() => ({ a: [1, NaN], b: 'x' })), '');
  assert.match(await again(() => `3-0.${n++}`), /answers differently each time.*first "0" from place 4 on, then "1" from place 4 on.*Math\.random/);
  assert.match(await again(() => ({ a: 1, b: { c: n++ } })), /first 2, then 3/);
  assert.match(await again(() => Uint8Array.of(9, n++)), /first \[4\] from place 1 on, then \[5\] from place 1 on/);
  assert.match(await again(() => ({ [`k${n++}`]: 1 })), /its parts have other names/);
  assert.match(await again(() => (n++ % 2 ? [{}] : {})), /first something with [01] items, then something with [01] items/);
  assert.match(await again(() => (n++ % 2 ? 'text' : 5)), /then/);
});

test('whatever is thrown is put into words', () => {
  for (const [value, words] of [
    ['text', 'threw text'],
    [703352, /^threw the number 703352 \(C\+\+/],
    [{ message: 'no luck', code: 5 }, 'threw Object: no luck'],
    [{ code: 5 }, 'threw an object {"code":5}'],
    [{ code: 5n }, 'threw an object with the keys code'],
    [Object.create(null), 'threw an object {}'],
    [null, 'threw null'],
    [new Proxy({}, { getPrototypeOf() { throw new Error('x'); } }), 'threw an object that cannot be read'],
    [new RangeError('far'), 'RangeError: far'],
    [new Proxy({}, { get() { throw new Error('x'); } }), 'threw an object that cannot be read'],
  ]) {
    if (words instanceof RegExp) assert.match(describe(value), words);
    else assert.equal(describe(value), words);
  }
});
