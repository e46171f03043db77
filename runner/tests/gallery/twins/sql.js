// SQLite compiled to JavaScript, without Wasm.
import initSqlJs from 'sql.js/dist/sql-asm.js';
import { query } from '../loaders/query.js';

let sql;

export async function setup() {
  sql = await initSqlJs();
}

export const total = (count) => query(sql, count);
