//! A job across browsers: a line for each of its inputs, and one for a mix of visitors.

use super::Lines;
use crate::report::{KernelInfo, Report, wording};

/// The lines; empty where the job was measured in one stratum.
pub(super) fn lines(out: &mut Lines, report: &Report, kernel: &KernelInfo) {
    let all: Vec<_> = report.across(&kernel.name).collect();
    for across in &all {
        let input = if all.len() > 1 { format!(" · {}", kernel.input(&across.input)) } else { String::new() };
        let calls = wording::scenario(&across.scenario);
        out.bold(&wording::printable(&format!("{}{input} · side by side, {calls}", kernel.shown())));
        out.wrapped("→ ", &format!("{}.", wording::capitalised(&across.answer)));
        if let Some(visitors) = &across.visitors {
            out.wrapped("→ ", &format!("{}.", visitors.answer));
        }
    }
    if !all.is_empty() {
        out.line("");
    }
}
