// One gzip file with pako, a port of zlib and the faster of the two libraries that most pages would install that verifies the checksum as zlib does.

import { ungzip } from 'pako';

export function run(input) {
  return ungzip(input);
}
