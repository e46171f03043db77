//! A look at a group while it is being measured: what its comparisons say so far, and whether that is enough. Pure.

use super::comparisons::{Place, pairs};
use crate::comparison::{Outcome, Ratio, Rule};
use crate::measurement::Measurements;
use crate::run::{Goal, Kernel, Row, Schedule};

/// The comparisons of one kernel, input and stratum after some blocks: time per call, as the report will have them.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Candidate and comparison. A candidate that was not measured is not among them: no block would change that.
    pub ratios: Vec<(String, Ratio)>,
}

impl Look {
    /// Looks at the rows of one group; rows of others are passed over.
    #[must_use]
    pub fn at(schedule: &Schedule, kernel: &Kernel, input: &str, stratum: &str, rows: &[Row]) -> Self {
        let measurements = Measurements::of_rows(rows);
        let rule = Rule::of(schedule);
        let place = Place { measurements: &measurements, rule, kernel: &kernel.name, input, stratum, native: None };
        let ratio = |baseline, candidate| place.calls(baseline, candidate);
        let measured = pairs(kernel)
            .into_iter()
            .map(|(baseline, candidate)| (candidate.name.clone(), ratio(baseline, candidate)))
            .filter(|(_, ratio)| ratio.point.is_some());
        Self { ratios: measured.collect() }
    }

    /// Whether more blocks would tell nothing that is wanted.
    #[must_use]
    pub fn is_enough(&self, schedule: &Schedule) -> bool {
        self.ratios.iter().all(|(_, ratio)| {
            let is_settled = schedule.goal == Goal::Outcome && ratio.outcome != Outcome::Unsure;
            is_settled || ratio.half_width().is_some_and(|half| half <= schedule.precision)
        })
    }

    /// The candidate with the widest interval, and how far that reaches from its middle; infinitely far where there is
    /// no interval yet. `None` without a comparison.
    #[must_use]
    pub fn widest(&self) -> Option<(&str, f64)> {
        let widths =
            self.ratios.iter().map(|(name, ratio)| (name.as_str(), ratio.half_width().unwrap_or(f64::INFINITY)));
        widths.max_by(|a, b| a.1.total_cmp(&b.1))
    }
}
