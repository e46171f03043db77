// One gzip file with pako, a port of zlib that verifies the checksum as zlib does.

import { ungzip } from 'pako';

export function run(input) {
  return ungzip(input);
}
