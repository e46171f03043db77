/** Fills a table and asks for a sum over it. */
export function query(sql, count) {
  const database = new sql.Database();
  database.run('CREATE TABLE item (price REAL)');
  database.run('BEGIN');
  const insert = database.prepare('INSERT INTO item VALUES (?)');
  for (let i = 0; i < count; i++) insert.run([(i * 37) % 101]);
  insert.free();
  database.run('COMMIT');
  const [{ values }] = database.exec('SELECT sum(price) FROM item');
  database.close();
  return values[0][0];
}
