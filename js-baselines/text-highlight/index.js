// The baseline of `text-highlight`: highlight.js, with the two languages of the inputs and no other.

import hljs from 'highlight.js/lib/core';
import javascript from 'highlight.js/lib/languages/javascript';
import rust from 'highlight.js/lib/languages/rust';

hljs.registerLanguage('javascript', javascript);
hljs.registerLanguage('rust', rust);

const MARKER = /^\/\/ language: (\S+)/;
/** What sources of either language are full of, and those of the other hardly ever have. */
const TYPICAL = {
  rust: ['fn ', 'let mut ', 'impl ', 'pub ', '::', '#['],
  javascript: ['function', 'const ', 'var ', '===', '=>', 'export '],
};

/** The source as HTML with a class per token, without its byte order mark. */
export function run(source) {
  const code = source.startsWith('\ufeff') ? source.slice(1) : source;
  const language = MARKER.exec(code)?.[1] ?? guessed(code);
  const { value, errorRaised } = hljs.highlight(code, { language });
  // highlight.js answers its own failure with the plain text, which would pass for an answer.
  if (errorRaised) throw errorRaised;
  return value;
}

/** The language of a source that does not name it. Rust guesses by the same count. */
function guessed(code) {
  const count = (language) => TYPICAL[language].reduce((sum, word) => sum + code.split(word).length - 1, 0);
  const [rust, javascript] = [count('rust'), count('javascript')];
  if (rust === javascript) throw new Error('the source looks neither like JavaScript nor like Rust; name its language in a first line such as `// language: rust`');
  return rust > javascript ? 'rust' : 'javascript';
}
