// One gzip file with fflate, which is smaller than pako. It does not verify the checksum.

import { gunzipSync } from 'fflate';

export function run(input) {
  return gunzipSync(input);
}
