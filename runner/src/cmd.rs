//! The commands, one file each. They only wire the stages together.

mod build_matrix;
mod calibrate;
mod charts;
mod compare;
mod doctor;
mod history;
mod init;
mod list;
mod merge;
mod new;
mod port;
mod profile;
mod report;
mod run;
mod scout;
mod verify;

pub use build_matrix::build_matrix;
pub use calibrate::calibrate;
pub use charts::charts;
pub use compare::compare;
pub use doctor::{doctor, setup};
pub use history::history;
pub use init::init;
pub use list::list;
pub use merge::merge;
pub use new::new;
pub use port::port;
pub use profile::profile;
pub use report::report;
pub use run::run;
pub use scout::scout;
pub use verify::verify;

use std::io::{ErrorKind, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use crossover_reports::export::Colour;

use crate::interrupt;

/// Writes results to stdout. A reader that has gone away (`| head`) is no error.
///
/// # Errors
/// When they cannot be written, as to a disk that is full.
fn print(text: &str) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        // A terminal that was closed takes its stdout with it.
        Err(error) if error.kind() != ErrorKind::BrokenPipe && !interrupt::is_heard() => {
            Err(error).context("the result could not be written to stdout")
        }
        _ => Ok(()),
    }
}

/// Colour on a terminal, unless the user says otherwise (no-color.org, bixense.com/clicolors).
fn colour() -> Colour {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    let wanted = is_set("CLICOLOR_FORCE") || (std::io::stdout().is_terminal() && !is_set("NO_COLOR"));
    if wanted { Colour::Always } else { Colour::Never }
}

/// The results file that is meant by a path: itself, or the one in a folder.
fn results(run: &Path) -> PathBuf {
    if run.is_dir() { run.join("run.jsonl") } else { run.to_owned() }
}
