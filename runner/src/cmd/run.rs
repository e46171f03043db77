//! `crossover run`: the product's table of contents.

mod earlier;
mod output;

use std::path::Path;

use crossover_reports::report::units;
use crossover_reports::run::{self, Block, Outcome, Stopped, Writer};

use super::session::{Session, environment, plan, runtime};
use crate::cli::{MeasureArgs, RunArgs};
use crate::environment::revision;
use crate::execute::{self, Bench, Enough, Prepared, PreparedGroup, Step, Watched};
use crate::exit::{Exit, Unable};
use crate::interrupt;
use crate::plan::{Plan, Shard};
use crate::prepare::{KnownAnswers, Measured, calibration, header, prepare};
use crate::progress::{Progress, Voice, say};
use crate::suite::Suite;
pub use output::Output;

/// Measures what the arguments select.
///
/// # Errors
/// When the suite or the usage is not as it should be, or the environment is not able.
pub fn run(args: &RunArgs) -> anyhow::Result<Exit> {
    let suite = Suite::open(args.suite.suite.as_deref())?;
    let mut plan = plan(&suite, &args.suite, &args.plan)?;
    for planned in &mut plan.kernels {
        args.scenario.apply(&mut planned.kernel.scenarios);
    }
    if let Some(shard) = args.plan.shard.filter(|_| plan.kernels.is_empty()) {
        return Ok(nothing(shard, args.measure.quiet));
    }
    measured(&suite, &plan, &args.measure, &suite.root.join("target/crossover"), Lone::Measure)
}

/// With more shards than pairs of kernel and input, some have nothing to measure, and leave no file.
fn nothing(shard: Shard, quiet: bool) -> Exit {
    let voice = if quiet { Voice::Quiet } else { Voice::Stderr };
    say(voice, &format!("shard {shard} has nothing to measure: there are more shards than kernels with their inputs"));
    Exit::Done
}

/// What is done where not two contenders are left to be compared with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lone {
    /// Its times are worth something alone.
    Measure,
    /// It is for the comparison that anything is measured.
    Skip,
}

/// Measures a plan, records and reports; into `folder`, where the arguments name none.
///
/// # Errors
/// When the output cannot be written, or the environment is not able.
pub fn measured(suite: &Suite, plan: &Plan, args: &MeasureArgs, folder: &Path, lone: Lone) -> anyhow::Result<Exit> {
    let voice = if args.quiet { Voice::Quiet } else { Voice::Stderr };
    let output = Output::create(args.out.as_deref().unwrap_or(folder))?;
    let environment = environment(plan, &args.browser, voice)?;
    let mut ready = prepare(suite, plan, &environment, &|line| say(voice, line));
    let kernels = std::mem::take(&mut ready.kernels);
    let exit = runtime()?.block_on(async {
        let (session, mut prepared) =
            Session::start(ready, &environment, &args.browser, args.emulation.emulation()).await?;
        let browser = session.browser.clone();
        let known = KnownAnswers::of(&environment.root.own(), &browser.version);
        known.recall(&mut prepared);
        let calibration = calibration(suite, &environment, &browser, &|line| say(voice, line));
        let measured = Measured { browser, git_revision: revision(&suite.root), calibration };
        let header = header(plan, &environment, kernels.clone(), measured)?;
        let (writer, earlier) =
            if args.resume { output.resume(&header, voice)? } else { (output.begin(&header)?, Vec::new()) };
        interrupt::hand_over();
        let work = Work { plan, kernels: &kernels, session: &session, known, args, voice, earlier, lone };
        let exit = work.measure_until_interrupted(&mut prepared, writer).await;
        session.launcher.stop().await;
        exit
    })?;
    output.report(args.json, voice)?;
    Ok(exit)
}

struct Work<'a> {
    plan: &'a Plan,
    kernels: &'a [run::Kernel],
    session: &'a Session,
    known: KnownAnswers,
    args: &'a MeasureArgs,
    voice: Voice,
    /// Complete rows of the run that this one goes on with.
    earlier: Vec<Block>,
    lone: Lone,
}

impl Work<'_> {
    async fn measure_until_interrupted(&self, prepared: &mut Prepared, writer: Writer) -> anyhow::Result<Exit> {
        tokio::select! {
            exit = self.measure(prepared, writer) => exit,
            _ = tokio::signal::ctrl_c() => {
                say(self.voice, "interrupted: what was measured is kept, and the same command with --resume goes on from it");
                Ok(Exit::Interrupted)
            }
        }
    }

    async fn measure(&self, prepared: &mut Prepared, mut writer: Writer) -> anyhow::Result<Exit> {
        let timeout = self.args.browser.call_timeout;
        if !prepared.values().all(PreparedGroup::is_checked) {
            say(self.voice, "checking every answer");
        }
        execute::verify(&self.session.launcher, &self.session.server, prepared, timeout, |_, _| {})
            .await
            .map_err(|error| Unable(error.into()))?;
        self.known.keep(prepared)?;
        let refused = earlier::take_up(prepared, &self.earlier);
        writer.append_all(&refused)?;
        let mut exit = if self.earlier.iter().chain(&refused).any(is_failure) { Exit::SomeFailed } else { Exit::Done };
        if self.lone == Lone::Skip && prepared.values().all(|group| group.live().len() < 2) {
            return Ok(exit);
        }
        let mut record = |rows: &[Block]| {
            if rows.iter().any(is_failure) {
                exit = Exit::SomeFailed;
            }
            Ok(writer.append_all(rows)?)
        };
        let mut progress = Progress::new(self.voice);
        let bench = Bench {
            launcher: &self.session.launcher,
            server: &self.session.server,
            plan: self.plan,
            kernels: self.kernels,
            call_timeout: timeout,
        };
        execute::sessions(&bench, prepared, &self.earlier, &mut record, |watched| {
            let Watched { group, contender, longest_left } = watched;
            let what = format!("sessions of {} {}", group.kernel, group.contenders[contender].name);
            progress.step(&what, longest_left);
        })
        .await?;
        execute::measure(&bench, prepared, &self.earlier, record, |step| {
            progress.step(&words(&step), step.longest_left)
        })
        .await?;
        progress.finish();
        Ok(exit)
    }
}

/// A step in words, with how narrow the intervals are where they were looked at.
fn words(step: &Step<'_>) -> String {
    let Step { block, group, look, .. } = step;
    let what = format!("block {}, {} {}", block + 1, group.kernel, group.input);
    let Some((look, enough)) = look else { return what };
    let known = match look.widest() {
        Some((name, half_width)) if half_width.is_finite() => {
            format!(": all known to ±{} ({name}) or better", units::percent(half_width))
        }
        _ => String::new(),
    };
    match enough {
        Enough::Yes => format!("{what}{known}, done"),
        Enough::No => format!("{what}{known}"),
    }
}

fn is_failure(row: &Block) -> bool {
    match &row.outcome {
        Outcome::Failure(_) => true,
        Outcome::Sessions(sessions) => {
            sessions.series().any(|series| matches!(series.stopped, Some(Stopped::Failure(_))))
        }
        Outcome::Samples(_) | Outcome::Disturbed(_) => false,
    }
}
