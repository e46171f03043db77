//! A lock between processes: a file that only one of them holds.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use anyhow::Context;

/// Held until it is dropped, or until this process ends.
pub struct Lock(File);

impl Lock {
    /// Locks the file `path`; makes it and its folder if needed. If another process holds the lock, calls `waiting` and
    /// waits.
    ///
    /// # Errors
    /// The file cannot be made or locked.
    pub fn take(path: &Path, waiting: impl FnOnce()) -> anyhow::Result<Self> {
        let file = made(path)?;
        if file.try_lock().is_err() {
            waiting();
            file.lock().with_context(|| format!("locking {}", path.display()))?;
        }
        Ok(Self(file))
    }

    /// Takes the lock unless another process holds it; `None` then. Where files cannot be locked, as on some file systems
    /// of a network, it counts as taken.
    ///
    /// # Errors
    /// The file cannot be made.
    pub fn try_take(path: &Path) -> anyhow::Result<Option<Self>> {
        let file = made(path)?;
        Ok(match file.try_lock() {
            Err(TryLockError::WouldBlock) => None,
            Ok(()) | Err(TryLockError::Error(_)) => Some(Self(file)),
        })
    }
}

/// The file, which is made, and its folder too.
fn made(path: &Path) -> anyhow::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    File::create(path).with_context(|| format!("making {}", path.display()))
}

impl Drop for Lock {
    fn drop(&mut self) {
        // To close the file is not enough: a child that another thread has just begun to start has it open as well,
        // until it becomes its program. Where this fails, closing it does what is left to do.
        let _ = self.0.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_let_go_is_free_even_if_a_child_has_the_file_still_open() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.lock");
        let first = Lock::take(&path, || unreachable!("the lock is free")).unwrap();
        let of_child = first.0.try_clone().unwrap();
        drop(first);
        Lock::take(&path, || unreachable!("it was let go")).unwrap();
        drop(of_child);
    }

    #[test]
    fn a_lock_that_another_has_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("b.lock");
        let first = Lock::try_take(&path).unwrap();
        assert!(first.is_some() && Lock::try_take(&path).unwrap().is_none());
        drop(first);
        assert!(Lock::try_take(&path).unwrap().is_some());
    }

    #[test]
    fn who_comes_second_is_told_and_waits() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("b.lock");
        let first = Lock::take(&path, || unreachable!("the lock is free")).unwrap();
        let (sender, hears) = std::sync::mpsc::channel();
        std::thread::scope(|scope| {
            let second = scope.spawn(|| Lock::take(&path, || sender.send(()).unwrap()).map(drop));
            hears.recv().unwrap();
            assert!(!second.is_finished());
            drop(first);
            second.join().unwrap().unwrap();
        });
    }
}
