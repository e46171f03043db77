//! Taking the machine's paths out of what rustc writes, so that nothing of them ships and equal sources build equal.

use std::path::{Path, PathBuf};

use crate::environment::{Environment, Library, WasmToolchain};

/// rustc's flags that replace the folders of this machine. The last one that fits a path is the one that counts, so
/// they go from the widest folder to the narrowest.
#[must_use]
pub fn flags(environment: &Environment, toolchain: &WasmToolchain, workspace: &Path) -> Vec<String> {
    let own = environment.root.own();
    let source = match &toolchain.library {
        Library::Source(library) => library.parent().map(Path::to_owned),
        Library::Prebuilt => Some(toolchain.compiler.sysroot.join("lib/rustlib/src/rust")),
    };
    let folders = [
        (environment.home.clone(), "/home"),
        (environment.cargo_home.clone(), "/cargo"),
        (Some(workspace.to_owned()), "/workspace"),
        (Some(own), "/target"),
        (source, "/rust"),
    ];
    let mut pairs: Vec<(PathBuf, &str)> = Vec::new();
    for (folder, name) in folders.into_iter().filter_map(|(folder, name)| Some((folder?, name))) {
        // Tools use either form of a path that goes through a link.
        pairs.extend(folder.canonicalize().ok().filter(|real| *real != folder).map(|real| (real, name)));
        pairs.push((folder, name));
    }
    // The root folder is not worth hiding, and replacing it would change every path.
    pairs.retain(|(folder, _)| folder.parent().is_some());
    pairs.sort_by_key(|(folder, _)| folder.components().count());
    pairs.iter().map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display())).collect()
}
