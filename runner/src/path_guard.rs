//! Keeps every path of a manifest inside the suite's folder.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use crossover_reports::regular;

/// The real path of `path` (absolute, or relative to `root`), which must exist and lie inside of `root`.
///
/// # Errors
/// It does not exist, leads out of `root`, if only by a link, or is neither a file nor a folder.
pub fn inside(root: &Path, path: &Path) -> anyhow::Result<PathBuf> {
    let real_root = root.canonicalize().with_context(|| format!("the suite's folder {}", root.display()))?;
    let joined = root.join(path);
    let real = joined.canonicalize().with_context(|| format!("{} is not there", joined.display()))?;
    if !real.starts_with(&real_root) {
        bail!(
            "{} leads out of the suite's folder {}: move what it names into that folder, or crossover.toml into a \
             folder that holds both",
            path.display(),
            root.display()
        );
    }
    if !real.is_dir() {
        // A pipe would be waited for, and a device never ends.
        regular::look(&real).with_context(|| path.display().to_string())?;
    }
    Ok(real)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn paths_stay_in_the_suites_folder() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("suite");
        fs::create_dir_all(root.join("kernels/a")).unwrap();
        fs::write(root.join("in.js"), "").unwrap();
        fs::write(folder.path().join("out.js"), "").unwrap();
        let real = root.canonicalize().unwrap().join("in.js");
        assert_eq!(inside(&root, Path::new("in.js")).unwrap(), real);
        assert_eq!(inside(&root, &root.join("kernels/a/../../in.js")).unwrap(), real);
        let error = inside(&root, &root.join("kernels/a/../../../out.js")).unwrap_err().to_string();
        assert!(error.contains("leads out of the suite's folder"), "{error}");
        let error = inside(&root, Path::new("gone.js")).unwrap_err().to_string();
        assert!(error.ends_with("gone.js is not there"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_does_not_lead_out() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("suite");
        fs::create_dir(&root).unwrap();
        fs::write(folder.path().join("out.js"), "").unwrap();
        std::os::unix::fs::symlink(folder.path().join("out.js"), root.join("link.js")).unwrap();
        assert!(inside(&root, Path::new("link.js")).is_err());
    }
}
