//! What the kernels of the domain image share: raw pixels, their reduction by Lanczos3 and a small Gaussian blur.
//!
//! This crate is no kernel (it has no `kernel.toml`). Both jobs have a scalar and a SIMD passage with the same answers.

mod blur;
mod filter;
mod plane;
mod resize;
mod view;

pub use blur::{blur, blur_rows};
pub use plane::{Extent, Plane};
pub use resize::resize;
pub use view::{View, height_at};
