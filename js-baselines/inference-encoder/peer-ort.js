// The encoder by ONNX Runtime on the CPU.

import graph from '../../kernels/inference-encoder/model.onnx';
import { contender } from '../inference-classifier/ort.js';
import { wasm } from '../inference-classifier/ort-wasm.js';

export const { setup, run, release } = contender(wasm, new URL(graph, import.meta.url).href);
