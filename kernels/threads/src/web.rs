//! Helpers as web workers, each with an instance of the module on the page's memory.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use crate::Pool;

/// The page's pool.
pub static POOL: Pool = Pool::new();

#[wasm_bindgen(inline_js = r#"
let summoned;

/** Workers that help, one for each core but the page's own; resolves once all have joined. Later calls get the same. */
export function workers(module, memory, most) {
  summoned ??= summon(module, memory, Math.min(navigator.hardwareConcurrency - 1, most));
  return summoned;
}

async function summon(module, memory, count) {
  // Glue and workers are one file, so that whatever bundles it need not know of workers.
  const text = `import init, { help } from ${JSON.stringify(import.meta.url)};
    onmessage = async ({ data: { module, memory } }) => {
      await init({ module_or_path: module, memory });
      help();
    };`;
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const joined = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(url, { type: 'module' });
      worker.onmessage = resolve;
      worker.onerror = ({ message }) => reject(new Error(`a worker did not start: ${message}`));
      worker.postMessage({ module, memory });
    });
  await Promise.all(Array.from({ length: Math.max(count, 0) }, joined));
  URL.revokeObjectURL(url);
}
"#)]
extern "C" {
    fn workers(module: &JsValue, memory: &JsValue, most: u32) -> Promise;
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = postMessage)]
    fn post_message(message: &JsValue);
}

/// Helpers beyond these are not worth their start.
const MOST: u32 = 7;

/// Starts the helpers; the promise is kept once they have joined.
pub fn summon() -> Promise {
    workers(&wasm_bindgen::module(), &wasm_bindgen::memory(), MOST)
}

/// What a worker calls, and never returns from.
#[wasm_bindgen]
pub fn help() {
    POOL.help(|| post_message(&JsValue::NULL));
}
