import { Doc } from 'yjs';
import { type } from '../loaders/typing.js';

export const edit = (words) => type(new Doc().getText('t'), words);
