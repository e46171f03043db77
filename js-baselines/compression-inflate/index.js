// One gzip file with pako, a port of zlib and the faster of the two libraries that most pages would install. It verifies the
// checksum.

import { ungzip } from 'pako';

export function run(input) {
  return ungzip(input);
}
