import init, { readParquet } from 'parquet-wasm/esm';
import { rowCount } from './row-count.js';

export const setup = () => init();
export const rows = (file) => rowCount(readParquet, file);
