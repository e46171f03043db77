import { createOnigurumaEngine } from '@shikijs/engine-oniguruma';
import { highlighter } from './highlighter.js';

export const { setup, toHtml } = highlighter(() => createOnigurumaEngine(import('@shikijs/engine-oniguruma/wasm-inlined')));
