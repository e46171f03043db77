//! Size of a contender's Wasm after each build step, as every format shows it.

use super::{CellReport, units};
use crate::run::Size;

/// Caption of the table.
pub const CAPTION: &str =
    "Size by build step: the .wasm file alone after each step, and finally everything that ships, with glue and assets";

/// The headings of [`rows`].
pub const HEADINGS: [&str; 5] = ["Option", "After", "Raw", "gzip -9", "brotli -11"];

/// Every step of every contender that has any.
#[must_use]
pub fn rows<'a>(cells: impl Iterator<Item = &'a CellReport>) -> Vec<[String; 5]> {
    let row = |cell: &CellReport, after: &str, size: Size| {
        let [raw, gzip, brotli] = [size.raw, size.gzip, size.brotli].map(units::bytes);
        [cell.shown().to_owned(), after.to_owned(), raw, gzip, brotli]
    };
    let of_cell = |cell: &'a CellReport| {
        let steps = cell.size_steps.iter().map(|step| row(cell, step.step.name(), step.size));
        let ships = cell.size_bytes.map(|size| row(cell, "everything that ships", size));
        steps.chain(ships).collect::<Vec<_>>()
    };
    cells.filter(|cell| !cell.size_steps.is_empty()).flat_map(of_cell).collect()
}
