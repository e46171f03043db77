// ONNX Runtime with its CPU kernels, in Wasm with SIMD.

import * as ort from 'onnxruntime-web/wasm';
import engine from 'onnxruntime-web/ort-wasm-simd-threaded.wasm';

export const wasm = { ort, engine: new URL(engine, import.meta.url).href, provider: 'wasm' };
