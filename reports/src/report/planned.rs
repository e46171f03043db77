//! The plan, read back from the header: every cell that the run set out to measure, in order.

use crate::run::{self, Contender, Header, Input};

/// A cell of the plan with what the header says of its parts.
pub struct Planned<'a> {
    pub input: &'a Input,
    pub contender: &'a Contender,
    pub cell: run::Cell,
}

/// Every kernel × browser × input × contender, but for inputs that were not planned for the browser.
pub fn cells(header: &Header) -> Vec<Planned<'_>> {
    let mut cells = Vec::new();
    for kernel in &header.kernels {
        for browser in &header.browsers {
            for input in kernel.inputs.iter().filter(|input| browser.has(&kernel.name, &input.name)) {
                for contender in &kernel.contenders {
                    let cell = run::Cell {
                        kernel: kernel.name.clone(),
                        input: input.name.clone(),
                        contender: contender.name.clone(),
                        browser: browser.name.clone(),
                    };
                    cells.push(Planned { input, contender, cell });
                }
            }
        }
    }
    cells
}
