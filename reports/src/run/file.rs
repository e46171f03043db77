//! Reading and appending results files.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use super::{Block, Header, SCHEMA};

/// A results file in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The first line.
    pub header: Header,
    /// The lines after it, in the order in which they were written.
    pub blocks: Vec<Block>,
    /// Whether the last line was cut off, as a killed process leaves it; that line is not in `blocks`.
    pub truncated: bool,
}

/// Why a results file could not be read. Each message names the file, the line where there is one, and the mend.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The file could not be opened or read.
    #[error("{}: cannot read the results file: {source}; give the path of a run.jsonl, as `crossover run` writes it", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file has no complete first line.
    #[error("{}: the file is empty; a run was stopped before it began, so measure again with `crossover run`", .0.display())]
    Empty(PathBuf),
    /// A line is not what this version writes.
    #[error("{}, line {line}: {message}; the file is damaged from here on, so cut it off before this line or measure again", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Line number, from 1.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
    /// The header's schema is another one.
    #[error("{}: schema `{found}` is not `{SCHEMA}`; read the file with the version of crossover that wrote it", path.display())]
    Schema {
        /// The file.
        path: PathBuf,
        /// The schema in the file.
        found: String,
    },
}

impl Run {
    /// Reads a results file. A last line without its newline is left out and reported in [`Run::truncated`].
    ///
    /// # Errors
    /// [`RunError`] when the file cannot be read, is empty, has another schema or a line that does not parse.
    pub fn read(path: &Path) -> Result<Self, RunError> {
        let unreadable = |source| RunError::Unreadable { path: path.to_owned(), source };
        let mut reader = BufReader::new(File::open(path).map_err(unreadable)?);
        let mut text = String::new();
        if reader.read_line(&mut text).map_err(unreadable)? == 0 || !text.ends_with('\n') {
            return Err(RunError::Empty(path.to_owned()));
        }
        let header = parse_header(path, &text)?;
        let mut blocks = Vec::new();
        for line in 2.. {
            text.clear();
            if reader.read_line(&mut text).map_err(unreadable)? == 0 {
                break;
            }
            if !text.ends_with('\n') {
                return Ok(Self { header, blocks, truncated: true });
            }
            blocks.push(parse(path, line, &text)?);
        }
        Ok(Self { header, blocks, truncated: false })
    }
}

fn parse<T: serde::de::DeserializeOwned>(path: &Path, line: usize, text: &str) -> Result<T, RunError> {
    serde_json::from_str(text).map_err(|error| RunError::Malformed {
        path: path.to_owned(),
        line,
        message: error.to_string(),
    })
}

fn parse_header(path: &Path, text: &str) -> Result<Header, RunError> {
    #[derive(serde::Deserialize)]
    struct Probe {
        schema: String,
    }
    let Probe { schema } = parse(path, 1, text)?;
    if schema != SCHEMA {
        return Err(RunError::Schema { path: path.to_owned(), found: schema });
    }
    parse(path, 1, text)
}

/// Appends to a results file; every line is on its way to the disk before the call returns.
#[derive(Debug)]
pub struct Writer {
    file: File,
}

impl Writer {
    /// Creates the file, or empties it, and writes the header.
    ///
    /// # Errors
    /// When the file cannot be created or written.
    pub fn create(path: &Path, header: &Header) -> std::io::Result<Self> {
        let file = OpenOptions::new().create(true).write(true).truncate(true).open(path)?;
        let mut writer = Self { file };
        writer.line(header)?;
        Ok(writer)
    }

    /// Appends one block.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub fn append(&mut self, block: &Block) -> std::io::Result<()> {
        self.line(block)
    }

    fn line(&mut self, value: &impl serde::Serialize) -> std::io::Result<()> {
        let mut line = serde_json::to_vec(value)?;
        line.push(b'\n');
        // One write per line: a killed process leaves whole lines and at most one partial one.
        self.file.write_all(&line)?;
        self.file.flush()
    }
}
