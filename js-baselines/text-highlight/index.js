// The baseline of `text-highlight`: highlight.js, with the two languages of the inputs and no other.

import hljs from 'highlight.js/lib/core';
import javascript from 'highlight.js/lib/languages/javascript';
import rust from 'highlight.js/lib/languages/rust';

hljs.registerLanguage('javascript', javascript);
hljs.registerLanguage('rust', rust);

const MARKER = /^\/\/ language: (\S+)/;

/** The source as HTML with a class per token; its first line names its language. */
export function run(source) {
  const language = MARKER.exec(source)?.[1];
  if (!language) throw new Error('the first line has to name the language, as in `// language: rust`');
  const { value, errorRaised } = hljs.highlight(source, { language });
  // highlight.js answers its own failure with the plain text, which would pass for an answer.
  if (errorRaised) throw errorRaised;
  return value;
}
