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
    countdown: Countdown,
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
        Self { verbosity, bar, began: Instant::now(), countdown: Countdown::default() }
    }

    /// Shows that a step is done: `what` it was, and the longest time that the rest can take, as far as it is known.
    pub fn step(&mut self, what: &str, left: Option<Duration>) {
        let left = self.countdown.shown(left);
        let time = words(left);
        // A narrow terminal cuts the end of a bar off, and a line in a log is found by its beginning.
        let parts = if self.bar.is_some() { [&*time, what] } else { [what, &*time] };
        let message = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        match &self.bar {
            Some(bar) => {
                let done = self.began.elapsed().as_secs_f64();
                if let Some(left) = left {
                    bar.set_position((BAR as f64 * done / (done + left.as_secs_f64()).max(f64::MIN_POSITIVE)) as u64);
                }
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

/// Empty where nothing is left.
fn words(left: Option<Duration>) -> String {
    match left.map(|left| (left, left.as_secs())) {
        None => "estimating the time left".to_owned(),
        Some((Duration::ZERO, _)) => String::new(),
        Some((_, seconds @ 0..90)) => format!("up to {} s left", seconds.max(1)),
        Some((_, seconds)) => format!("up to {} min left", seconds.div_ceil(60)),
    }
}

/// The time left as it is shown: where an estimate turns out to be too low, none is shown before the next one.
#[derive(Debug, Default)]
pub struct Countdown {
    /// The lowest that was shown since there was none.
    lowest: Option<Duration>,
}

impl Countdown {
    /// What to show of an estimate: nothing if it is more than a fifth above what was shown before.
    pub fn shown(&mut self, left: Option<Duration>) -> Option<Duration> {
        let climbs = self.lowest.zip(left).is_some_and(|(lowest, left)| left * 5 > lowest * 6);
        let shown = left.filter(|_| !climbs);
        self.lowest = shown.map(|left| self.lowest.map_or(left, |lowest| lowest.min(left)));
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_is_in_words() {
        assert_eq!(words(None), "estimating the time left");
        assert_eq!(words(Some(Duration::ZERO)), "");
        assert_eq!(words(Some(Duration::from_millis(10))), "up to 1 s left");
        assert_eq!(words(Some(Duration::from_secs(89))), "up to 89 s left");
        assert_eq!(words(Some(Duration::from_secs(121))), "up to 3 min left");
    }

    #[test]
    fn an_estimate_that_was_too_low_is_made_anew() {
        let mut countdown = Countdown::default();
        let shown = [None, Some(100), Some(90), Some(105), Some(115), Some(115), Some(50)]
            .map(|left| countdown.shown(left.map(Duration::from_secs)).map(|left| left.as_secs()));
        assert_eq!(shown, [None, Some(100), Some(90), Some(105), None, Some(115), Some(50)]);
    }
}
