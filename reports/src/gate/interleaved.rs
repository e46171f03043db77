//! Two revisions that were measured in turns.

use super::timed::{CONFIRMED, Timed, judged, log_margin};
use super::{Confirmation, Cost, Gate, GateRow, Limits, Way, exact};
use crate::comparison::{CONFIDENCE, Evidence, MARGIN, Rule};
use crate::measurement::{Measurement, Measurements};
use crate::run::{Cell, Contender, Kernel, Revision, Run};
use crate::stats::above;

/// Judges a run that measured contenders of two revisions. Other kernels are skipped. Exceptions apply by `today`,
/// `YYYY-MM-DD`.
#[must_use]
pub fn of_run(run: &Run, limits: &Limits, today: &str) -> Gate {
    let measurements = Measurements::of(run);
    let (mut rows, mut timed) = (Vec::new(), Vec::new());
    for kernel in &run.header.kernels {
        let Some(of) = &kernel.revisions_of else { continue };
        let (base, head) = (kernel.at(Revision::Base), kernel.at(Revision::Head));
        rows.extend(exact::rows(of, base, head, limits));
        let Some((base, head)) = base.zip(head).filter(|(base, head)| !base.ships_the_same(head)) else {
            continue;
        };
        for stratum in run.header.contests() {
            for input in &kernel.inputs {
                let pair = Pair::of(kernel, &measurements, &input.name, &stratum.id, base, head);
                let row = |cost| GateRow {
                    input: Some(input.name.clone()),
                    stratum: Some(stratum.id.clone()),
                    ..GateRow::of(of, cost, limits)
                };
                let from = run.header.schedule.confirm_from.unwrap_or(u32::MAX);
                timed.extend(Cost::all().filter_map(|cost| pair.timed(row(cost), from)));
                rows.extend(Cost::all().filter_map(|cost| pair.peak(row(cost), from)));
            }
        }
    }
    rows.extend(judged(timed));
    let reported = run.without_what_is_the_same();
    Gate::of([&reported, &reported], Way::Interleaved, rows, limits, today)
}

/// The kernels and inputs to measure up to a look of the schedule, counted from 0, given the measurements so far: every
/// pair up to the first, undecided pairs up to the second, and suspected pairs up to the third.
#[must_use]
pub fn wanted(run: &Run, look: usize, limits: &Limits) -> Vec<(String, String)> {
    let pairs = run.header.kernels.iter().filter_map(|kernel| Some((kernel, kernel.revisions_of.as_ref()?)));
    if look == 0 {
        let differ = pairs.filter(|(kernel, _)| !kernel.is_without_a_difference());
        let inputs = |kernel: &Kernel| -> Vec<_> {
            kernel.inputs.iter().map(|input| (kernel.name.clone(), input.name.clone())).collect()
        };
        return differ.flat_map(|(kernel, _)| inputs(kernel)).collect();
    }
    // The day does not matter: excepted costs are measured as closely as all others.
    let gate = of_run(run, limits, "");
    let rows: Vec<&GateRow> = if look == 1 { gate.undecided().collect() } else { gate.suspected().collect() };
    let mut wanted = Vec::new();
    for (kernel, of) in pairs {
        let own = rows.iter().filter(|row| row.kernel == of.kernel && row.contender == of.contender);
        wanted.extend(own.filter_map(|row| Some((kernel.name.clone(), row.input.clone()?))));
    }
    wanted
}

/// A contender in two revisions, on one input.
struct Pair<'a> {
    base: Option<&'a Measurement>,
    head: Option<&'a Measurement>,
}

/// At most two looks can give the interval that is shown: after the first blocks, and after those for undecided pairs.
fn rule() -> Rule {
    Rule { confidence: 1.0 - (1.0 - CONFIDENCE) / 2.0, margin: MARGIN }
}

impl<'a> Pair<'a> {
    fn of(
        kernel: &Kernel,
        measurements: &'a Measurements,
        input: &str,
        stratum: &str,
        base: &Contender,
        head: &Contender,
    ) -> Self {
        let get = |contender: &Contender| {
            measurements.get(&Cell {
                kernel: kernel.name.clone(),
                input: input.to_owned(),
                contender: contender.name.clone(),
                stratum: stratum.to_owned(),
            })
        };
        Self { base: get(base), head: get(head) }
    }

    /// A cost that scatters, of the blocks before `from`; the later blocks confirm it. `None` for any other cost.
    fn timed(&self, row: GateRow, from: u32) -> Option<Timed> {
        let metric = Some(*row.cost).filter(|metric| metric.scatters())?;
        let (base, head) = self.base.zip(self.head)?;
        let first = Evidence::of(&base.part(..from), &head.part(..from), metric, rule())?;
        let mut row = GateRow {
            base: first.baseline,
            head: first.candidate,
            ratio: first.ratio.point,
            ci: first.ratio.ci,
            blocks: first.ratio.blocks,
            outcome: first.ratio.outcome,
            ..row
        };
        let others = Evidence::of(&base.part(from..), &head.part(from..), metric, Rule::default());
        row.confirmation = others.and_then(|others| {
            let p = above(&others.logs, row.log_limit() + others.hidden);
            let agrees = !others.ratio.uneven && p.is_some_and(|p| p <= CONFIRMED);
            Some(Confirmation { ratio: others.ratio.point?, ci: others.ratio.ci, blocks: others.ratio.blocks, agrees })
        });
        let better: Vec<f64> = first.logs.iter().map(|log| -log).collect();
        Some(Timed {
            worse: above(&first.logs, row.log_limit() + first.hidden),
            better: above(&better, log_margin() + first.hidden),
            doubt: first.ratio.uneven.then_some("something slowed the machine beside one of the two"),
            to_confirm: true,
            row,
        })
    }

    fn peak(&self, row: GateRow, from: u32) -> Option<GateRow> {
        let (base, head) = self.base.zip(self.head)?;
        exact::peak(row, &base.part(..from), &head.part(..from))
    }
}
