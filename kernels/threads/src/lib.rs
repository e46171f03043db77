//! Threads for kernels: web workers that share the page's Wasm memory and help with one job at a time.
//!
//! This crate is no kernel (it has no `kernel.toml`). A kernel that uses it is built with the target feature `atomics`,
//! for which the standard library has to be built along with it.

mod pool;
#[cfg(all(target_family = "wasm", target_feature = "atomics"))]
mod web;

pub use pool::Pool;
#[cfg(all(target_family = "wasm", target_feature = "atomics"))]
pub use web::{POOL, summon};
