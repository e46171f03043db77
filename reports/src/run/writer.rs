//! Appending to a results file, from its start or after the rows of an earlier process.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use super::file::line;
use super::{Header, Row, Run, RunError};

/// Appends to a results file; every line is handed to the system before the call returns.
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
        writer.lines(std::slice::from_ref(header))?;
        Ok(writer)
    }

    /// Resumes a file of a run of the same plan, and returns its complete part ([`Run::keep_complete`]). A last line
    /// that was cut off is removed. Rows of incomplete blocks stay in the file until their next measurement replaces
    /// them. A file that is refused is not changed.
    ///
    /// # Errors
    /// [`RunError`] when the file cannot be read or written, has no complete header or another schema, or
    /// belongs to another plan than `header`.
    pub fn resume(path: &Path, header: &Header) -> Result<(Self, Run), RunError> {
        let mut run = Run::read(path)?;
        if let Some(difference) = run.header.resume_difference(header) {
            return Err(RunError::OtherPlan { path: path.to_owned(), difference });
        }
        let unwritable = |reason| RunError::Unwritable { path: path.to_owned(), reason };
        let mut file = OpenOptions::new().read(true).write(true).open(path).map_err(unwritable)?;
        let end = end_of_last_line(&mut file).map_err(unwritable)?;
        file.set_len(end).and_then(|()| file.seek(SeekFrom::Start(end))).map_err(unwritable)?;
        run.keep_complete();
        Ok((Self { file }, run))
    }

    /// Appends rows that belong together, such as those of all contenders in one block, in one write.
    ///
    /// # Errors
    /// When the lines cannot be written.
    pub fn append_all(&mut self, rows: &[Row]) -> std::io::Result<()> {
        self.lines(rows)
    }

    fn lines(&mut self, values: &[impl serde::Serialize]) -> std::io::Result<()> {
        let mut lines = Vec::new();
        for value in values {
            line(&mut lines, value)?;
        }
        // One write: a killed process leaves all lines or none, unless it is killed during the write itself.
        self.file.write_all(&lines)?;
        self.file.flush()
    }
}

/// Offset after the last newline of a file, bytes; 0 without one.
fn end_of_last_line(file: &mut File) -> std::io::Result<u64> {
    const STEP: u64 = 64 * 1024;
    let mut end = file.seek(SeekFrom::End(0))?;
    let mut part = Vec::new();
    while end > 0 {
        let start = end.saturating_sub(STEP);
        file.seek(SeekFrom::Start(start))?;
        part.clear();
        file.take(end - start).read_to_end(&mut part)?;
        if let Some(at) = part.iter().rposition(|byte| *byte == b'\n') {
            return Ok(start + at as u64 + 1);
        }
        end = start;
    }
    Ok(0)
}
