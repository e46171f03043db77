//! A stand-in for Wasm that is not written yet: a package whose function takes the arguments and returns the answer like
//! a port, but does no work in between. A port can save at most what the stand-in saves.

mod module;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// Copies the arguments in, and the answer, which the page knows, out.
const GLUE: &str = include_str!("stand_in/stand_in.js");

/// The module of the package; its Wasm has the same name.
pub const MODULE: &str = "stand_in.js";

/// The function of the package.
pub const EXPORT: &str = "run";

/// A stand-in, by the size of its module: its start depends on that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandIn {
    /// Its contender's name.
    pub name: &'static str,
    /// What people read for it.
    pub label: &'static str,
    /// The module, bytes.
    size: usize,
}

/// One like a hash function, and one like a parser with its tables.
pub const STAND_INS: [StandIn; 2] = [
    StandIn { name: "free-30kB", label: "Wasm that does no work, 30 kB", size: 30_000 },
    StandIn { name: "free-300kB", label: "Wasm that does no work, 300 kB", size: 300_000 },
];

impl StandIn {
    /// Writes the package into a folder of its name in `folder`; where it is then.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(self, folder: &Path) -> anyhow::Result<PathBuf> {
        let folder = folder.join(self.name);
        let context = || format!("{}: the stand-in cannot be written", folder.display());
        fs::create_dir_all(&folder).with_context(context)?;
        fs::write(folder.join("stand_in.wasm"), module::of_size(self.size)).with_context(context)?;
        fs::write(folder.join(MODULE), GLUE).with_context(context)?;
        Ok(folder)
    }
}
