//! A table of a terminal: columns are as wide as their cells, and together no wider than a line.

use unicode_width::UnicodeWidthStr;

use super::lines::{COLUMNS, Lines, fitted};
use crate::report::Outcome;
use crate::report::wording::printable;

/// Columns of space before each cell.
const SPACE: usize = 2;

/// Columns of words are not made narrower than this.
const LEAST: usize = 12;

/// A column: its heading, and the side that its text is aligned to.
pub(in crate::export) struct TableColumn {
    heading: String,
    side: TextSide,
}

/// Words are aligned left, figures right.
#[derive(PartialEq)]
enum TextSide {
    Left,
    Right,
}

/// A column of words. Where a line has too little room, they are cut off.
pub(in crate::export) fn left(heading: impl Into<String>) -> TableColumn {
    TableColumn { heading: heading.into(), side: TextSide::Left }
}

/// A column of figures.
pub(in crate::export) fn right(heading: impl Into<String>) -> TableColumn {
    TableColumn { heading: heading.into(), side: TextSide::Right }
}

/// What is below the headings.
enum Entry {
    Row(Vec<String>, Option<Outcome>),
    /// A text between rows, with the mark before it.
    Text(String, String, Option<Outcome>),
}

/// A table that is still being filled.
pub(in crate::export) struct Table {
    columns: Vec<TableColumn>,
    entries: Vec<Entry>,
}

impl Table {
    pub(in crate::export) fn new(columns: impl IntoIterator<Item = TableColumn>) -> Self {
        Self { columns: columns.into_iter().collect(), entries: Vec::new() }
    }

    /// Adds a row, coloured by what it finds.
    pub(in crate::export) fn row(&mut self, cells: impl IntoIterator<Item = String>, outcome: Option<Outcome>) {
        self.entries.push(Entry::Row(cells.into_iter().map(|cell| printable(&cell)).collect(), outcome));
    }

    /// Adds a text over the whole width.
    pub(in crate::export) fn text(&mut self, mark: &str, text: &str) {
        self.coloured_text(mark, text, None);
    }

    pub(super) fn coloured_text(&mut self, mark: &str, text: &str, outcome: Option<Outcome>) {
        self.entries.push(Entry::Text(mark.to_owned(), text.to_owned(), outcome));
    }

    /// As wide as the widest cell; where that is too much together, the widest column of words gives way.
    fn widths(&self) -> Vec<usize> {
        let mut widths: Vec<usize> = self.columns.iter().map(|column| column.heading.width()).collect();
        for entry in &self.entries {
            let Entry::Row(cells, _) = entry else { continue };
            for (width, cell) in widths.iter_mut().zip(cells) {
                *width = cell.width().max(*width);
            }
        }
        while widths.iter().map(|width| SPACE + width).sum::<usize>() > COLUMNS {
            let words = widths.iter_mut().zip(&self.columns).filter(|(_, column)| column.side == TextSide::Left);
            match words.map(|(width, _)| width).max_by_key(|width| **width).filter(|width| **width > LEAST) {
                Some(widest) => *widest -= 1,
                None => break,
            }
        }
        widths
    }

    fn line(&self, cells: &[String], widths: &[usize]) -> String {
        let mut line = String::new();
        for ((cell, width), column) in cells.iter().zip(widths).zip(&self.columns) {
            let cell = fitted(cell, *width);
            let space = " ".repeat(width.saturating_sub(cell.width()));
            line.push_str(&" ".repeat(SPACE));
            line.push_str(&match column.side {
                TextSide::Left => cell + &space,
                TextSide::Right => space + &cell,
            });
        }
        line
    }
}

impl Lines {
    pub(in crate::export) fn table(&mut self, table: &Table) {
        let widths = table.widths();
        let headings: Vec<String> = table.columns.iter().map(|column| printable(&column.heading)).collect();
        self.line(&table.line(&headings, &widths));
        for entry in &table.entries {
            match entry {
                Entry::Row(cells, outcome) => self.coloured(&table.line(cells, &widths), *outcome),
                Entry::Text(mark, text, outcome) => self.coloured_wrapped(mark, text, *outcome),
            }
        }
    }
}
