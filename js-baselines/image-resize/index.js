// Raw pixels reduced to a width of 512 by pica's Lanczos3, in plain JavaScript.

import pica from 'pica/pica_main';
import { reducer } from './reducer.js';

export const run = reducer(pica({ features: ['js'] }));
