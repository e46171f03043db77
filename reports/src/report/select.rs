//! Cells and verdicts that belong together.

use super::{CellReport, KernelInfo, Report, Verdict};
use crate::run::{Kind, native_beside};

impl Report {
    /// The kernel of this name; `None` if the run does not have it.
    #[must_use]
    pub fn kernel(&self, name: &str) -> Option<&KernelInfo> {
        self.kernels.iter().find(|kernel| kernel.name == name)
    }

    /// What people read for a kernel.
    #[must_use]
    pub fn title<'a>(&'a self, kernel: &'a str) -> &'a str {
        self.kernel(kernel).map_or(kernel, KernelInfo::shown)
    }

    /// What people read for a contender of a kernel.
    #[must_use]
    pub fn option(&self, kernel: &str, contender: &str) -> String {
        self.kernel(kernel).map_or_else(|| contender.to_owned(), |kernel| kernel.option(contender))
    }

    /// What people read for an input of a kernel.
    #[must_use]
    pub fn input<'a>(&'a self, kernel: &str, input: &'a str) -> &'a str {
        self.kernel(kernel).map_or(input, |kernel| kernel.input(input))
    }

    /// The cells of one kernel, input and stratum, in the order of the run, and those of native code on the same
    /// machine.
    pub fn cells_of<'a>(
        &'a self,
        kernel: &'a str,
        input: &'a str,
        stratum: &'a str,
    ) -> impl Iterator<Item = &'a CellReport> {
        let is_of = move |cell: &&CellReport| cell.kernel == kernel && cell.input == input;
        self.cells.iter().filter(is_of).filter(move |cell| self.is_beside(cell, stratum))
    }

    /// Whether a cell is of this stratum, or of native code on its machine.
    pub(super) fn is_beside(&self, cell: &CellReport, stratum: &str) -> bool {
        let native = || native_beside(&self.run.strata, &self.run.native, stratum);
        cell.stratum == stratum || cell.kind == Kind::Native && native() == Some(&*cell.stratum)
    }

    /// The verdicts on one cell's contender, one per scenario.
    pub fn verdicts_on<'a>(&'a self, cell: &'a CellReport) -> impl Iterator<Item = &'a Verdict> + Clone {
        self.verdicts.iter().filter(move |verdict| {
            verdict.candidate == cell.contender
                && verdict.kernel == cell.kernel
                && verdict.input == cell.input
                && verdict.stratum == cell.stratum
        })
    }

    /// The verdict on a cell's contender that has the size from which it is faster, and the rival. The answer is about
    /// calls alone, so it is the same in every scenario except for the rival: this is the verdict for the most calls.
    #[must_use]
    pub fn crossover_on<'a>(&'a self, cell: &'a CellReport) -> Option<(&'a Verdict, &'a str)> {
        let verdicts = self.verdicts_on(cell).filter_map(|verdict| Some((verdict, verdict.rival.as_deref()?)));
        verdicts.max_by_key(|(verdict, _)| verdict.scenario.calls)
    }

    /// The cells of a kernel and stratum with a known throughput, by the size of their inputs: each with bytes, and
    /// bytes per second. If a contender has several inputs of one size, the first that was measured: two would draw a
    /// vertical line.
    pub fn cells_by_size<'a>(&'a self, kernel: &str, stratum: &'a str) -> Vec<((f64, f64), &'a CellReport)> {
        let Some(kernel) = self.kernel(kernel) else { return Vec::new() };
        let mut inputs: Vec<_> = kernel.inputs.iter().filter(|input| input.bytes > 0).collect();
        inputs.sort_by_key(|input| input.bytes);
        let mut found: Vec<((f64, f64), &CellReport)> = Vec::new();
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
