// Raw pixels reduced to a width of 512 by pica's own Wasm, which comes within its JavaScript as text.

import pica from 'pica/pica_main';
import { reducer } from './reducer.js';

// pica 10.0.3 copies all of the buffer behind the pixels, so they have to have one of their own.
export const run = reducer(pica({ features: ['wasm'] }), (data) => data.slice());
