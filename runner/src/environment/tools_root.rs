//! Where the tools that build and drive are.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::Root;
use crate::exit::Unable;

/// The checkout that holds `js-baselines/`: named by `CROSSOVER_HOME`, else the one this program was built from.
///
/// # Errors
/// [`Unable`] when it is not there.
pub fn tools_root() -> anyhow::Result<Root> {
    let built_from = || Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = std::env::var_os("CROSSOVER_HOME").map_or_else(built_from, PathBuf::from);
    let folder = folder
        .canonicalize()
        .ok()
        .filter(|folder| folder.join("js-baselines/package.json").is_file())
        .with_context(|| {
            format!(
                "{}: no checkout of crossover (its js-baselines/ holds the tools that build and drive); \
                 help: set CROSSOVER_HOME to one",
                folder.display()
            )
        })
        .map_err(Unable)?;
    Ok(Root::of_repository(&folder))
}
