//! `crossover compare`: whether head is worse than base, by more than is borne.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use crossover_reports::export::gate::{GateFormat, annotations, export, html, terminal};
use crossover_reports::gate::{self, Gate, Limits};
use crossover_reports::report::Report;
use crossover_reports::run::Run;

use super::{colour, print, results};
use crate::cli::CompareArgs;
use crate::environment::{Worktree, kept};
use crate::exit::Exit;
use crate::measure::{Job, Lone, Output, record};
use crate::plan::{Boundary, Effort, Inputs, Plan, Selection};
use crate::prepare::now;
use crate::progress::{Voice, say};
use crate::suite::{FILE, Suite};

/// Compares two revisions in turns, or two runs, and says what is worse than it may be.
///
/// # Errors
/// When the usage, a suite or a run is not as it should be, or the environment is not able.
pub fn compare(args: &CompareArgs) -> anyhow::Result<Exit> {
    match &args.base_ref {
        Some(reference) => revisions(args, reference),
        None => runs(args),
    }
}

fn revisions(args: &CompareArgs, reference: &str) -> anyhow::Result<Exit> {
    let voice = args.measure.voice();
    let head = Suite::open(args.suite.as_deref())?;
    let worktree = Worktree::at(reference, &head.root, &kept()?, &|line| say(voice, line))?;
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
    let output = Output::create(&folder(args, &head.root))?;
    let job = Job {
        base_revision: Some(worktree.commit),
        stages: Some(&|run, stage| gate::wanted(run, stage, &head.limits)),
        ..Job::of(Lone::SkipEach)
    };
    let exit = record(&head, &plan, &args.measure, &output, &job)?;
    let run = Run::read(&output.results())?;
    let gate = gate::of_run(&run, &head.limits, &now());
    told(args, &output, &gate, &Report::from_run(&run.without_what_is_the_same()))?;
    Ok(match exit {
        Exit::Interrupted(_) | Exit::BrowserChanged => exit,
        _ if gate.has_regressed() => Exit::Regressed,
        _ => exit,
    })
}

/// The suite as it was; without any kernel, where there was none yet.
fn suite_of_base(worktree: &Worktree, file: Option<&Path>, head: &Suite) -> anyhow::Result<Suite> {
    let name = file.and_then(Path::file_name).unwrap_or(FILE.as_ref());
    let file = worktree.suite.join(name);
    if !file.is_file() {
        return Ok(Suite { root: worktree.suite.clone(), kernels: Vec::new(), ..head.clone() });
    }
    Suite::open(Some(&file)).context("the base's suite")
}

fn runs(args: &CompareArgs) -> anyhow::Result<Exit> {
    let [base, head] = &args.names[..] else {
        bail!(
            "what is to be compared? Name two runs, as in `crossover compare base/run.jsonl head/run.jsonl`, or a git \
             revision, as in `crossover compare --base-ref main`"
        );
    };
    let [base, head] = [base, head].map(|run| Run::read(&results(Path::new(run))));
    let (base, head) = (base?, head?);
    ensure!(
        base.header.id != head.header.id,
        "both are the run `{}`, which cannot differ from itself; name another one",
        head.header.id.escape_debug()
    );
    let (limits, root) = match Suite::open(args.suite.as_deref()) {
        Ok(suite) => (suite.limits, suite.root),
        // Runs are read wherever they are; only who names a suite must have one.
        Err(error) if args.suite.is_some() => return Err(error.into()),
        Err(_) => (Limits::default(), PathBuf::new()),
    };
    let gate = gate::of_runs(&base, &head, &limits, &now());
    told(args, &Output::create(&folder(args, &root))?, &gate, &Report::from_run(&head))?;
    Ok(if gate.has_regressed() { Exit::Regressed } else { Exit::Done })
}

fn folder(args: &CompareArgs, root: &Path) -> PathBuf {
    args.measure.out.clone().unwrap_or_else(|| root.join("target/crossover/compare"))
}

/// Writes the gate in all formats, and prints its summary. On GitHub, its page is told, too.
fn told(args: &CompareArgs, output: &Output, gate: &Gate, report: &Report) -> anyhow::Result<()> {
    output.write_page(&html(gate, report)?, report)?;
    let folder = output.folder();
    for format in GateFormat::ALL {
        let file = folder.join(format.file());
        fs::write(&file, export(gate, format)?).with_context(|| format!("{}: cannot be written", file.display()))?;
    }
    if std::env::var_os("GITHUB_ACTIONS").is_some() {
        // GitHub reads both streams, and stdout is for results.
        say(Voice::Stderr, annotations(gate).trim_end());
    }
    if let Some(file) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty()) {
        let text = export(gate, GateFormat::Markdown)?;
        let opened = OpenOptions::new().create(true).append(true).open(&file);
        let written = opened.and_then(|mut summary| summary.write_all(text.as_bytes()));
        written.with_context(|| format!("{}: the step summary cannot be written", Path::new(&file).display()))?;
    }
    if args.measure.json {
        print(&export(gate, GateFormat::Json)?)?;
    } else {
        print(&terminal(gate, colour()))?;
    }
    say(args.measure.voice(), &format!("results: {}", folder.display()));
    Ok(())
}
