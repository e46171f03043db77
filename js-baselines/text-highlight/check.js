// Compares two pieces of HTML by their text: two highlighters name their tags as they like, but neither may change the source.
//
// This is stricter than a browser: a tag without an end, a `<` that begins none and an unknown entity are errors, because a
// highlighter that leaves such behind has not escaped the source.

// How many characters of a text are shown.
const SHOWN = 24;

/** What differs, in words; null where nothing does. */
export function check(expected, got) {
  if (typeof expected !== 'string' || typeof got !== 'string') return 'an answer is not a string';
  const [wanted, given] = [textOf(expected), textOf(got)];
  if (wanted.error) return `the expected answer is not HTML: ${wanted.error}`;
  if (given.error) return `the answer is not HTML: ${given.error}`;
  return wanted.text === given.text ? null : difference([...wanted.text], [...given.text]);
}

function difference(expected, got) {
  const first = expected.findIndex((character, i) => character !== got[i]);
  const at = first < 0 ? expected.length : first;
  const line = expected.slice(0, at).filter((character) => character === '\n').length + 1;
  const from = (text) => JSON.stringify(text.slice(at, at + SHOWN).join(''));
  return `the texts differ from character ${at} on (line ${line}): expected ${from(expected)}, got ${from(got)}`;
}

// A whole tag, whose end is outside its quotes; an entity, with its semicolon or without; or what begins one of them.
const PART = /<\/?[a-z](?:"[^"]*"|'[^']*'|[^'">])*>|<(?<tag>\/?[a-z])?|&(?<name>#?[a-z\d]+)(?<end>;)?|&#/gi;

function textOf(html) {
  let error = null;
  const text = html.replace(PART, (part, ...rest) => {
    const [{ tag, name, end }, place] = [rest.at(-1), rest.at(-3)];
    const decoded = part.startsWith('&') ? decode(name, end) : tagText(part, tag);
    error ??= decoded.error ? `character ${place}: ${decoded.error}` : null;
    return decoded.text ?? part;
  });
  return { text, error };
}

function tagText(part, begun) {
  if (part.endsWith('>')) return { text: '' };
  return { error: begun ? 'a tag without an end' : 'a `<` that begins no tag; in text it has to be `&lt;`' };
}

const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

function decode(name = '#', end) {
  const shown = name.slice(0, SHOWN);
  if (name !== '#' && !end) return { error: `the entity \`&${shown}\` has no semicolon` };
  const text = Object.hasOwn(NAMED, name) ? NAMED[name] : numbered(name);
  return text === null ? { error: `\`&${shown};\` is not an entity that is known here` } : { text };
}

function numbered(name) {
  const [, hex, decimal] = /^#(?:x([\da-f]+)|(\d+))$/i.exec(name) ?? [];
  const code = hex ? parseInt(hex, 16) : parseInt(decimal, 10);
  const isCharacter = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : null;
}
