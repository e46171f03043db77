//! The tips of all charts of a page: packed, because only the script shows them, and together as long as the charts.

use crate::chart::Tip;

/// For each chart, a line with its id, then a line for each tip: its place (`x y width height`) and, after a tab, its
/// text.
#[derive(Default)]
pub struct Tips(String);

impl Tips {
    /// Those of one chart; empty if it has none.
    pub fn of(id: &str, tips: &[Tip]) -> Self {
        let line =
            |Tip { at: (x, y), size: (width, height), text }: &Tip| format!("{x} {y} {width} {height}\t{text}\n");
        let lines: String = tips.iter().map(line).collect();
        if lines.is_empty() { Self::default() } else { Self(format!("{id}\n{lines}")) }
    }

    /// Adds those of another chart.
    pub fn join(&mut self, other: &Self) {
        self.0.push_str(&other.0);
    }

    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}
