//! Reading results files.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read as _, Write};
use std::path::{Path, PathBuf};

use super::{Header, Row, SCHEMA, Stratum, stranger};
use crate::regular;

/// Longest accepted line; a row has a few thousand samples at most.
const LONGEST_LINE: u64 = 256 << 20;

/// A results file in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The first line.
    pub header: Header,
    /// The lines after it, in the order in which they were written. If a cell has two lines for one block, as in a
    /// resumed run, only the later one is here: it shares its process with the others of its block.
    pub rows: Vec<Row>,
    /// Whether the last line was cut off, as after a killed process; that line is not in `rows`.
    pub truncated: bool,
}

/// Why a results file could not be read or resumed. Each message names the file, the line if there is one, and the fix.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The file could not be opened or read.
    #[error("{}: cannot read the results file: {reason}; help: give the path of a run.jsonl, as `crossover run` writes it", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's message.
        reason: std::io::Error,
    },
    /// The file has no complete first line.
    #[error("{}: the file is empty, because a run was stopped before it began; help: measure again with `crossover run`, without --resume", .0.display())]
    Empty(PathBuf),
    /// Another kind of file: another tool's results, or a report.
    #[error("{}: the file {what}; help: give the path of a run.jsonl, as `crossover run` writes it", path.display())]
    Stranger {
        /// The file.
        path: PathBuf,
        /// Its kind, in words.
        what: String,
    },
    /// A line is not what this version writes.
    #[error("{}, line {line}: {message}: the file is damaged from here on; help: cut it off before this line, or measure again", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Line number, from 1.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
    /// The version of the runtime in a row differs from the header's.
    #[error("{}, line {line}: measured by {runtime} {measured}, and the header says {header}; help: remove the rows of one version, or measure again", path.display())]
    OtherVersion {
        /// The file.
        path: PathBuf,
        /// Line number, from 1.
        line: usize,
        /// The runtime.
        runtime: String,
        /// The version that measured the row.
        measured: String,
        /// The version that the header names.
        header: String,
    },
    /// The header's schema is another one.
    #[error("{}: schema `{found}` is not `{SCHEMA}`; help: read the file with the version of crossover that wrote it", path.display())]
    Schema {
        /// The file.
        path: PathBuf,
        /// The schema in the file.
        found: String,
    },
    /// The file to resume belongs to another plan.
    #[error("{}: cannot be resumed, because the run in it and the one asked for differ in {difference}; help: leave out --resume to measure anew over it, or name another folder with --out", path.display())]
    OtherPlan {
        /// The file.
        path: PathBuf,
        /// The first difference: the file's value, and the one to be measured.
        difference: String,
    },
    /// The file to resume cannot be written.
    #[error("{}: cannot write to the results file: {reason}; help: name another folder with --out", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// The system's message.
        reason: std::io::Error,
    },
}

impl Run {
    /// Reads a results file. A last line without its newline is left out and reported in [`Run::truncated`].
    ///
    /// # Errors
    /// [`RunError`] when the file cannot be read, is empty, has another schema or a line that does not parse.
    pub fn read(path: &Path) -> Result<Self, RunError> {
        let unreadable = |reason| RunError::Unreadable { path: path.to_owned(), reason };
        let mut reader = BufReader::new(regular::open(path).map_err(unreadable)?);
        // Bytes, not text: a line may be cut off within a character.
        let mut text = Vec::new();
        let mut read_line = |text: &mut Vec<u8>| {
            text.clear();
            reader.by_ref().take(LONGEST_LINE).read_until(b'\n', text).map_err(unreadable)
        };
        read_line(&mut text)?;
        let header = parse_header(path, &text)?;
        let (mut rows, mut truncated) = (Vec::new(), false);
        for line in 2.. {
            if read_line(&mut text)? == 0 {
                break;
            }
            if !text.ends_with(b"\n") {
                truncated = true;
                break;
            }
            let row = parse(path, line, &text)?;
            of_its_version(path, line, &header, &row)?;
            rows.push(row);
        }
        Ok(Self { header, rows: without_replaced(rows), truncated })
    }

    /// Writes the run as a results file, from which [`Run::read`] makes the same run: one file, even for joined runs.
    ///
    /// # Errors
    /// When writing fails.
    pub fn write(&self, mut out: impl Write) -> std::io::Result<()> {
        line(&mut out, &self.header)?;
        self.rows.iter().try_for_each(|row| line(&mut out, row))
    }
}

/// One line of a results file.
pub(super) fn line(mut out: impl Write, value: &impl serde::Serialize) -> std::io::Result<()> {
    serde_json::to_writer(&mut out, value)?;
    out.write_all(b"\n")
}

/// Drops every row that a later one of its cell and block replaces. Disturbed rows and rows of sessions neither replace
/// nor are replaced.
fn without_replaced(rows: Vec<Row>) -> Vec<Row> {
    let mut seen = HashSet::new();
    let is_last: Vec<bool> =
        rows.iter().rev().map(|row| !row.is_of_a_block() || seen.insert((&row.cell, row.block))).collect();
    let counts = is_last.into_iter().rev();
    rows.into_iter().zip(counts).filter_map(|(row, counts)| counts.then_some(row)).collect()
}

/// Refuses a row that was measured by another version of its runtime than the header's, because nothing is pooled
/// across versions.
fn of_its_version(path: &Path, line: usize, header: &Header, row: &Row) -> Result<(), RunError> {
    let measured = row.conditions.as_ref().and_then(|conditions| conditions.runtime_version.as_ref());
    match (measured, header.stratum(&row.cell.stratum)) {
        (Some(measured), Some(Stratum { runtime, .. })) if *measured != runtime.version => {
            Err(RunError::OtherVersion {
                path: path.to_owned(),
                line,
                runtime: runtime.id.escape_debug().to_string(),
                measured: measured.escape_debug().to_string(),
                header: runtime.version.escape_debug().to_string(),
            })
        }
        _ => Ok(()),
    }
}

fn parse<T: serde::de::DeserializeOwned>(path: &Path, line: usize, text: &[u8]) -> Result<T, RunError> {
    serde_json::from_slice(text).map_err(|error| RunError::Malformed {
        path: path.to_owned(),
        line,
        message: error.to_string(),
    })
}

fn parse_header(path: &Path, text: &[u8]) -> Result<Header, RunError> {
    #[derive(serde::Deserialize)]
    struct Probe {
        schema: String,
    }
    if let Some(what) = stranger::what(path, text) {
        return Err(RunError::Stranger { path: path.to_owned(), what });
    }
    if !text.ends_with(b"\n") {
        return Err(RunError::Empty(path.to_owned()));
    }
    let Probe { schema } = parse(path, 1, text)?;
    if schema != SCHEMA {
        return Err(RunError::Schema { path: path.to_owned(), found: schema });
    }
    parse(path, 1, text)
}
