//! The exports that every Wasm contender of this suite shares: the job itself, and the parts of its boundary.
//!
//! This crate is no kernel (it has no `kernel.toml`). It exists so that `copy_in`, `copy_out` and
//! `run_resident` cross on exactly the glue that `run` crosses on, in every kernel.

mod panics;

pub use panics::tell_panics;
pub use wasm_bindgen;

/// Exports a kernel function to JavaScript.
///
/// `contender!(job, [u8] => u8)` takes `fn job(&[u8]) -> Result<Vec<u8>, String>`;
/// `contender!(job, str => f32)` takes `fn job(&str) -> Result<Vec<f32>, String>`. It exports:
///
/// - `run(input)`: the job, as any caller would call it; an `Err` is thrown as a JavaScript `Error`;
/// - `copy_in(input)`: crosses with the input and does nothing with it;
/// - `hold(input)`: keeps a copy of the input inside, for `run_resident`;
/// - `run_resident()`: the job on the held input; the answer stays inside and only its length (in items) is returned;
/// - `copy_out(length)`: crosses back with an answer of `length` items.
///
/// A panic is told on the console: see [`tell_panics`].
#[macro_export]
macro_rules! contender {
    ($job:ident, $input:ty => $item:ty) => {
        mod exports {
            use ::std::{cell::RefCell, string::String, vec::Vec};
            use $crate::wasm_bindgen::{self, JsError, prelude::wasm_bindgen};

            ::std::thread_local! {
                static HELD: RefCell<Option<::std::boxed::Box<$input>>> = const { RefCell::new(None) };
            }

            #[wasm_bindgen(start)]
            pub fn start() {
                $crate::tell_panics();
            }

            fn job(input: &$input) -> Result<Vec<$item>, JsError> {
                super::$job(input).map_err(|reason: String| JsError::new(&reason))
            }

            #[wasm_bindgen]
            pub fn run(input: &$input) -> Result<Vec<$item>, JsError> {
                job(input)
            }

            #[wasm_bindgen]
            pub fn copy_in(input: &$input) -> usize {
                ::std::hint::black_box(input).len()
            }

            #[wasm_bindgen]
            pub fn hold(input: &$input) {
                HELD.set(Some(input.into()));
            }

            #[wasm_bindgen]
            pub fn run_resident() -> Result<usize, JsError> {
                HELD.with_borrow(|held| {
                    let held = held.as_deref().ok_or_else(|| JsError::new("run_resident needs hold(input) first"))?;
                    Ok(::std::hint::black_box(job(held)?).len())
                })
            }

            #[wasm_bindgen]
            pub fn copy_out(length: usize) -> Result<Vec<$item>, JsError> {
                // A zeroed or cloned answer would time the filling too, which is the job's own work.
                let mut answer = Vec::<$item>::new();
                answer.try_reserve_exact(length).map_err(|_| JsError::new("copy_out: not that much memory"))?;
                // SAFETY: the capacity was just reserved, every bit pattern is a valid number, and
                // linear memory is always initialised; nothing in Rust reads the items.
                unsafe { answer.set_len(length) };
                Ok(answer)
            }
        }
    };
}
