//! `crossover init`: writes a `crossover.toml` for a project that has none.

use std::path::Path;

use crate::cli::InitArgs;
use crate::exit::Exit;
use crate::stdout::print;
use crate::{scaffold, suite};

/// Writes the file, and prints what to do next.
///
/// # Errors
/// When there is one already, or it cannot be written.
pub fn init(args: &InitArgs) -> anyhow::Result<Exit> {
    let file = args.folder.as_deref().unwrap_or(Path::new(".")).join(suite::FILE);
    scaffold::write_new(&file, scaffold::SUITE)?;
    print(&format!("{}\nnext: crossover new NAME, or crossover new NAME --from src/md.js#render\n", file.display()))?;
    Ok(Exit::Done)
}
