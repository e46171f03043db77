//! Keeps every path of a manifest inside the suite's folder.

use std::path::{Path, PathBuf};

/// `path`, relative to `folder`, as a canonical path that is inside `root`.
///
/// Links are followed first: a link out of the folder is outside it.
///
/// # Errors
/// When the path does not exist or leaves `root`; the message is for the manifest's author.
pub fn inside(root: &Path, folder: &Path, path: &str) -> Result<PathBuf, String> {
    let found = folder.join(path).canonicalize().map_err(|error| format!("`{path}` cannot be opened: {error}"))?;
    if found.starts_with(root) {
        Ok(found)
    } else {
        Err(format!("`{path}` leaves the suite's folder; copy what it names into it"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_may_wander_inside_but_not_out() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).canonicalize().unwrap();
        let src = root.join("src");
        assert_eq!(inside(&root, &src, "../src/main.rs").unwrap(), src.join("main.rs"));
        assert!(inside(&root, &src, "../../Cargo.toml").unwrap_err().contains("leaves the suite's folder"));
        assert!(inside(&root, &src, "/etc/passwd").unwrap_err().contains("leaves the suite's folder"));
        assert!(inside(&root, &src, "no-such-file").unwrap_err().contains("cannot be opened"));
    }
}
