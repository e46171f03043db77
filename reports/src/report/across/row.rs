//! A stratum of a job as a row of a table.

use super::{Across, InStratum, VisitorsOf};
use crate::comparison::swapped;
use crate::report::{KernelInfo, Report, units, wording};
use crate::verdict::Decision;

/// Headings of [`AcrossRow::cells`].
pub const HEADINGS: [&str; 6] =
    ["Browser", "Decision", "What is compared", "Per call", "Visitors", "Saving, one option for all"];

/// How many of the columns there are without a mix of visitors.
const WITHOUT_VISITORS: usize = 4;

/// The texts of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct AcrossRow {
    /// The decision, for its colour.
    pub decision: Decision,
    /// Its cells, as many as there are headings.
    pub cells: Vec<String>,
}

impl Across {
    /// A row for each stratum, in the order of the run.
    #[must_use]
    pub fn rows(&self, report: &Report, kernel: &KernelInfo) -> Vec<AcrossRow> {
        self.strata.iter().map(|one| self.row(report, kernel, one)).collect()
    }

    /// The headings of its rows.
    #[must_use]
    pub fn headings(&self) -> &'static [&'static str] {
        if self.visitors.is_some() { &HEADINGS } else { &HEADINGS[..WITHOUT_VISITORS] }
    }

    fn row(&self, report: &Report, kernel: &KernelInfo, one: &InStratum) -> AcrossRow {
        let missing = || units::MISSING.to_owned();
        let part: Option<&VisitorsOf> =
            self.visitors.iter().flat_map(|all| &all.parts).find(|part| part.stratum == one.stratum);
        let decision = if one.candidate.is_some() { one.decision.words() } else { "Not measured" };
        let cells = [
            report.name(&one.stratum).to_owned(),
            decision.to_owned(),
            one.contest(kernel).map_or_else(missing, |[candidate, rival]| format!("{candidate} against {rival}")),
            one.factor_with_interval().unwrap_or_else(missing),
            part.map_or_else(missing, |part| part.percent()),
            part.and_then(|part| part.saving_ns).map_or_else(missing, wording::saving),
        ];
        AcrossRow { decision: one.decision, cells: cells.into_iter().take(self.headings().len()).collect() }
    }
}

impl InStratum {
    /// What is compared with what, if there is a factor.
    pub(super) fn contest(&self, kernel: &KernelInfo) -> Option<[String; 2]> {
        self.speed_up.zip(self.ci)?;
        let [candidate, rival] = [&self.candidate, &self.rival].map(|option| Some(kernel.option(option.as_deref()?)));
        Some([candidate?, rival?])
    }

    /// `×18.2 faster (×17.1–×19.4)`.
    fn factor_with_interval(&self) -> Option<String> {
        Some(wording::speed_up(self.speed_up?.recip(), swapped(self.ci?)))
    }
}

impl VisitorsOf {
    /// `70 %`, `12.5 %`.
    pub(super) fn percent(&self) -> String {
        format!("{} %", (self.share * 1000.0).round() / 10.0)
    }
}
