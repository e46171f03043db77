// gzip at level 6 with pako, a port of zlib: slower than fflate here, and its files are shorter.

import { gzip } from 'pako';

export function run(input) {
  return gzip(input, { level: 6 });
}
