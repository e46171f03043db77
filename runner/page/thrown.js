//# allFunctionsCalledOnLoad
// What was thrown that is no `Error`: an exception of Wasm's own, a number, an object, a text.

// The tags that Wasm's exceptions have, by the names that instances export them by.
const tags = new Map();
const LONGEST = 200;
const MOST_PARTS = 10;

/** Takes note of the tags among what an instance exports, so that its exceptions have names. */
export function keepTags(exports) {
  if (typeof WebAssembly.Tag !== 'function') return;
  for (const [name, tag] of Object.entries(exports ?? {})) {
    if (tag instanceof WebAssembly.Tag) tags.set(tag, name);
  }
}

/** What `value`, which was thrown, is, for a person. */
export function thrown(value) {
  try {
    return wordsOf(value);
  } catch {
    // Its own code runs when it is looked at, and fails in its turn.
    return 'threw an object that cannot be read';
  }
}

function wordsOf(value) {
  if (typeof WebAssembly.Exception === 'function' && value instanceof WebAssembly.Exception) return ofException(value);
  if (typeof value === 'number') {
    return `threw the number ${value} (C++ that Emscripten compiled throws the address of its exception as a number)`;
  }
  if (typeof value !== 'object' || value === null) return `threw ${String(value)}`;
  const { name = value.constructor?.name, message } = value;
  if (message) return shortened(`threw ${name || 'an object'}: ${message}`);
  return shortened(`threw an object ${partsOfObject(value)}`);
}

// JSON has no form for every object.
function partsOfObject(value) {
  try {
    return JSON.stringify(value);
  } catch {
    return `with the keys ${Object.keys(value).join(', ')}`;
  }
}

function ofException(exception) {
  const found = [...tags].find(([tag]) => exception.is(tag));
  const isOfJavaScript = WebAssembly.JSTag && exception.is(WebAssembly.JSTag);
  if (isOfJavaScript) return `threw through Wasm: ${wordsOf(exception.getArg(WebAssembly.JSTag, 0))}`;
  if (!found) return 'threw an exception of Wasm whose tag the module does not export; help: export the tag to see which one, and with what';
  const [tag, name] = found;
  const parts = partsOf(exception, tag);
  return shortened(`threw the exception \`${name}\` of Wasm${parts.length > 0 ? ` with ${parts.join(', ')}` : ''}`);
}

// How many there are is known only from asking for one too many.
function partsOf(exception, tag) {
  const parts = [];
  try {
    while (parts.length < MOST_PARTS) parts.push(String(exception.getArg(tag, parts.length)));
  } catch {
    return parts;
  }
  return parts;
}

function shortened(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
