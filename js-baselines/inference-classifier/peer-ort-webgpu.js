// The classifier by ONNX Runtime on the GPU.

import graph from '../../kernels/inference-classifier/model.onnx';
import { contender } from './ort.js';
import { webgpu } from './ort-webgpu.js';

export { unavailable } from './ort-webgpu.js';
export const { setup, run, release } = contender(webgpu, new URL(graph, import.meta.url).href);
