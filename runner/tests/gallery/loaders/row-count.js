/** Reads every row of a Parquet file with `readParquet` and counts them. */
export function rowCount(readParquet, file) {
  const table = readParquet(file);
  const batches = table.recordBatches();
  const count = batches.reduce((all, batch) => all + batch.numRows, 0);
  for (const batch of batches) batch.free();
  return count;
}
