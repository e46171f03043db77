//! What to build: one contender, as its kernel's manifest describes it.

use std::path::PathBuf;

use serde::Serialize;

use crate::call_path::CallPath;
use crate::suite::{Extra, ModuleTarget, OptLevel, WasmOpt};

/// One contender to build. Paths are absolute, or relative to `root`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recipe {
    /// Kernel, e.g. `hashing-blake3`.
    pub kernel: String,
    /// Contender, e.g. `wasm-simd`.
    pub contender: String,
    /// What it is made from.
    pub source: BuildSource,
    /// The path of the contender's function.
    pub export: CallPath,
    /// Files that ship with it: the name that its `setup` gets them by, and where they are.
    pub assets: Vec<(String, ShippedAsset)>,
    /// The suite's folder, which no path may leave.
    pub root: PathBuf,
    /// The manifest, to be named in messages.
    pub manifest: PathBuf,
}

/// A file that ships as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum ShippedAsset {
    /// One of the suite's.
    File(PathBuf),
    /// A generated one, in crossover's own folder.
    Generated(PathBuf),
}

/// What a contender is made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum BuildSource {
    /// A JavaScript module, to be bundled.
    Module {
        /// The module.
        path: PathBuf,
    },
    /// A module that is taken as it is: it may hold or load Wasm in whichever way.
    Package {
        /// A folder, a module, a `.wasm` file or an installed package.
        target: ModuleTarget,
        /// Whether it is known to have Wasm, which its default export may be what loads.
        starts: bool,
    },
    /// The same with all that it exports.
    Whole {
        /// A folder, a module, a `.wasm` file or an installed package.
        target: ModuleTarget,
    },
    /// A module whose default export is handed its Wasm, compiled, as `{ module_or_path }`.
    Handed {
        /// The module; the `.wasm` of its name is beside it.
        path: PathBuf,
    },
    /// One file in another language than Rust, to be compiled to Wasm. Its extension says which language.
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A Rust crate, to be built to Wasm with its glue.
    Crate {
        /// The folder with its `Cargo.toml`.
        dir: PathBuf,
        /// Cargo features.
        features: Vec<String>,
        /// Features of the Wasm target, e.g. `simd128`.
        target_features: Vec<String>,
        /// What it needs beside Rust.
        needs: Vec<Extra>,
        /// Level of wasm-opt.
        wasm_opt: WasmOpt,
        /// Cargo profile, e.g. `release`.
        cargo_profile: String,
        /// Level that replaces the profile's `opt-level`.
        opt_level: Option<OptLevel>,
    },
}
