//! The exports that Wasm contenders of this suite share: the job itself, and the parts of its boundary.
//!
//! This crate is no kernel (it has no `kernel.toml`). It exists so that `copy_in`, `copy_out` and
//! `run_resident` cross on exactly the glue that `run` crosses on, in every kernel.

mod answer;
mod panics;
mod place;

pub use answer::{Answer, Number};
pub use panics::tell_panics;
pub use place::draw_place;
pub use wasm_bindgen;

/// Exports a kernel function to JavaScript.
///
/// `contender!(job, [u8] => Vec<u8>)` takes `fn job(&[u8]) -> Result<Vec<u8>, String>`;
/// `contender!(job, str => String)` takes `fn job(&str) -> Result<String, String>`. Any [`Answer`] will do. It exports:
///
/// - `run(input)`: the job, as any caller would call it; an `Err` is thrown as a JavaScript `Error`;
/// - `copy_in(input)`: crosses with the input and does nothing with it;
/// - `hold(input)`: keeps a copy of the input inside, for `run_resident`;
/// - `run_resident()`: the job on the held input; the answer stays inside and only the number of its items is returned;
/// - `copy_out(length)`: crosses back with an answer of `length` items.
///
/// A kernel whose answer can't be made up from its length exports `copy_out_held()` instead: it crosses back with what
/// `hold` has kept.
///
/// A kernel that holds something for a session exports `setup(assets)` and `release()` itself: the first takes it in, the
/// second gives all of it back, and after another `setup` the job works again.
///
/// A panic is printed on the console: see [`tell_panics`]. With `; start = path` that function is called first of all.
#[macro_export]
macro_rules! contender {
    ($job:ident, $input:ty => $answer:ty $(; start = $start:path)?) => {
        mod exports {
            use ::std::cell::RefCell;
            use $crate::Answer;
            use $crate::wasm_bindgen::{self, JsError, prelude::wasm_bindgen};

            ::std::thread_local! {
                static HELD: RefCell<Option<::std::boxed::Box<$input>>> = const { RefCell::new(None) };
            }

            #[wasm_bindgen(start)]
            pub fn start() {
                $($start();)?
                $crate::tell_panics();
            }

            fn job(input: &$input) -> Result<$answer, JsError> {
                super::$job(input).map_err(|reason: ::std::string::String| JsError::new(&reason))
            }

            #[wasm_bindgen]
            pub fn run(input: &$input) -> Result<$answer, JsError> {
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
                    Ok(::std::hint::black_box(job(held)?).items())
                })
            }

            #[wasm_bindgen]
            pub fn copy_out(length: usize) -> Result<$answer, JsError> {
                <$answer>::made_up(length).ok_or_else(|| JsError::new("copy_out: not that much memory"))
            }
        }
    };
}
