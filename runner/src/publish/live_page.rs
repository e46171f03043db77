//! The page of a run that is still measured.

use std::cell::Cell;
use std::time::{Duration, Instant};

use crossover_reports::export::{Page, html};
use crossover_reports::report::Report;
use crossover_reports::run::{Header, Row, Run};

use crate::measure::RunFolder;
use crate::progress::{Verbosity, say};

/// Making pages takes at most one part in so many of a run's time.
const SHARE: u32 = 20;
/// The least time between two pages.
const LEAST: Duration = Duration::from_secs(5);

/// The page of a run, written anew as the run goes on.
pub struct LivePage<'a> {
    output: &'a RunFolder,
    verbosity: Verbosity,
    /// When the next page is due; `None` before the first.
    due: Cell<Option<Instant>>,
}

impl<'a> LivePage<'a> {
    /// In the folder of the run.
    #[must_use]
    pub fn new(output: &'a RunFolder, verbosity: Verbosity) -> Self {
        Self { output, verbosity, due: Cell::new(None) }
    }

    /// Writes the page with what was measured so far, unless that was done a moment ago.
    pub fn show(&self, header: &Header, rows: &[Row]) {
        let begun = Instant::now();
        if self.due.get().is_some_and(|due| begun < due) {
            return;
        }
        // The final page is written with the same means, and an error counts then.
        if self.write(header, rows).is_ok() && self.due.get().is_none() {
            let page = self.output.page();
            say(self.verbosity, &format!("first figures: {} (load it again for more)", page.display()));
        }
        self.due.set(Some(Instant::now() + LEAST + begun.elapsed() * SHARE));
    }

    fn write(&self, header: &Header, rows: &[Row]) -> anyhow::Result<()> {
        let run = Run { header: header.clone(), rows: rows.to_vec(), truncated: false };
        let report = Report::from_run(&run);
        self.output.write_unfinished(&html(&Page { is_final: false, ..Page::of(&report) })?)
    }
}
