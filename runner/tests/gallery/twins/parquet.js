import { parquetRead } from 'hyparquet';

export async function rows(file) {
  const { buffer } = file.slice();
  let count = 0;
  await parquetRead({ file: buffer, onComplete: (found) => (count = found.length) });
  return count;
}
