//! Progress on stderr: a bar on a terminal, plain lines elsewhere, nothing when quiet.

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use crossover_reports::report::wording::printable;
use indicatif::{ProgressBar, ProgressStyle};

/// Whether progress is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verbosity {
    /// Nothing.
    Quiet,
    /// Progress, on stderr.
    Normal,
}

impl Verbosity {
    /// The verbosity of a command with or without `--quiet`.
    #[must_use]
    pub fn of(quiet: bool) -> Self {
        if quiet { Self::Quiet } else { Self::Normal }
    }
}

/// Steps of the bar.
const BAR: u64 = 1000;

/// Shows how far the work is.
#[derive(Debug)]
pub struct Progress {
    verbosity: Verbosity,
    bar: Option<ProgressBar>,
    began: Instant,
}

impl Progress {
    /// Progress of something that begins now.
    #[must_use]
    pub fn new(verbosity: Verbosity) -> Self {
        let is_terminal = verbosity == Verbosity::Normal && std::io::stderr().is_terminal();
        let bar = is_terminal.then(|| {
            let style = ProgressStyle::with_template("{bar:30} {msg}")
                // The template is a constant that indicatif accepts.
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(BAR).with_style(style)
        });
        Self { verbosity, bar, began: Instant::now() }
    }

    /// Shows that a step is done: `what` it was, and the longest time that the rest can take.
    pub fn step(&mut self, what: &str, left: Duration) {
        let message = if left.is_zero() { what.to_owned() } else { format!("{what}, {}", words(left)) };
        match &self.bar {
            Some(bar) => {
                let done = self.began.elapsed().as_secs_f64();
                bar.set_position((BAR as f64 * done / (done + left.as_secs_f64()).max(f64::MIN_POSITIVE)) as u64);
                bar.set_message(printable(&message));
            }
            None => say(self.verbosity, &message),
        }
    }

    /// Removes the bar.
    pub fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Prints one line or a few. They may quote foreign text, so control characters are made harmless. If stderr cannot be
/// written any more (`2>&1 | head -1`, a full disk), the lines are dropped and the work goes on.
pub fn say(verbosity: Verbosity, lines: &str) {
    if verbosity == Verbosity::Normal {
        let text: String = lines.lines().map(|line| printable(line) + "\n").collect();
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }
}

fn words(left: Duration) -> String {
    match left.as_secs() {
        seconds @ 0..90 => format!("at most {} s left", seconds.max(1)),
        seconds => format!("at most {} min left", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_is_in_words() {
        assert_eq!(words(Duration::from_millis(10)), "at most 1 s left");
        assert_eq!(words(Duration::from_secs(89)), "at most 89 s left");
        assert_eq!(words(Duration::from_secs(121)), "at most 3 min left");
    }
}
