//! The file: opening it, and adding runs to it. An unreadable file is refused, and never overwritten.
//!
//! A run is added in one transaction, so that a killed process leaves all of it or nothing. The rollback journal is
//! used, so that the history is a single file when no process writes to it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, Transaction, TransactionBehavior, params};

use super::migrate::{APPLICATION_ID, STEPS, is_blank, migrate, stamp};
use super::{Entry, HistoryError, Key};
use crate::regular;
use crate::report::wording::printable;

/// A file up to this size is checked in full before anything is added to it, which takes some 20 ms. In a larger one,
/// the check covers the small tables, and those pages of points that the new ones go to.
const READ_WHOLE_BYTES: i64 = 8_000_000;

/// How long to wait for other writers.
const PATIENCE: Duration = Duration::from_secs(60);

/// An open history.
#[derive(Debug)]
pub struct History {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
}

/// The result of adding a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It was added.
    New,
    /// The history already had a run with this id.
    Already,
}

impl History {
    /// Opens a history, and creates it if there is none; the folder has to exist.
    ///
    /// # Errors
    /// [`HistoryError`] when the file is not a history, has a later schema, is damaged, or cannot be written.
    pub fn create(path: &Path) -> Result<Self, HistoryError> {
        Self::connect(path, OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens an existing history.
    ///
    /// # Errors
    /// The same, and when there is none.
    pub fn open(path: &Path) -> Result<Self, HistoryError> {
        if path.exists() {
            Self::connect(path, OpenFlags::empty())
        } else {
            Err(HistoryError::Missing(path.to_owned()))
        }
    }

    fn connect(path: &Path, create: OpenFlags) -> Result<Self, HistoryError> {
        let fault = |error: rusqlite::Error| HistoryError::of(path, &error);
        match regular::look(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(HistoryError::Unusable { path: path.to_owned(), message: error.to_string() });
            }
            _ => {}
        }
        // An absolute path is only a path; SQLite gives other names a meaning.
        let file = std::path::absolute(path)
            .map_err(|error| HistoryError::Unusable { path: path.to_owned(), message: error.to_string() })?;
        let flags = create | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file, flags).map_err(fault)?;
        careful(&connection).map_err(fault)?;
        let mut history = Self { connection, path: path.to_owned() };
        history.admit(!create.is_empty())?;
        Ok(history)
    }

    /// Refuses a file that is not a history or is incomplete, without writing to it; then brings the schema up to date.
    fn admit(&mut self, adds: bool) -> Result<(), HistoryError> {
        let known = STEPS.len() as i64;
        let path = self.path.clone();
        let fault = |error: rusqlite::Error| HistoryError::of(&path, &error);
        if is_blank(&self.connection).map_err(fault)? {
            return if adds {
                migrate(&mut self.connection, STEPS).map_err(fault)
            } else {
                Err(HistoryError::Missing(path))
            };
        }
        match stamp(&self.connection).map_err(fault)? {
            (APPLICATION_ID, found) if found > known => return Err(HistoryError::Newer { path, found, known }),
            (APPLICATION_ID, 1..) => {}
            _ => return Err(HistoryError::Foreign(path)),
        }
        self.check(adds)?;
        migrate(&mut self.connection, STEPS).map_err(fault)
    }

    /// Adds a run, unless the history has it already.
    ///
    /// # Errors
    /// When the file cannot be written; it is then unchanged.
    pub fn add(&mut self, entry: &Entry) -> Result<Added, HistoryError> {
        add(&mut self.connection, entry).map_err(|error| HistoryError::of(&self.path, &error))
    }

    /// Checks the file's pages and refuses inconsistent ones.
    fn check(&self, adds: bool) -> Result<(), HistoryError> {
        let damage = |tables: &[&str]| -> rusqlite::Result<Option<String>> {
            for table in tables {
                let found: String =
                    self.connection.query_row(&format!("PRAGMA quick_check{table}"), (), |row| row.get(0))?;
                if found != "ok" {
                    return Ok(Some(found));
                }
            }
            Ok(None)
        };
        let fault = |error: rusqlite::Error| HistoryError::of(&self.path, &error);
        let is_large = bytes(&self.connection).map_err(fault)? > READ_WHOLE_BYTES;
        let tables: &[&str] =
            if adds && is_large { &["(run)", "(software)", "(run_software)", "(series)"] } else { &[""] };
        match damage(tables).map_err(fault)? {
            None => Ok(()),
            Some(message) => Err(HistoryError::Damaged { path: self.path.clone(), message: printable(&message) }),
        }
    }
}

fn bytes(connection: &Connection) -> rusqlite::Result<i64> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    Ok(pragma("page_count")?.saturating_mul(pragma("page_size")?))
}

/// Nothing in the file is run as code, and every page is checked before it is used.
fn careful(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA synchronous = FULL;")
}

fn add(connection: &mut Connection, entry: &Entry) -> rusqlite::Result<Added> {
    let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
    let Entry { id, started_at, revision, software, figures } = entry;
    let added = transaction
        .prepare_cached("INSERT INTO run (name, started_at, revision) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?
        .execute(params![id, started_at, revision])?;
    if added == 0 {
        return Ok(Added::Already);
    }
    let run = transaction.last_insert_rowid();
    for (name, version) in software {
        let software = software_id(&transaction, name, version)?;
        transaction
            .prepare_cached("INSERT INTO run_software (run, software) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
            .execute(params![run, software])?;
    }
    for figure in figures {
        let (ratio, ci) = figure.ratio.map_or((None, None), |(ratio, ci)| (Some(ratio), ci));
        let [low, high] = ci.map_or([None; 2], |ci| ci.map(Some));
        let series = series_id(&transaction, &figure.key)?;
        transaction
            .prepare_cached(
                "INSERT INTO point (run, series, figure, ratio, low, high) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                 ON CONFLICT DO NOTHING",
            )?
            .execute(params![run, series, figure.figure, ratio, low, high])?;
    }
    transaction.commit()?;
    Ok(Added::New)
}

fn software_id(transaction: &Transaction<'_>, name: &str, version: &str) -> rusqlite::Result<i64> {
    let known = transaction
        .prepare_cached("SELECT id FROM software WHERE name = ?1 AND version = ?2")?
        .query_row(params![name, version], |row| row.get(0))
        .optional()?;
    match known {
        Some(id) => Ok(id),
        None => transaction
            .prepare_cached("INSERT INTO software (name, version) VALUES (?1, ?2)")?
            .insert(params![name, version]),
    }
}

fn series_id(transaction: &Transaction<'_>, key: &Key) -> rusqlite::Result<i64> {
    let Key { kernel, runtime, emulation, machine, metric, input, input_sha256, contender, baseline } = key;
    let text = |text: &'_ Option<String>| text.clone().unwrap_or_default();
    let values = params![
        kernel,
        text(runtime),
        text(emulation),
        machine,
        metric.name(),
        text(input),
        text(input_sha256),
        contender,
        text(baseline)
    ];
    let known = transaction
        .prepare_cached(
            "SELECT id FROM series WHERE kernel = ?1 AND runtime = ?2 AND emulation = ?3 AND machine = ?4 AND metric = ?5 \
             AND input = ?6 AND input_sha256 = ?7 AND contender = ?8 AND baseline = ?9",
        )?
        .query_row(values, |row| row.get(0))
        .optional()?;
    match known {
        Some(id) => Ok(id),
        None => transaction
            .prepare_cached(
                "INSERT INTO series \
                 (kernel, runtime, emulation, machine, metric, input, input_sha256, contender, baseline) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .insert(values),
    }
}
