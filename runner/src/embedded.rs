//! Files that are part of this program, and that other programs read: they are put into a folder named by their contents.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};

/// A folder of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embedded {
    /// The name of the folder that holds all versions of it.
    pub name: &'static str,
    /// The files: the path of each, with `/` between folders, and its text.
    pub files: Vec<(&'static str, Cow<'static, str>)>,
}

impl Embedded {
    /// Files as they were compiled in.
    #[must_use]
    pub fn of(name: &'static str, files: &[(&'static str, &'static str)]) -> Self {
        Self { name, files: files.iter().map(|(path, text)| (*path, Cow::Borrowed(*text))).collect() }
    }

    /// The beginning of the SHA-256 of all files.
    #[must_use]
    pub fn version(&self) -> String {
        let all: String = self.files.iter().map(|(path, text)| format!("{path}\n{text}\n")).collect();
        crate::hex(&Sha256::digest(all.as_bytes()))[..16].to_owned()
    }

    /// Where the files are below `own`, or will be.
    #[must_use]
    pub fn folder(&self, own: &Path) -> PathBuf {
        own.join(self.name).join(self.version())
    }

    /// Writes the files into a folder, which is made.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn write(&self, folder: &Path) -> anyhow::Result<()> {
        for (path, text) in &self.files {
            let file = folder.join(path);
            let context = || format!("{}: cannot be written", file.display());
            fs::create_dir_all(file.parent().unwrap_or(folder)).with_context(context)?;
            fs::write(&file, text.as_bytes()).with_context(context)?;
        }
        Ok(())
    }

    /// Puts the files into their folder below `own`, unless they are there. They are put there whole or not at all, even if
    /// another process does the same.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn unpack(&self, own: &Path) -> anyhow::Result<PathBuf> {
        let folder = self.folder(own);
        let is_whole = || self.files.iter().all(|(path, _)| folder.join(path).is_file());
        if is_whole() {
            return Ok(folder);
        }
        let parent = own.join(self.name);
        let context = || format!("{}: cannot be written", parent.display());
        fs::create_dir_all(&parent).with_context(context)?;
        let new = tempfile::tempdir_in(&parent).with_context(context)?;
        self.write(new.path())?;
        match fs::rename(new.path(), &folder) {
            Ok(()) => Ok(folder),
            // Another process was first.
            Err(_) if is_whole() => Ok(folder),
            // Something has removed a part of them.
            Err(_) if folder.is_dir() => self.write(&folder).map(|()| folder),
            Err(error) => Err(error).with_context(context),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [(&str, &str); 2] = [("a.txt", "one"), ("b/c.txt", "two")];

    #[test]
    fn files_are_put_into_a_folder_named_by_their_contents() {
        let own = tempfile::tempdir().unwrap();
        let files = Embedded::of("some", &FILES);
        let folder = files.unpack(own.path()).unwrap();
        assert_eq!(folder, own.path().join("some").join(files.version()));
        assert_eq!(fs::read_to_string(folder.join("b/c.txt")).unwrap(), "two");
        let others = Embedded::of("some", &[("a.txt", "other")]);
        assert_ne!(others.unpack(own.path()).unwrap(), folder);
        assert_eq!(fs::read_to_string(folder.join("a.txt")).unwrap(), "one");
        assert_eq!(fs::read_dir(own.path().join("some")).unwrap().count(), 2, "nothing else is left there");
    }

    #[test]
    fn what_was_removed_comes_back() {
        let own = tempfile::tempdir().unwrap();
        let files = Embedded::of("some", &FILES);
        let folder = files.unpack(own.path()).unwrap();
        fs::remove_file(folder.join("a.txt")).unwrap();
        assert_eq!(files.unpack(own.path()).unwrap(), folder);
        assert_eq!(fs::read_to_string(folder.join("a.txt")).unwrap(), "one");
    }

    #[test]
    fn many_at_once_put_them_there_once() {
        let own = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let folder = Embedded::of("some", &FILES).unpack(own.path()).unwrap();
                    assert_eq!(fs::read_to_string(folder.join("b/c.txt")).unwrap(), "two");
                });
            }
        });
        assert_eq!(fs::read_dir(own.path().join("some")).unwrap().count(), 1);
    }
}
