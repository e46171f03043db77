// The encoder by ONNX Runtime on the GPU.

import graph from '../../kernels/inference-encoder/model.onnx';
import { contender } from '../inference-classifier/ort.js';
import { webgpu } from '../inference-classifier/ort-webgpu.js';

export { unavailable } from '../inference-classifier/ort-webgpu.js';
export const { setup, run, release } = contender(webgpu, new URL(graph, import.meta.url).href);
