import { readParquet } from 'parquet-wasm/bundler';
import { rowCount } from './row-count.js';

export const rows = (file) => rowCount(readParquet, file);
