//! Two revisions of a suite: each contender in both revisions, as the two contenders of a separate kernel. Pure.

use std::sync::Arc;

use crossover_reports::run::{RevisionsOf, Schedule};

use super::{Effort, Plan, PlannedKernel, Selection};
use crate::suite::{Contender, Kernel, RevisionTree, Suite};

/// Blocks of every pair; then of those that may be worse; then of those with a regression, which the blocks after the
/// second number confirm.
const LOOKS: [u32; 3] = [6, 20, 34];

impl Plan {
    /// Plans `selection` in both revisions. Each pair is a separate kernel, so that a round has its two contenders and no
    /// other. A contender that only one revision has is a kernel of one contender: it is built, and not measured.
    ///
    /// # Errors
    /// As [`Plan::make`] with head.
    pub fn of_revisions(base: &Suite, head: &Suite, selection: &Selection, effort: Effort) -> anyhow::Result<Self> {
        let plan = Self::make(head, selection, effort)?;
        let mut kernels = Vec::new();
        for planned in &plan.kernels {
            let earlier = base.kernels.iter().find(|earlier| earlier.name == planned.kernel.name);
            for contender in &planned.contenders {
                let before = earlier.and_then(|earlier| Some((earlier, named(earlier, &contender.name)?)));
                let before = before.map(|(kernel, contender)| at_base(base, kernel, contender));
                kernels.push(pair(planned, &contender.name, before, Some(contender.clone())));
            }
            let gone = earlier.iter().flat_map(|earlier| earlier.contenders.iter().map(move |gone| (earlier, gone)));
            for (earlier, gone) in gone.filter(|(_, gone)| named(&planned.kernel, &gone.name).is_none()) {
                if selection.contenders.iter().all(|pattern| pattern.matches(&gone.name)) {
                    kernels.push(pair(planned, &gone.name, Some(at_base(base, earlier, gone)), None));
                }
            }
        }
        if selection.kernels.is_empty() {
            for gone in base.kernels.iter().filter(|kernel| !head.kernels.iter().any(|now| now.name == kernel.name)) {
                let planned = super::planned(gone, selection);
                let contenders = planned.contenders.iter();
                kernels.extend(
                    contenders
                        .map(|contender| pair(&planned, &contender.name, Some(at_base(base, gone, contender)), None)),
                );
            }
        }
        let schedule = Schedule {
            looks: LOOKS.to_vec(),
            confirm_from: Some(LOOKS[1]),
            other_starts: 0,
            sessions: 0,
            ..plan.schedule
        };
        Ok(Self { schedule, kernels, ..plan })
    }
}

fn named<'a>(kernel: &'a Kernel, name: &str) -> Option<&'a Contender> {
    kernel.contenders.iter().find(|contender| contender.name == name)
}

/// A contender of the base revision, with all that it is built from, under a name that no contender of head has.
fn at_base(base: &Suite, kernel: &Kernel, contender: &Contender) -> Contender {
    let tree = RevisionTree {
        root: base.root.clone(),
        cargo_profile: base.cargo_profile.clone(),
        manifest: kernel.file.clone(),
        assets: kernel.assets.clone(),
    };
    let label = contender.label.as_ref().map(|label| format!("{label}, base"));
    Contender { name: format!("{}@base", contender.name), label, tree: Some(Arc::new(tree)), ..contender.clone() }
}

/// The pair of the contender `name`. Both get the inputs of head.
fn pair(planned: &PlannedKernel, name: &str, base: Option<Contender>, head: Option<Contender>) -> PlannedKernel {
    let contenders: Vec<_> = base.into_iter().chain(head).collect();
    // Callers have at least one of the two. The base comes first: it is the baseline.
    let baseline = contenders.first().map(|contender| contender.name.clone()).unwrap_or_default();
    let kernel = Kernel {
        name: format!("{} {name}", planned.kernel.name),
        title: None,
        baseline,
        scenarios: Vec::new(),
        revisions_of: Some(RevisionsOf { kernel: planned.kernel.name.clone(), contender: name.to_owned() }),
        ..planned.kernel.clone()
    };
    PlannedKernel { kernel, inputs: planned.inputs.clone(), contenders }
}
