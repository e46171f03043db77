//! A look at a group during measuring: its comparisons so far, and whether they are enough. Pure.

use super::comparisons::{ComparisonScope, pairs};
use crate::comparison::{Outcome, Ratio, Rule};
use crate::measurement::Measurements;
use crate::run::{Goal, Kernel, Row, Schedule};

/// The comparisons of one kernel, input and stratum after some blocks: time per call, as in the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Candidate and comparison. A candidate that was not measured is missing, because no block would change that.
    pub ratios: Vec<(String, Ratio)>,
}

impl Look {
    /// Looks at the rows of one group; other rows are ignored.
    #[must_use]
    pub fn at(schedule: &Schedule, kernel: &Kernel, input: &str, stratum: &str, rows: &[Row]) -> Self {
        let measurements = Measurements::of_rows(rows);
        let rule = Rule::of(schedule);
        let scope =
            ComparisonScope { measurements: &measurements, rule, kernel: &kernel.name, input, stratum, native: None };
        let ratio = |baseline, candidate| scope.calls(baseline, candidate);
        let measured = pairs(kernel)
            .into_iter()
            .map(|(baseline, candidate)| (candidate.name.clone(), ratio(baseline, candidate)))
            .filter(|(_, ratio)| ratio.point.is_some());
        Self { ratios: measured.collect() }
    }

    /// Whether more blocks would add nothing to the goal.
    #[must_use]
    pub fn is_enough(&self, schedule: &Schedule) -> bool {
        self.ratios.iter().all(|(_, ratio)| {
            let is_settled = schedule.goal == Goal::Outcome && ratio.outcome != Outcome::Unsure;
            is_settled || ratio.half_width().is_some_and(|half| half <= schedule.precision)
        })
    }

    /// The candidate with the widest interval, and how far that extends from its middle; infinitely far without an
    /// interval yet. `None` without a comparison.
    #[must_use]
    pub fn widest(&self) -> Option<(&str, f64)> {
        let widths =
            self.ratios.iter().map(|(name, ratio)| (name.as_str(), ratio.half_width().unwrap_or(f64::INFINITY)));
        widths.max_by(|a, b| a.1.total_cmp(&b.1))
    }
}
