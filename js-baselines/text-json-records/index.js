// NDJSON to objects with the browser's own JSON.parse, as everybody writes it.

const decoder = new TextDecoder();

export function run(input) {
  const lines = decoder.decode(input).trimEnd().split('\n');
  try {
    return lines.map((line) => JSON.parse(line));
  } catch (error) {
    // Only a file that fails is searched for lines without a record.
    const records = lines.filter((line) => line.trim() !== '');
    if (records.length === lines.length) throw error;
    return records.map((line) => JSON.parse(line));
  }
}
