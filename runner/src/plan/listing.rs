//! A plan in words: what would run, and in which order.

use std::fmt::Write as _;

use crossover_reports::run::Schedule;

use super::Plan;
use crate::suite::Kernel;

impl Plan {
    /// What would run, and in what order. Of the kernels that were `asked` for, those that do not run are named, with how to
    /// have them.
    #[must_use]
    pub fn listing(&self, asked: &[&Kernel]) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = write_kernels(&mut text, self).and_then(|()| write_order(&mut text, self));
        left_out(self, asked).map_or(text.clone(), |left_out| format!("{text}{left_out}\n"))
    }
}

/// Which of the kernels asked for do not run, and how to have them.
pub(super) fn left_out(plan: &Plan, asked: &[&Kernel]) -> Option<String> {
    let is_here = |name: &str| plan.kernels.iter().any(|planned| planned.kernel.name == name);
    let is_in_another_shard =
        |name: &str| plan.shards.iter().flat_map(|shards| &shards.plan).any(|planned| planned.name == name);
    let is_planned = |kernel: &Kernel| is_here(&kernel.name) || is_in_another_shard(&kernel.name);
    let names: Vec<_> = asked.iter().filter(|kernel| !is_planned(kernel)).map(|kernel| kernel.name.as_str()).collect();
    (!names.is_empty())
        .then(|| format!("These run only when they are named, or with --all-inputs: {}.", names.join(", ")))
}

fn write_kernels(text: &mut String, plan: &Plan) -> std::fmt::Result {
    for planned in &plan.kernels {
        let kernel = &planned.kernel;
        writeln!(text, "{} ({}): {}", kernel.name, kernel.domain, kernel.summary)?;
        for input in &planned.inputs {
            let headline = if input.headline { ", headline" } else { "" };
            writeln!(text, "  input      {}{headline}", input.name)?;
        }
        for contender in &planned.contenders {
            let baseline = if contender.name == kernel.baseline { ", baseline" } else { "" };
            writeln!(
                text,
                "  contender  {} ({}, {}{baseline})",
                contender.name,
                contender.kind.name(),
                contender.track.name()
            )?;
        }
    }
    Ok(())
}

fn write_order(text: &mut String, plan: &Plan) -> std::fmt::Result {
    if let Some(shards) = &plan.shards {
        match plan.kernels.is_empty() {
            true => return writeln!(text, "{} has nothing to measure", shards.words()),
            false => writeln!(text, "\nThis is {} of the plan.", shards.words())?,
        }
    }
    if plan.schedule.sessions > 0 {
        writeln!(text, "\n{} sessions of every contender, in which memory is watched", plan.schedule.sessions)?;
    }
    writeln!(
        text,
        "\n{} (preset {}, seed {}), each a fresh browser:",
        blocks(&plan.schedule),
        plan.preset.name(),
        plan.seed
    )?;
    for block in 0..plan.schedule.most_blocks() {
        for stratum in plan.strata_order(block) {
            let names = plan.group_order(block, stratum).into_iter().map(|group| {
                let planned = &plan.kernels[group.kernel];
                format!("{} {}", planned.kernel.name, planned.inputs[group.input].name)
            });
            let runtime = match plan.strata.len() {
                1 => String::new(),
                _ => format!("{}: ", plan.strata[stratum].id),
            };
            writeln!(text, "  {}  {runtime}{}", block + 1, names.collect::<Vec<_>>().join(", "))?;
        }
    }
    writeln!(
        text,
        "In every round of a block, a kernel's contenders are timed once each, in an order drawn from the seed."
    )
}

/// How many blocks there will be. Groups that a look has found enough of are left out of the blocks after it.
fn blocks(schedule: &Schedule) -> String {
    match schedule.looks[..] {
        [blocks] => format!("{blocks} blocks"),
        _ => format!("{} to {} blocks, as many as are needed", schedule.looks[0], schedule.most_blocks()),
    }
}
