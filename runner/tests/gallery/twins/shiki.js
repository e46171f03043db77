import { createJavaScriptRegexEngine } from '@shikijs/engine-javascript';
import { highlighter } from '../loaders/highlighter.js';

export const { setup, toHtml } = highlighter(() => createJavaScriptRegexEngine());
