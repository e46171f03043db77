// One zstd file with fzstd, the library that most pages would install.
//
// `decompress(input)` finds the output's size in the frame by itself. Handing it a buffer of that size
// looks like help, but takes several times as long.

import { decompress } from 'fzstd';

export function run(input) {
  return decompress(input);
}
