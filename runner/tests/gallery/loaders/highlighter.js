import { createHighlighterCore } from '@shikijs/core';
import json from '@shikijs/langs/json';

const theme = {
  name: 'plain',
  settings: [
    { scope: 'string', settings: { foreground: '#aa3311' } },
    { scope: 'constant', settings: { foreground: '#116633' } },
  ],
};

/** What highlights with the engine that `engine` makes. */
export function highlighter(engine) {
  let core;
  return {
    async setup() {
      core = await createHighlighterCore({ themes: [theme], langs: [json], engine: await engine() });
    },
    toHtml: (text) => core.codeToHtml(text, { lang: 'json', theme: theme.name }),
  };
}
