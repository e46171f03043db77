//! Two runs that were made at different times: their times are not comparable, but their ratios to the baseline are.

use super::timed::{Timed, judged, log_margin};
use super::{Cost, Gate, GateRow, Limits, Way, exact};
use crate::comparison::{CONFIDENCE, Evidence, MARGIN, Outcome, Rule};
use crate::measurement::{Measurement, Measurements};
use crate::run::{Cell, Contender, Header, Input, Kernel, RevisionsOf, Run, Stratum};
use crate::stats::{difference_above, difference_interval};

/// Compares the common part of two runs. Times are compared as ratios to the baseline, within each run. Exceptions
/// apply by `today`, `YYYY-MM-DD`.
#[must_use]
pub fn of_runs(base: &Run, head: &Run, limits: &Limits, today: &str) -> Gate {
    let measured = [Measurements::of(base), Measurements::of(head)];
    let (mut rows, mut timed) = (Vec::new(), Vec::new());
    for kernel in &head.header.kernels {
        let earlier = base.header.kernels.iter().find(|earlier| earlier.name == kernel.name);
        for contender in &kernel.contenders {
            let of = RevisionsOf { kernel: kernel.name.clone(), contender: contender.name.clone() };
            let before = earlier.and_then(|earlier| named(earlier, &contender.name));
            rows.extend(exact::rows(&of, before, Some(contender), limits));
            let Some((earlier, before)) = earlier.zip(before) else { continue };
            if contender.name == kernel.baseline || before.ships_the_same(contender) {
                continue;
            }
            let doubt = doubt(&base.header, &head.header, earlier, kernel);
            for stratum in head.header.contests() {
                for input in &kernel.inputs {
                    let row = |cost| GateRow {
                        input: Some(input.name.clone()),
                        stratum: Some(stratum.id.clone()),
                        ..GateRow::of(&of, cost, limits)
                    };
                    let is_same = |other: &&Input| other.name == input.name && other.sha256 == input.sha256;
                    let changed = earlier.inputs.iter().find(is_same).is_none().then_some("the input is different");
                    let ratios = Ratios { kernel, measured: &measured, doubt: doubt.or(changed) };
                    timed.extend(Cost::all().filter_map(|cost| ratios.timed(row(cost))));
                    rows.extend(Cost::all().filter_map(|cost| ratios.peak(row(cost))));
                }
            }
        }
    }
    for kernel in &base.header.kernels {
        let later = head.header.kernels.iter().find(|later| later.name == kernel.name);
        let gone = kernel
            .contenders
            .iter()
            .filter(|contender| later.is_none_or(|later| named(later, &contender.name).is_none()));
        for contender in gone {
            let of = RevisionsOf { kernel: kernel.name.clone(), contender: contender.name.clone() };
            rows.extend(exact::rows(&of, Some(contender), None, limits));
        }
    }
    rows.extend(judged(timed));
    Gate::of([base, head], Way::Stored, rows, limits, today)
}

fn named<'a>(kernel: &'a Kernel, name: &str) -> Option<&'a Contender> {
    kernel.contenders.iter().find(|contender| contender.name == name)
}

/// Whether two runs were measured in the same runtimes, on machines of the same classes.
fn have_the_same_strata(a: &Header, b: &Header) -> bool {
    let is_same = |(a, b): (&Stratum, &Stratum)| {
        let alike = a.runtime.id == b.runtime.id && a.runtime.version == b.runtime.version;
        alike && (&a.emulation, &a.machine) == (&b.emulation, &b.machine)
    };
    a.contests().count() == b.contests().count() && a.contests().zip(b.contests()).all(is_same)
}

/// Why the ratios of two runs cannot be compared for a kernel's candidates.
fn doubt(base: &Header, head: &Header, earlier: &Kernel, kernel: &Kernel) -> Option<&'static str> {
    let baselines = [named(earlier, &earlier.baseline), named(kernel, &kernel.baseline)];
    let is_same_baseline = matches!(baselines, [Some(a), Some(b)] if a.ships_the_same(b));
    match () {
        () if !base.machine.is_like(&head.machine) => Some("the runs are of machines of different classes"),
        () if !have_the_same_strata(base, head) => Some("the runs are of different browsers"),
        () if earlier.baseline != kernel.baseline || !is_same_baseline => {
            Some("the baseline has changed, so ratios to it cannot be compared")
        }
        () => None,
    }
}

/// The ratios of a kernel's candidates to its baseline, in both runs.
struct Ratios<'a> {
    kernel: &'a Kernel,
    measured: &'a [Measurements; 2],
    doubt: Option<&'static str>,
}

impl Ratios<'_> {
    /// A cost that scatters, as a ratio to the baseline; `None` for a cost that is not compared with it.
    fn timed(&self, row: GateRow) -> Option<Timed> {
        if !row.cost.is_followed_as_ratio() {
            return None;
        }
        let [base, head] = self.measured.each_ref().map(|measured| self.evidence(measured, &row));
        let (base, head) = (base?, head?);
        let rule = Rule::default();
        let hidden = base.hidden.max(head.hidden);
        let point = head.ratio.point? / base.ratio.point?;
        let ci = difference_interval(&base.logs, &head.logs, rule.confidence)
            .map(|[low, high]| [low.min(point.ln()) - hidden, high.max(point.ln()) + hidden].map(f64::exp));
        let is_uneven = base.ratio.uneven || head.ratio.uneven;
        let doubt = self.doubt.or(is_uneven.then_some("something slowed the machine beside one of the two"));
        let row = GateRow {
            base: base.ratio.point,
            head: head.ratio.point,
            ratio: Some(point),
            ci,
            blocks: u32::try_from(base.logs.len().min(head.logs.len())).unwrap_or(u32::MAX),
            outcome: doubt.map_or(Outcome::of(point, ci, MARGIN), |_| Outcome::Unsure),
            ..row
        };
        Some(Timed {
            worse: difference_above(&base.logs, &head.logs, row.log_limit() + hidden),
            better: difference_above(&head.logs, &base.logs, log_margin() + hidden),
            doubt,
            to_confirm: false,
            row,
        })
    }

    fn peak(&self, row: GateRow) -> Option<GateRow> {
        let [base, head] = self.measured.each_ref().map(|measured| self.measurement(measured, &row, &row.contender));
        let (base, head) = (base?, head?);
        exact::peak(row, base, head)
    }

    fn evidence(&self, measured: &Measurements, row: &GateRow) -> Option<Evidence> {
        let of = |contender: &str| self.measurement(measured, row, contender);
        let rule = Rule { confidence: CONFIDENCE, margin: MARGIN };
        Evidence::of(of(&self.kernel.baseline)?, of(&row.contender)?, *row.cost, rule)
    }

    fn measurement<'a>(&self, measured: &'a Measurements, row: &GateRow, contender: &str) -> Option<&'a Measurement> {
        measured.get(&Cell {
            kernel: self.kernel.name.clone(),
            input: row.input.clone()?,
            contender: contender.to_owned(),
            stratum: row.stratum.clone()?,
        })
    }
}
