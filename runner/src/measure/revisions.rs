//! Two git revisions of a suite, measured in turns.

use std::path::Path;

use anyhow::Context as _;
use crossover_reports::gate::{self, Limits};

use super::job::{Job, LoneContender};
use super::pipeline::record;
use super::run_folder::RunFolder;
use crate::cli::CompareArgs;
use crate::environment::{Worktree, kept};
use crate::exit::Exit;
use crate::plan::{Boundary, Effort, Inputs, Plan, Selection};
use crate::progress::say;
use crate::suite::{FILE, Suite};

/// Two revisions, measured.
pub struct Revisions {
    /// How measuring ended.
    pub exit: Exit,
    /// Where the results are.
    pub output: RunFolder,
    /// The limits that head sets.
    pub limits: Limits,
}

/// Measures what differs between `reference` and the suite as it is now.
///
/// # Errors
/// When the arguments or a suite are wrong, or something is missing on this machine.
pub fn record_revisions(args: &CompareArgs, reference: &str) -> anyhow::Result<Revisions> {
    let verbosity = args.measure.verbosity();
    let head = Suite::open(args.suite.as_deref())?;
    let worktree = Worktree::at(reference, &head.root, &kept()?, &|line| say(verbosity, line))?;
    let base = suite_of_base(&worktree, args.suite.as_deref(), &head)?;
    let selection = Selection {
        kernels: args.names.clone(),
        contenders: args.contender.clone(),
        inputs: if args.all_inputs { Inputs::All } else { Inputs::Headline },
        boundary: if args.all_inputs { Boundary::AsOthers } else { Boundary::WhenNamed },
        ..Selection::default()
    };
    let plan = Plan::of_revisions(&base, &head, &selection, Effort { seed: args.seed, ..Effort::of(args.preset) })?;
    let plan = args.measure.in_runtimes(plan, &head)?;
    let output = RunFolder::create(&args.folder(&head.root))?;
    let job = Job {
        base_revision: Some(worktree.commit),
        stages: Some(&|run, stage| gate::wanted(run, stage, &head.limits)),
        ..Job::of(LoneContender::SkipEach)
    };
    let exit = record(&head, &plan, &args.measure, &output, &job)?;
    Ok(Revisions { exit, output, limits: head.limits })
}

/// The suite at the base; without any kernel, where the base had none yet.
fn suite_of_base(worktree: &Worktree, file: Option<&Path>, head: &Suite) -> anyhow::Result<Suite> {
    let name = file.and_then(Path::file_name).unwrap_or(FILE.as_ref());
    let file = worktree.suite.join(name);
    if !file.is_file() {
        return Ok(Suite { root: worktree.suite.clone(), kernels: Vec::new(), ..head.clone() });
    }
    Suite::open(Some(&file)).context("the base's suite")
}
