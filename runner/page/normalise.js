// Answers in a form in which two that mean the same are alike.

const BUILT_IN = { html: canonicalHtml, 'html-text': htmlText };
// Elements whose text is kept to the last space.
const VERBATIM = ['PRE', 'TEXTAREA', 'SCRIPT', 'STYLE'];

/** The function that `spec` names: one of those here, or an export of a module; none leaves answers as they are. */
export async function normaliser(spec) {
  if (!spec) return (answer) => answer;
  if (spec.built_in) return BUILT_IN[spec.built_in];
  return userFunction(spec);
}

/** A function of the user's, from the module that holds it. */
export async function userFunction({ module, entry, named_by }) {
  const call = (await import(module))[entry];
  if (typeof call !== 'function') throw new TypeError(`${named_by}: the module exports no function \`${entry}\``);
  return call;
}

function parsed(answer) {
  if (typeof answer !== 'string') throw new TypeError('--normalize html is for answers that are strings');
  return new DOMParser().parseFromString(answer, 'text/html').body;
}

function spaced(text) {
  return text.replace(/\s+/g, ' ').trim();
}

function htmlText(answer) {
  return spaced(parsed(answer).textContent);
}

// Elements with their attributes in order, and text without the spaces that no reader sees.
function canonicalHtml(answer) {
  const lines = [];
  const write = (node, depth, isVerbatim) => {
    const indent = ' '.repeat(depth);
    if (node.nodeType === Node.TEXT_NODE) {
      const text = isVerbatim ? node.data : spaced(node.data);
      if (text !== '') lines.push(`${indent}${JSON.stringify(text)}`);
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const attributes = [...node.attributes].map(({ name, value }) => ` ${name}=${JSON.stringify(value)}`).sort();
    lines.push(`${indent}<${node.localName}${attributes.join('')}>`);
    node.childNodes.forEach((child) => write(child, depth + 1, isVerbatim || VERBATIM.includes(node.nodeName)));
  };
  parsed(answer).childNodes.forEach((child) => write(child, 0, false));
  return lines.join('\n');
}
