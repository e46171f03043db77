//! Wasm against the same code natively: the rows that every format shows.

use super::{CellReport, Comparison, Report, units, wording};
use crate::metric::Metric;
use crate::run::Kind;

/// Caption of the table.
pub const CAPTION: &str = "Native ceiling: Wasm against the kernel's own crate built for this machine, time per call";

/// How to read the table.
pub const NOTE: &str = "Native code runs in a process of its own per block, without a browser or a boundary. Wasm at 0.8 of \
                        its speed takes 1.25 times as long.";

/// The headings of [`CeilingRow::cells`], beside the contender's.
pub const HEADINGS: [&str; 4] = ["Wasm, per call", "Native, per call", "Wasm against native", "Part of native speed"];

/// One Wasm contender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CeilingRow {
    /// Time per call in the browser.
    pub wasm: String,
    /// Time per call natively.
    pub native: String,
    /// The comparison in words.
    pub against: String,
    /// Native ÷ Wasm, with its interval.
    pub part: String,
}

impl CeilingRow {
    /// The row of a cell; `None` if it is not Wasm, or either of the two was not measured.
    #[must_use]
    pub fn of(report: &Report, cell: &CellReport) -> Option<Self> {
        let mut beside = report.cells_of(&cell.kernel, &cell.input, &cell.stratum);
        let native = beside.find(|other| other.kind == Kind::Native)?;
        let comparison = report.comparison(cell, &native.contender, Metric::CALL)?;
        Some(Self {
            wasm: units::time(cell.call_ns?.median),
            native: units::time(native.call_ns?.median),
            against: wording::comparison(comparison),
            part: part(comparison)?,
        })
    }

    /// All columns, under [`HEADINGS`].
    #[must_use]
    pub fn cells(self) -> [String; 4] {
        [self.wasm, self.native, self.against, self.part]
    }
}

/// The part of native speed that Wasm reaches.
fn part(comparison: &Comparison) -> Option<String> {
    let part = format!("{:.2}", comparison.ratio?.recip());
    Some(match comparison.ci {
        Some([low, high]) => format!("{part} ({:.2}–{:.2})", high.recip(), low.recip()),
        None => part,
    })
}
