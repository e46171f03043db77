//! Lines that fit into a terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Colour;
use crate::report::{Outcome, wording};

/// Columns that every line fits in, but for what is there to be copied.
pub(super) const COLUMNS: usize = 80;

/// Lines of at most [`COLUMNS`] columns.
pub(in crate::export) struct Lines {
    text: String,
    colour: Colour,
}

impl Lines {
    pub(in crate::export) fn new(colour: Colour) -> Self {
        Self { text: String::new(), colour }
    }

    pub(in crate::export) fn into_text(self) -> String {
        self.text
    }

    pub(in crate::export) fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    pub(in crate::export) fn bold(&mut self, line: &str) {
        self.painted("1", &fitted(line, COLUMNS));
    }

    fn painted(&mut self, code: &str, line: &str) {
        match self.colour {
            Colour::Never => self.line(line),
            Colour::Always => self.line(&format!("\x1b[{code}m{}\x1b[0m", line.trim_end())),
        }
    }

    pub(super) fn coloured(&mut self, line: &str, outcome: Option<Outcome>) {
        match outcome {
            Some(Outcome::Faster) => self.painted("32", line),
            Some(Outcome::Slower) => self.painted("33", line),
            Some(Outcome::Same | Outcome::Unsure) | None => self.line(line),
        }
    }

    /// Breaks a text into lines that fit, each further one indented as far as the mark before the first.
    pub(in crate::export) fn wrapped(&mut self, mark: &str, text: &str) {
        self.coloured_wrapped(mark, text, None);
    }

    pub(super) fn coloured_wrapped(&mut self, mark: &str, text: &str, outcome: Option<Outcome>) {
        let mut line = mark.to_owned();
        let indent = " ".repeat(mark.width());
        for word in wording::printable(text).split_whitespace() {
            let word = fitted(word, COLUMNS.saturating_sub(indent.len()));
            if line.width() + word.width() > COLUMNS {
                self.coloured(&line, outcome);
                line.clone_from(&indent);
            }
            line.push_str(&word);
            line.push(' ');
        }
        self.coloured(&line, outcome);
    }
}

/// Cut to a width in columns, with an ellipsis if something was cut off.
pub(super) fn fitted(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut room = width.saturating_sub(1);
    for c in text.chars() {
        let columns = c.width().unwrap_or(0);
        if columns > room {
            break;
        }
        room -= columns;
        cut.push(c);
    }
    cut.push('…');
    cut
}
