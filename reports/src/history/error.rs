//! Why a history cannot be used. Every message names the file and the fix; in no case was the file written to.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::report::wording::printable;

/// Why a history cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// There is no file, or it is empty.
    #[error("{}: there is no history yet; help: create one with `crossover history add RUN`", .0.display())]
    Missing(PathBuf),
    /// The file belongs to another program.
    #[error("{}: is not a history of crossover, and was not changed; help: name another file with --history", .0.display())]
    Foreign(PathBuf),
    /// Written by a later version.
    #[error("{}: has schema {found}, and this version of crossover knows schemas up to {known}, and the file was not changed; help: read it with the version that wrote it, or a later one", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The schema in the file.
        found: i64,
        /// The latest schema that this version knows.
        known: i64,
    },
    /// Damaged.
    #[error("{}: the history is damaged ({message}), and was not changed; help: restore a copy, or name another file with --history and fill it from your runs with `crossover history import FOLDER`", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// SQLite's finding.
        message: String,
    },
    /// Another process keeps writing to it.
    #[error("{}: another process has locked the history for too long; help: try again when it is done", .0.display())]
    Busy(PathBuf),
    /// Any other problem, such as a full disk.
    #[error("{}: the history cannot be used: {message}; help: make sure that the file and its folder are writable, or name another one with --history", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// SQLite's message.
        message: String,
    },
}

impl HistoryError {
    /// The meaning of an SQLite error for a history.
    pub(super) fn of(path: &Path, error: &rusqlite::Error) -> Self {
        let path = path.to_owned();
        // A file may contain tables with any names.
        let message = printable(&error.to_string());
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::Foreign(path),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::TypeMismatch) => Self::Damaged { path, message },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(path),
            // A table or column has the wrong type, which SQLite accepts.
            None => Self::Damaged { path, message },
            Some(_) => Self::Unusable { path, message },
        }
    }
}
