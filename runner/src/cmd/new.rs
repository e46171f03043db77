//! `crossover new`: a kernel pair that already builds, verifies and runs.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};

use crate::artifact::wasm_bindgen_version;
use crate::cli::NewArgs;
use crate::exit::Exit;
use crate::path_guard::inside;
use crate::scaffold::{Scaffold, takes_in, write_new};
use crate::stdout::print;
use crate::suite::Suite;

/// Writes the kernel's files into the suite, and prints what to do next.
///
/// # Errors
/// When there is a kernel of that name, no suite, or a file cannot be written; nothing is overwritten.
pub fn new(args: &NewArgs) -> anyhow::Result<Exit> {
    let suite = Suite::open(args.suite.as_deref())?;
    let root = &suite.root;
    let scaffold = Scaffold {
        name: args.name.clone(),
        domain: args.domain.clone(),
        from: args.from.as_ref().map(|function| from(root, &function.file, function.export.as_str())).transpose()?,
        cargo_profile: suite.cargo_profile.clone(),
        is_member: takes_in(root, &args.name)?,
        has_baselines: root.join("js-baselines").is_dir(),
        wasm_bindgen: wasm_bindgen_version(),
    };
    let folder = root.join(scaffold.folder());
    ensure!(!folder.exists(), "{} is there already; help: give the kernel another name", folder.display());
    let mut written = Vec::new();
    for (path, text) in scaffold.files() {
        write_new(&root.join(&path), &text)?;
        written.push(format!("{}\n", path.display()));
    }
    let known = Suite::open(args.suite.as_deref())?.kernels.iter().any(|kernel| kernel.name == args.name);
    ensure!(
        known,
        "{} was written, and {} does not name it: add {:?} to `kernels` there",
        folder.display(),
        root.join(crate::suite::FILE).display(),
        scaffold.folder()
    );
    print(&format!("{}next: crossover run {} --preset quick\n", written.concat(), args.name))?;
    Ok(Exit::Done)
}

/// The module as seen from the suite's folder.
fn from(root: &Path, module: &Path, export: &str) -> anyhow::Result<(PathBuf, String)> {
    let here = std::env::current_dir().context("this folder cannot be read")?;
    let real = inside(root, &here.join(module)).with_context(|| format!("--from {}", module.display()))?;
    let relative = real.strip_prefix(root).unwrap_or(&real).to_owned();
    Ok((relative, export.to_owned()))
}
