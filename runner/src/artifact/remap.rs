//! Takes the machine's paths out of rustc's output, so that none ships and equal sources give equal builds.

use std::path::{Path, PathBuf};

use crate::environment::{Environment, Library, WasmToolchain};

/// rustc's flags for every crate of a build, the standard library among them. They do not depend on what is built,
/// so that all suites share one build of the library.
#[must_use]
pub fn of_machine(environment: &Environment, toolchain: &WasmToolchain) -> Vec<String> {
    let source = match &toolchain.library {
        Library::Source(library) => library.parent().map(Path::to_owned),
        Library::Prebuilt => Some(toolchain.compiler.sysroot.join("lib/rustlib/src/rust")),
    };
    flags(&[
        (environment.home.clone(), "/home"),
        (environment.cargo_home.clone(), "/cargo"),
        (Some(environment.root.own()), "/target"),
        (source, "/rust"),
    ])
}

/// rustc's flags for the crate itself. The other crates of its workspace need none: cargo names their files from
/// the workspace's root on.
#[must_use]
pub fn of_workspace(workspace: &Path) -> Vec<String> {
    flags(&[(Some(workspace.to_owned()), "/workspace")])
}

/// The last flag that fits a path is the one that counts, so they go from the widest folder to the narrowest.
fn flags(folders: &[(Option<PathBuf>, &str)]) -> Vec<String> {
    let mut pairs: Vec<(PathBuf, &str)> = Vec::new();
    for (folder, name) in folders {
        let Some(folder) = folder else { continue };
        // Tools use either form of a path that goes through a link.
        pairs.extend(folder.canonicalize().ok().filter(|real| real != folder).map(|real| (real, *name)));
        pairs.push((folder.clone(), name));
    }
    // The root folder is not worth hiding, and replacing it would change every path.
    pairs.retain(|(folder, _)| folder.parent().is_some());
    pairs.sort_by_key(|(folder, _)| folder.components().count());
    pairs.iter().map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrower_folders_come_later() {
        let folders = [(Some(PathBuf::from("/h/u/.cargo")), "/cargo"), (Some(PathBuf::from("/h/u")), "/home")];
        let expected = ["--remap-path-prefix=/h/u=/home", "--remap-path-prefix=/h/u/.cargo=/cargo"];
        assert_eq!(flags(&folders), expected);
        assert!(flags(&[(Some(PathBuf::from("/")), "/home"), (None, "/cargo")]).is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn both_ends_of_a_link_are_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().canonicalize().unwrap().join("real");
        let link = folder.path().join("link");
        std::fs::create_dir(&real).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        let text = flags(&[(Some(link.clone()), "/x")]).join(" ");
        assert!(text.contains(&format!("={}=/x", real.display())), "{text}");
        assert!(text.contains(&format!("={}=/x", link.display())), "{text}");
    }
}
