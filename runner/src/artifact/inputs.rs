//! The files that an artifact was made from, with their contents. The artifact is valid while they are unchanged.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A file and the SHA-256 of its contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildInput {
    path: PathBuf,
    /// `None` when it could not be read, and then it never holds.
    sha256: Option<String>,
}

impl BuildInput {
    /// The file as it is now. `None` for its contents when they may be newer than `since`: then it was changed
    /// while it was being used, and it is unknown which of the two contents was.
    #[must_use]
    pub fn record(path: &Path, since: SystemTime) -> Self {
        let is_older = fs::metadata(path).and_then(|data| data.modified()).is_ok_and(|changed| changed < since);
        let sha256 = if is_older { hash(path) } else { None };
        Self { path: path.to_owned(), sha256 }
    }

    /// Whether the file still is what it was.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.sha256.is_some() && hash(&self.path) == self.sha256
    }
}

/// The SHA-256 of `bytes` in hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hash(path: &Path) -> Option<String> {
    fs::read(path).ok().map(|bytes| sha256(&bytes))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn an_input_holds_until_it_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.rs");
        let later = SystemTime::now() + Duration::from_secs(60);
        assert!(!BuildInput::record(&path, later).holds(), "it is not there");
        fs::write(&path, "one").unwrap();
        let input = BuildInput::record(&path, later);
        assert!(input.holds());
        fs::write(&path, "two").unwrap();
        assert!(!input.holds());
        fs::write(&path, "one").unwrap();
        assert!(input.holds(), "the contents count, not the time");
        fs::remove_file(&path).unwrap();
        assert!(!input.holds());
    }

    #[test]
    fn a_file_changed_during_the_build_does_not_hold() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.rs");
        let since = SystemTime::now() - Duration::from_secs(60);
        fs::write(&path, "one").unwrap();
        assert!(!BuildInput::record(&path, since).holds());
    }

    #[test]
    fn the_hash_is_sha256() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
