//! What a contender may need beside Rust and a browser.

use serde::{Deserialize, Serialize};

/// Something that a machine may lack. Where it is missing, the contenders that need it are rows that say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extra {
    /// A C compiler for Wasm, for a crate with C in it.
    Clang,
    /// The source of Rust's standard library: threads need it built for them. Follows from the target features.
    #[serde(skip_deserializing)]
    RustSrc,
    /// A browser that computes on the GPU.
    Webgpu,
}

impl Extra {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Clang, Self::RustSrc, Self::Webgpu];

    /// Its name in manifests and tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Clang => "clang",
            Self::RustSrc => "rust-src",
            Self::Webgpu => "webgpu",
        }
    }
}
