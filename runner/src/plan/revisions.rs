//! Two revisions of a suite: each contender as it is and as it was, as the two contenders of a kernel of their own. Pure.

use std::sync::Arc;

use crossover_reports::run::{RevisionsOf, Schedule};

use super::{Effort, Plan, PlannedKernel, Selection};
use crate::suite::{Contender, Kernel, Suite, Tree};

/// Blocks that every pair gets; those that may be worse get more, up to the second; what is found is confirmed by the
/// blocks from there to the third.
const LOOKS: [u32; 3] = [6, 20, 34];

impl Plan {
    /// Plans what `selection` asks for of both revisions. A pair is a kernel of its own, so that a round has its two
    /// contenders and no other. What only one revision has is a kernel of one contender: it is built, and not measured.
    ///
    /// # Errors
    /// As [`Plan::make`] of head.
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

/// A contender as it was, with all that it is built from, under a name that the one of now does not have.
fn at_base(base: &Suite, kernel: &Kernel, contender: &Contender) -> Contender {
    let tree = Tree {
        root: base.root.clone(),
        cargo_profile: base.cargo_profile.clone(),
        manifest: kernel.file.clone(),
        assets: kernel.assets.clone(),
    };
    Contender { name: format!("{}@base", contender.name), tree: Some(Arc::new(tree)), ..contender.clone() }
}

/// What is compared of the contender `name`. Both get the inputs of head.
fn pair(planned: &PlannedKernel, name: &str, base: Option<Contender>, head: Option<Contender>) -> PlannedKernel {
    let contenders: Vec<_> = base.into_iter().chain(head).collect();
    // Callers have one of the two at least; the base comes first, and is what head is compared with.
    let baseline = contenders.first().map(|contender| contender.name.clone()).unwrap_or_default();
    let kernel = Kernel {
        name: format!("{} {name}", planned.kernel.name),
        baseline,
        scenarios: Vec::new(),
        revisions_of: Some(RevisionsOf { kernel: planned.kernel.name.clone(), contender: name.to_owned() }),
        ..planned.kernel.clone()
    };
    PlannedKernel { kernel, inputs: planned.inputs.clone(), contenders }
}
