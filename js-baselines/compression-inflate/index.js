// One gzip file with fflate, the library that most pages would install. It does not verify the checksum.

import { gunzipSync } from 'fflate';

export function run(input) {
  return gunzipSync(input);
}
