//! Results on stdout.

use std::io::{ErrorKind, IsTerminal as _, Write as _};

use anyhow::Context as _;
use crossover_reports::export::Colour;

use crate::interrupt;

/// Writes results to stdout. A reader that has gone away (`| head`) is no error.
///
/// # Errors
/// When they cannot be written, as to a disk that is full.
pub fn print(text: &str) -> anyhow::Result<()> {
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
#[must_use]
pub fn colour() -> Colour {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    let wanted = is_set("CLICOLOR_FORCE") || (std::io::stdout().is_terminal() && !is_set("NO_COLOR"));
    if wanted { Colour::Always } else { Colour::Never }
}

/// Columns where nothing says how many there are, as in a pipe.
const COLUMNS: usize = 80;

/// The columns that lines may take: those that `COLUMNS` names, else those of the terminal.
#[must_use]
pub fn columns() -> usize {
    let named = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    named.or_else(of_terminal).filter(|columns| *columns > 0).unwrap_or(COLUMNS)
}

#[cfg(unix)]
fn of_terminal() -> Option<usize> {
    rustix::termios::tcgetwinsize(std::io::stdout()).ok().map(|size| size.ws_col.into())
}

#[cfg(not(unix))]
fn of_terminal() -> Option<usize> {
    None
}
