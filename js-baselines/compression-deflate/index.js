// gzip at level 6 with pako, a port of zlib and the faster of the two libraries that most pages would install.

import { gzip } from 'pako';

export function run(input) {
  return gzip(input, { level: 6 });
}
