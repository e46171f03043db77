// CRC-32 (ISO-HDLC, that of gzip) of eight bytes at a time: a table for each of their places.

const PLACES = 8;
const POLYNOMIAL = 0xedb88320;

const TABLES = Array.from({ length: PLACES }, () => new Int32Array(256));
for (let byte = 0; byte < 256; byte++) {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  TABLES[0][byte] = crc;
}
for (let place = 1; place < PLACES; place++) {
  for (let byte = 0; byte < 256; byte++) {
    const before = TABLES[place - 1][byte];
    TABLES[place][byte] = TABLES[0][before & 255] ^ (before >>> 8);
  }
}
const [T0, T1, T2, T3, T4, T5, T6, T7] = TABLES;

/** The checksum of `bytes` from `start` to `end`. */
export function checksum(bytes, start, end) {
  let crc = -1;
  let at = start;
  for (const last = end - PLACES; at <= last; at += PLACES) {
    crc ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    crc =
      T7[crc & 255] ^
      T6[(crc >>> 8) & 255] ^
      T5[(crc >>> 16) & 255] ^
      T4[crc >>> 24] ^
      T3[bytes[at + 4]] ^
      T2[bytes[at + 5]] ^
      T1[bytes[at + 6]] ^
      T0[bytes[at + 7]];
  }
  for (; at < end; at++) crc = T0[(crc ^ bytes[at]) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}
