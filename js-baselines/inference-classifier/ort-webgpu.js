// ONNX Runtime with its WebGPU kernels. Its Wasm waits for the GPU by suspending, which needs JSPI; the build that does
// without is ten megabytes larger.

import * as ort from 'onnxruntime-web/jspi';
import engine from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm';

export const webgpu = { ort, engine: new URL(engine, import.meta.url).href, provider: 'webgpu' };

/** What this browser lacks. An adapter that computes in software counts: what it costs is what such a machine would pay. */
export async function unavailable() {
  if (!('Suspending' in WebAssembly)) return 'JSPI';
  const adapter = await navigator.gpu?.requestAdapter();
  return adapter ? undefined : 'WebGPU';
}
