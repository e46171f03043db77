import sqlite3InitModule from '@sqlite.org/sqlite-wasm';

let sqlite;

export async function setup() {
  sqlite = await sqlite3InitModule();
}

export function total(count) {
  const database = new sqlite.oo1.DB();
  database.exec('CREATE TABLE item (price REAL); BEGIN');
  const insert = database.prepare('INSERT INTO item VALUES (?)');
  for (let i = 0; i < count; i++) insert.bind(1, (i * 37) % 101).stepReset();
  insert.finalize();
  const sum = database.exec('COMMIT; SELECT sum(price) FROM item', { returnValue: 'resultRows' })[0][0];
  database.close();
  return sum;
}
