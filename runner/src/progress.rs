//! Progress on stderr: a bar on a terminal, plain lines elsewhere, nothing when quiet.

use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Where progress goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// Nowhere.
    Quiet,
    /// To stderr.
    Stderr,
}

/// Tells how far the work is.
#[derive(Debug)]
pub struct Progress {
    voice: Voice,
    bar: Option<ProgressBar>,
    steps: u64,
    done: u64,
    began: Instant,
}

impl Progress {
    /// Progress over `steps` steps of about equal length.
    #[must_use]
    pub fn new(voice: Voice, steps: u64) -> Self {
        let is_terminal = voice == Voice::Stderr && std::io::stderr().is_terminal();
        let bar = is_terminal.then(|| {
            let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}")
                // The template is a constant that indicatif accepts.
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(steps).with_style(style)
        });
        Self { voice, bar, steps, done: 0, began: Instant::now() }
    }

    /// One step is done; `what` it was.
    pub fn step(&mut self, what: &str) {
        self.done += 1;
        let message = format!("{what}{}", self.left().map_or_else(String::new, |left| format!(", {}", words(left))));
        match &self.bar {
            Some(bar) => {
                bar.set_position(self.done);
                bar.set_message(message);
            }
            None if self.voice == Voice::Stderr => eprintln!("{}/{} {message}", self.done, self.steps),
            None => {}
        }
    }

    /// So many steps turned out not to be needed.
    pub fn skip(&mut self, steps: u64) {
        self.steps -= steps.min(self.steps - self.done);
        if let Some(bar) = &self.bar {
            bar.set_length(self.steps);
        }
    }

    /// Takes the bar away.
    pub fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }

    fn left(&self) -> Option<Duration> {
        let todo = self.steps.checked_sub(self.done).filter(|todo| *todo > 0)?;
        Some(self.began.elapsed().mul_f64(todo as f64 / self.done as f64))
    }
}

/// Says one line.
pub fn say(voice: Voice, line: &str) {
    if voice == Voice::Stderr {
        eprintln!("{line}");
    }
}

fn words(left: Duration) -> String {
    match left.as_secs() {
        seconds @ 0..90 => format!("about {} s left", seconds.max(1)),
        seconds => format!("about {} min left", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_is_in_words() {
        assert_eq!(words(Duration::from_millis(10)), "about 1 s left");
        assert_eq!(words(Duration::from_secs(89)), "about 89 s left");
        assert_eq!(words(Duration::from_secs(121)), "about 3 min left");
    }
}
