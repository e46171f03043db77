//! The plan, read back from the header: every planned cell of the run, in order.

use crate::run::{self, Contender, Header, Input};

/// A planned cell, with the header's entries for its parts.
pub struct Planned<'a> {
    pub input: &'a Input,
    pub contender: &'a Contender,
    pub cell: run::Cell,
}

/// Every kernel × stratum × input × contender that was planned.
pub fn cells(header: &Header) -> Vec<Planned<'_>> {
    let mut cells = Vec::new();
    for kernel in &header.kernels {
        for stratum in &header.strata {
            for input in kernel.inputs.iter().filter(|input| stratum.has(&kernel.name, &input.name)) {
                for contender in kernel.contenders.iter().filter(|contender| stratum.takes(contender.kind)) {
                    let cell = run::Cell {
                        kernel: kernel.name.clone(),
                        input: input.name.clone(),
                        contender: contender.name.clone(),
                        stratum: stratum.id.clone(),
                    };
                    cells.push(Planned { input, contender, cell });
                }
            }
        }
    }
    cells
}
