//! The cells and verdicts that belong together.

use super::{Cell, Report, Verdict};
use crate::run::{Kind, native_beside};

impl Report {
    /// The cells of one kernel, input and stratum, in the order of the run, and those of native code beside them.
    pub fn cells_of<'a>(&'a self, kernel: &'a str, input: &'a str, stratum: &'a str) -> impl Iterator<Item = &'a Cell> {
        let is_of = move |cell: &&Cell| cell.kernel == kernel && cell.input == input;
        self.cells.iter().filter(is_of).filter(move |cell| self.is_beside(cell, stratum))
    }

    /// Whether a cell is of this stratum, or of native code on its machine.
    pub(super) fn is_beside(&self, cell: &Cell, stratum: &str) -> bool {
        let native = || native_beside(&self.run.strata, &self.run.native, stratum);
        cell.stratum == stratum || cell.kind == Kind::Native && native() == Some(&*cell.stratum)
    }

    /// The verdicts on one cell's contender, one per scenario.
    pub fn verdicts_on<'a>(&'a self, cell: &'a Cell) -> impl Iterator<Item = &'a Verdict> + Clone {
        self.verdicts.iter().filter(move |verdict| {
            verdict.candidate == cell.contender
                && verdict.kernel == cell.kernel
                && verdict.input == cell.input
                && verdict.stratum == cell.stratum
        })
    }

    /// The verdict on a cell's contender that says from which size of input on it is faster, and than what. Every scenario
    /// has the same answer, since it is about calls alone, apart from who the rival is: it is that with the most calls.
    #[must_use]
    pub fn crossover_on<'a>(&'a self, cell: &'a Cell) -> Option<(&'a Verdict, &'a str)> {
        let verdicts = self.verdicts_on(cell).filter_map(|verdict| Some((verdict, verdict.rival.as_deref()?)));
        verdicts.max_by_key(|(verdict, _)| verdict.scenario.calls)
    }

    /// The cells of a kernel and stratum whose throughput is known, by the size of their inputs: each with bytes, and bytes
    /// per second. Of a contender's inputs of one size, the first that was measured: two would make its line a wall.
    pub fn cells_by_size<'a>(&'a self, kernel: &str, stratum: &'a str) -> Vec<((f64, f64), &'a Cell)> {
        let Some(kernel) = self.kernels.iter().find(|one| one.name == kernel) else { return Vec::new() };
        let mut inputs: Vec<_> = kernel.inputs.iter().filter(|input| input.bytes > 0).collect();
        inputs.sort_by_key(|input| input.bytes);
        let mut found: Vec<((f64, f64), &Cell)> = Vec::new();
        for same in inputs.chunk_by(|a, b| a.bytes == b.bytes) {
            let smaller = found.len();
            for cell in same.iter().flat_map(|input| self.cells_of(&kernel.name, &input.name, stratum)) {
                let Some(throughput) = cell.throughput_bytes_per_s else { continue };
                if !found[smaller..].iter().any(|(_, other)| other.contender == cell.contender) {
                    found.push(((same[0].bytes as f64, throughput), cell));
                }
            }
        }
        found
    }
}
