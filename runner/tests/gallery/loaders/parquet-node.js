import { readParquet } from 'parquet-wasm/node';
import { rowCount } from './row-count.js';

export const rows = (file) => rowCount(readParquet, file);
