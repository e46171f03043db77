import { YDoc } from 'ywasm';
import { type } from './typing.js';

export const edit = (words) => type(new YDoc().getText('t'), words);
