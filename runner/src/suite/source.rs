//! What contenders are built from.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::levels::{OptLevel, WasmOpt};
use crate::protocol::{Init, Way};

/// How a module is found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ModuleTarget {
    /// By path: a module, a `.wasm` file or a package's folder.
    Path {
        /// Its path.
        path: PathBuf,
    },
    /// By the name that an `import` in a folder would use: an installed package.
    Package {
        /// The folder.
        folder: PathBuf,
        /// The package's name, with a path below it if one is meant.
        name: String,
    },
}

/// What a contender is built from.
#[derive(Debug, Clone)]
pub enum ContenderSource {
    /// An ES module.
    Module(PathBuf),
    /// A module that is used as it is, with everything that it loads. How it is started is found out in the page.
    Package(ModuleTarget),
    /// The same, with all its exports kept.
    Whole(ModuleTarget),
    /// A module whose default export gets the compiled `.wasm` file of the same name.
    Handed(PathBuf),
    /// One file in a language other than Rust. Its extension says which.
    Foreign(PathBuf),
    /// A Rust crate.
    Crate(WasmBuild),
}

impl ContenderSource {
    /// Its file or folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Package(ModuleTarget::Package { folder, .. }) | Self::Whole(ModuleTarget::Package { folder, .. }) => {
                folder
            }
            Self::Module(path)
            | Self::Package(ModuleTarget::Path { path })
            | Self::Whole(ModuleTarget::Path { path })
            | Self::Handed(path)
            | Self::Foreign(path) => path,
            Self::Crate(build) => &build.folder,
        }
    }

    /// How it is started. `None` if that is found out in the page.
    #[must_use]
    pub fn way(&self) -> Option<Way> {
        match self {
            Self::Module(_) | Self::Foreign(_) => Some(Way::default()),
            Self::Handed(_) | Self::Crate(_) => Some(Way { init: Init::Handed, ..Way::default() }),
            Self::Package(_) | Self::Whole(_) => None,
        }
    }
}

/// How a crate is built to Wasm.
#[derive(Debug, Clone)]
pub struct WasmBuild {
    /// The crate's folder.
    pub folder: PathBuf,
    /// Cargo features.
    pub features: Vec<String>,
    /// Features of the Wasm target, such as `simd128`.
    pub target_features: Vec<String>,
    /// Level of wasm-opt.
    pub wasm_opt: WasmOpt,
    /// Level that replaces the cargo profile's `opt-level`.
    pub opt_level: Option<OptLevel>,
}

/// Part of the name of every SIMD feature of the Wasm target.
const SIMD: &str = "simd";

/// Whether target features include SIMD.
#[must_use]
pub fn has_simd(features: &[String]) -> bool {
    features.iter().any(|feature| feature.contains(SIMD))
}

/// The feature of the Wasm target that makes memory shared, and threads possible.
pub const ATOMICS: &str = "atomics";

/// Whether memory is shared: the standard library has to be built for that, too.
#[must_use]
pub fn has_threads(features: &[String]) -> bool {
    features.iter().any(|feature| feature == ATOMICS)
}

impl WasmBuild {
    /// Whether it is built with SIMD.
    #[must_use]
    pub fn has_simd(&self) -> bool {
        has_simd(&self.target_features)
    }

    /// The same build with SIMD, or without.
    #[must_use]
    pub fn with_simd(&self, simd: bool) -> Self {
        let mut build = self.clone();
        match (simd, self.has_simd()) {
            (true, false) => build.target_features.push("simd128".to_owned()),
            (false, true) => build.target_features.retain(|feature| !feature.contains(SIMD)),
            _ => {}
        }
        build
    }
}
