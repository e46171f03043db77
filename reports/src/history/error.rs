//! Why a history cannot be used. Every message names the file and the mend; in no case was anything written to it.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::report::words::printable;

/// Why a history cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// There is no file, or nothing in it.
    #[error("{}: there is no history yet; begin one with `crossover history add RUN`", .0.display())]
    Missing(PathBuf),
    /// Somebody else's file.
    #[error("{}: is no history of crossover, and is left as it is; name another file with --history", .0.display())]
    Foreign(PathBuf),
    /// Written by a later version.
    #[error("{}: has schema {found}, and this version of crossover knows those up to {known}; the file is left as it is, so read it with the version that wrote it, or a later one", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The schema in the file.
        found: i64,
        /// The latest schema that this version knows.
        known: i64,
    },
    /// Damaged.
    #[error("{}: the history is damaged ({message}), and is left as it is; put a copy of it back, or name another file with --history and fill it from your runs with `crossover history import FOLDER`", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite found.
        message: String,
    },
    /// Others write to it without end.
    #[error("{}: another process has kept the history to itself for too long; try again when it is done", .0.display())]
    Busy(PathBuf),
    /// Anything else, such as a disk that is full.
    #[error("{}: the history cannot be used: {message}; see that the file and its folder can be written, or name another one with --history", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        message: String,
    },
}

impl HistoryError {
    /// What SQLite's error means for a history.
    pub(super) fn of(path: &Path, error: &rusqlite::Error) -> Self {
        let path = path.to_owned();
        // A file may name its tables as it likes.
        let message = printable(&error.to_string());
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::Foreign(path),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::TypeMismatch) => Self::Damaged { path, message },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(path),
            // A table or a column is not what it should be, without SQLite minding.
            None => Self::Damaged { path, message },
            Some(_) => Self::Unusable { path, message },
        }
    }
}
