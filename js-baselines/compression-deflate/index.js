// gzip at level 6 with fflate, the faster of the two libraries that most pages would install. Without `mtime` the file would
// hold the time of day.

import { gzipSync } from 'fflate';

export function run(input) {
  return gzipSync(input, { level: 6, mtime: 0 });
}
