// The classifier by ONNX Runtime on the CPU.

import graph from '../../kernels/inference-classifier/model.onnx';
import { contender } from './ort.js';
import { wasm } from './ort-wasm.js';

export const { setup, run, release } = contender(wasm, new URL(graph, import.meta.url).href);
