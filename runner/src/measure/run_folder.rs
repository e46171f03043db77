//! The output folder of a run.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use crossover_reports::chart;
use crossover_reports::report::Report;
use crossover_reports::run::{Header, Row, Writer};

use crate::complaint;
use crate::lock::Lock;
use crate::progress::{Verbosity, say};

/// The folder of a run.
pub struct RunFolder {
    folder: PathBuf,
    /// Held for as long as this process writes to the folder.
    _lock: Lock,
}

/// The file that is locked. It stays in the folder: removing it might remove the lock of the next run.
const LOCK: &str = ".lock";

impl RunFolder {
    /// Makes and locks the folder, and checks that it can be written, before anything is measured.
    ///
    /// # Errors
    /// When it cannot be made or written, or another run writes to it.
    pub fn create(folder: &Path) -> anyhow::Result<Self> {
        let fix = || {
            format!("{}: the output folder cannot be written; help: name another one with --out DIR", folder.display())
        };
        fs::create_dir_all(folder.join("charts")).with_context(fix)?;
        let Some(lock) = Lock::try_take(&folder.join(LOCK)).map_err(|error| error.context(fix()))? else {
            bail!(
                "{}: another run is writing there; help: wait for its end, or name another folder with --out DIR",
                folder.display()
            );
        };
        Ok(Self { folder: folder.to_owned(), _lock: lock })
    }

    /// The results file.
    #[must_use]
    pub fn results(&self) -> PathBuf {
        self.folder.join("run.jsonl")
    }

    /// Begins the results file; an earlier one is replaced.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(&self, header: &Header) -> anyhow::Result<Writer> {
        let file = self.results();
        Writer::create(&file, header).with_context(|| format!("{}: cannot be written", file.display()))
    }

    /// Continues an existing results file, and returns what is complete in it. Without one, begins it.
    ///
    /// # Errors
    /// When it cannot be read or written, or is of another plan.
    pub fn resume(&self, header: &Header, verbosity: Verbosity) -> anyhow::Result<(Writer, Vec<Row>)> {
        let file = self.results();
        if !file.exists() {
            let fresh = format!("{}: there is no run to resume, so a new one starts", file.display());
            say(verbosity, &complaint::warning(&fresh));
            return Ok((self.begin(header)?, Vec::new()));
        }
        let (writer, run) = Writer::resume(&file, header)?;
        say(verbosity, &format!("{}: going on after {} complete rows", file.display(), run.rows.len()));
        Ok((writer, run.rows))
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes the page of a report, and its charts.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write_page(&self, page: &str, report: &Report) -> anyhow::Result<()> {
        write(&self.page(), page)?;
        for (name, svg) in chart::all(report)? {
            write(&self.folder.join("charts").join(name), &svg)?;
        }
        Ok(())
    }

    /// Writes the page of a run that is still measured.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write_unfinished(&self, page: &str) -> anyhow::Result<()> {
        write(&self.page(), page)
    }

    /// The page.
    #[must_use]
    pub fn page(&self) -> PathBuf {
        self.folder.join("report.html")
    }
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| format!("{}: cannot be written", path.display()))
}
