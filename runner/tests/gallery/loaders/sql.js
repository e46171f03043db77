import initSqlJs from 'sql.js';
import { query } from './query.js';

let sql;

export async function setup() {
  sql = await initSqlJs();
}

export const total = (count) => query(sql, count);
