//! What contenders are built from.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::levels::{OptLevel, WasmOpt};
use super::manifest::BuildTool;
use crate::protocol::{Init, Way};

/// What a module is found by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Target {
    /// A module, a `.wasm` file or a package's folder.
    Path {
        /// Where it is.
        path: PathBuf,
    },
    /// An installed package, by the name that an `import` in a folder has for it.
    Package {
        /// The folder.
        folder: PathBuf,
        /// The name, perhaps with a path below it.
        name: String,
    },
}

/// What a contender is built from.
#[derive(Debug, Clone)]
pub enum ContenderSource {
    /// An ES module.
    Module(PathBuf),
    /// A module that is taken as it is, with whatever it loads; how it is started is found out.
    Package(Target),
    /// The same with all that it exports.
    Whole(Target),
    /// A module whose default export is handed the `.wasm` of its name, compiled.
    Handed(PathBuf),
    /// One file in a language other than Rust, which its extension tells.
    Foreign(PathBuf),
    /// A Rust crate.
    Crate(WasmBuild),
}

impl ContenderSource {
    /// The file or folder that it starts from.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Package(Target::Package { folder, .. }) | Self::Whole(Target::Package { folder, .. }) => folder,
            Self::Module(path)
            | Self::Package(Target::Path { path })
            | Self::Whole(Target::Path { path })
            | Self::Handed(path)
            | Self::Foreign(path) => path,
            Self::Crate(build) => &build.folder,
        }
    }

    /// How it is started; `None` where that is to be found out.
    #[must_use]
    pub fn way(&self) -> Option<Way> {
        match self {
            Self::Module(_) | Self::Foreign(_) => Some(Way::default()),
            Self::Handed(_) | Self::Crate(_) => Some(Way { init: Init::Handed, ..Way::default() }),
            Self::Package(_) | Self::Whole(_) => None,
        }
    }
}

/// How a crate becomes Wasm.
#[derive(Debug, Clone)]
pub struct WasmBuild {
    /// The crate's folder.
    pub folder: PathBuf,
    /// Cargo features.
    pub features: Vec<String>,
    /// Target features.
    pub target_features: Vec<String>,
    /// What it needs beside Rust.
    pub needs: Vec<BuildTool>,
    /// Level of wasm-opt.
    pub wasm_opt: WasmOpt,
    /// Level that replaces the cargo profile's.
    pub opt_level: Option<OptLevel>,
}

/// What the features of the Wasm target for vectors have in their names.
const SIMD: &str = "simd";

impl WasmBuild {
    /// Whether vectors are allowed.
    #[must_use]
    pub fn has_simd(&self) -> bool {
        self.target_features.iter().any(|feature| feature.contains(SIMD))
    }

    /// The same with vectors allowed, or with none.
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
