//! `crossover run`: the product's table of contents.

mod earlier;
mod native;
mod output;

use std::path::Path;

use anyhow::ensure;
use crossover_reports::report::units;
use crossover_reports::run::{Failure, Header, Outcome, Row, Run, Schedule, Stage, Stopped, Writer};

use super::session::{Session, environment, environment_for, plan, runtime, unless_changed};
use crate::cli::{MeasureArgs, RunArgs};
use crate::environment::{Wanted, revision};
use crate::execute::{self, Enough, MeasureContext, Prepared, PreparedGroup, Step, Watched};
use crate::exit::{self, Exit};
use crate::interrupt;
use crate::plan::{Plan, Shard};
use crate::prepare::{KnownAnswers, Measured, calibration, header, prepare};
use crate::progress::{Progress, Voice, say};
use crate::suite::Suite;
use native::Natives;
pub use output::Output;

/// Measures what the arguments select.
///
/// # Errors
/// When the suite or the usage is not as it should be, or the environment is not able.
pub fn run(args: &RunArgs) -> anyhow::Result<Exit> {
    let suite = Suite::open(args.suite.suite.as_deref())?;
    ensure!(
        !args.native || args.measure.browser.endpoint()?.is_none(),
        "--native measures this machine, and with --connect browsers run on another: leave one of the two out"
    );
    let mut plan = args.measure.in_runtimes(plan(&suite, &args.suite, &args.plan)?, &suite)?;
    for planned in &mut plan.kernels {
        args.scenario.apply(&mut planned.kernel.scenarios);
    }
    if let Some(shard) = args.plan.shard.filter(|_| plan.kernels.is_empty()) {
        return Ok(nothing(shard, args.measure.voice()));
    }
    let job = Job { native: args.native, ..Job::of(Lone::Measure) };
    measured(&suite, &plan, &args.measure, &suite.root.join("target/crossover"), &job)
}

/// With more shards than pairs of kernel and input, some have nothing to measure, and leave no file.
fn nothing(shard: Shard, voice: Voice) -> Exit {
    say(voice, &format!("shard {shard} has nothing to measure: there are more shards than kernels with their inputs"));
    Exit::Done
}

/// What is done where not two contenders are left to be compared with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lone {
    /// Its times are worth something alone.
    Measure,
    /// It is for the comparison that anything is measured; where there is one, all are.
    Skip,
    /// Nobody is measured without another.
    SkipEach,
}

impl Lone {
    /// Takes out who is not to be measured alone, and returns the rows that say so.
    fn skip(self, prepared: &mut Prepared) -> Vec<Row> {
        let is_pair = |group: &PreparedGroup| group.live().len() >= 2;
        match self {
            Self::Measure => {}
            Self::Skip if prepared.values().any(is_pair) => {}
            Self::Skip => prepared.clear(),
            Self::SkipEach => {
                let (pairs, lone) = std::mem::take(prepared).into_iter().partition(|(_, group)| is_pair(group));
                *prepared = pairs;
                return Prepared::values(&lone).flat_map(left_alone).collect();
            }
        }
        Vec::new()
    }
}

fn left_alone(group: &PreparedGroup) -> Vec<Row> {
    let reason = "was not measured, because the other revision of it failed".to_owned();
    let outcome = Outcome::Failure(Failure { stage: Stage::Measure, reason });
    let row = |at| Row { cell: group.cell(at), block: 0, conditions: None, outcome: outcome.clone() };
    group.live().into_iter().map(row).collect()
}

/// Measures a plan, records and reports; into `folder`, where the arguments name none.
///
/// # Errors
/// When the output cannot be written, or the environment is not able.
pub fn measured(suite: &Suite, plan: &Plan, args: &MeasureArgs, folder: &Path, job: &Job<'_>) -> anyhow::Result<Exit> {
    if !args.resume {
        // What an earlier part has measured counts as well, and only its file tells how much that is.
        plan.check_budget()?;
    }
    let output = Output::create(args.out.as_deref().unwrap_or(folder))?;
    let exit = recorded(suite, plan, args, &output, job)?;
    output.report(args.json, args.voice())?;
    Ok(exit)
}

/// What is particular about a run.
pub struct Job<'a> {
    /// What is done with contenders that have nobody to be compared with.
    pub lone: Lone,
    /// Whether native code is measured, too.
    pub native: bool,
    /// The revision that contenders are compared with, where two are.
    pub base_revision: Option<String>,
    /// Decides who is measured up to the next look, where the looks themselves do not.
    pub stages: Option<&'a Stages<'a>>,
}

impl Job<'_> {
    /// Nothing particular but this.
    #[must_use]
    pub fn of(lone: Lone) -> Self {
        Self { lone, native: false, base_revision: None, stages: None }
    }
}

/// The kernels and inputs that are to be measured up to a look, which is counted from 0, by what was measured so far.
pub type Stages<'a> = dyn Fn(&Run, usize) -> Vec<(String, String)> + 'a;

/// Measures a plan, and records it.
///
/// # Errors
/// When the output cannot be written, or the environment is not able.
pub fn recorded(
    suite: &Suite,
    plan: &Plan,
    args: &MeasureArgs,
    output: &Output,
    job: &Job<'_>,
) -> anyhow::Result<Exit> {
    let voice = args.voice();
    // Native code is built by the compiler that would build Wasm.
    let environment = match job.native {
        true => environment_for(Wanted::Yes, &args.browser, voice)?,
        false => environment(plan, &args.browser, voice)?,
    };
    let mut ready = prepare(suite, plan, &environment, &|line| say(voice, line));
    let sizes = ready.compress(&environment, &|line| say(voice, line))?;
    let mut kernels = std::mem::take(&mut ready.kernels);
    let natives = match job.native {
        true => Natives::prepare(plan, &mut kernels, &environment, &|line| say(voice, line))?,
        false => Natives::default(),
    };
    runtime()?.block_on(async {
        let _guard = interrupt::guard();
        let starting = Session::start(ready, plan, &environment, &args.browser, args.emulation.emulation());
        let (session, mut prepared) = interrupt::unless_interrupted(starting).await?;
        sizes.settle(&prepared, &mut kernels);
        let strata = session.strata.clone();
        let known = KnownAnswers::of(&environment.root.own(), session.runtimes());
        known.recall(&mut prepared);
        // It is one runtime's.
        let calibration = match &strata[..] {
            [stratum] => calibration(suite, &environment, stratum, &|line| say(voice, line)),
            _ => None,
        };
        let base_revision = job.base_revision.clone();
        let measured = Measured { strata, git_revision: revision(&suite.root), base_revision, calibration };
        let header = header(plan, &environment, kernels, measured)?;
        let (writer, earlier) =
            if args.resume { output.resume(&header, voice)? } else { (output.begin(&header)?, Vec::new()) };
        let work = Work { plan, header, session: &session, known, args, voice, earlier, job, natives };
        let exit = work.measure_until_interrupted(&mut prepared, writer).await;
        session.stop().await;
        exit
    })
}

struct Work<'a> {
    plan: &'a Plan,
    header: Header,
    session: &'a Session,
    known: KnownAnswers,
    args: &'a MeasureArgs,
    voice: Voice,
    /// Complete rows of the run that this one goes on with.
    earlier: Vec<Row>,
    job: &'a Job<'a>,
    natives: Natives,
}

impl Work<'_> {
    async fn measure_until_interrupted(&self, prepared: &mut Prepared, writer: Writer) -> anyhow::Result<Exit> {
        let exit = interrupt::unless_interrupted(self.measure(prepared, writer)).await;
        let Some(signal) = exit.as_ref().err().and_then(exit::signal) else { return unless_changed(exit) };
        say(self.voice, "interrupted: what was measured is kept, and the same command with --resume goes on from it");
        Ok(Exit::Interrupted(signal))
    }

    async fn measure(&self, prepared: &mut Prepared, mut writer: Writer) -> anyhow::Result<Exit> {
        let timeout = self.args.browser.call_timeout;
        self.keep_wanted(prepared, 0, &self.earlier);
        if !prepared.values().all(PreparedGroup::is_checked) {
            say(self.voice, "checking every answer");
        }
        self.session.verify(prepared, timeout, |_, _| {}).await?;
        prepared.values().flat_map(PreparedGroup::notes).for_each(|note| say(self.voice, &note));
        self.known.keep(prepared)?;
        let mut refused = earlier::take_up(prepared, &self.earlier);
        refused.extend(self.job.lone.skip(prepared));
        writer.append_all(&refused)?;
        let mut rows = [self.earlier.clone(), refused].concat();
        let mut record = |new: &[Row]| {
            rows.extend_from_slice(new);
            Ok(writer.append_all(new)?)
        };
        let mut progress = Progress::new(self.voice);
        let native = |group: &PreparedGroup| self.natives.measure(group);
        execute::sessions(&self.context(self.plan, &native), prepared, &self.earlier, &mut record, |watched| {
            let Watched { group, contender, longest_left } = watched;
            let what = format!("sessions of {} {}", group.kernel, group.contenders[contender].name);
            progress.step(&what, longest_left);
        })
        .await?;
        let mut too_short = false;
        for (stage, plan) in self.stages().iter().enumerate() {
            self.keep_wanted(prepared, stage, &rows);
            let earlier = rows.clone();
            let mut record = |new: &[Row]| {
                rows.extend_from_slice(new);
                Ok(writer.append_all(new)?)
            };
            let cut_short = execute::measure(&self.context(plan, &native), prepared, &earlier, &mut record, |step| {
                progress.step(&words(&step), step.longest_left)
            })
            .await?;
            too_short |= cut_short.is_some();
            cut_short.iter().for_each(|cut_short| say(Voice::Stderr, &cut_short.words(prepared)));
        }
        progress.finish();
        Ok(if too_short || rows.iter().any(is_failure) { Exit::SomeFailed } else { Exit::Done })
    }

    /// The plan, up to one look after the other where the job decides who goes on.
    fn stages(&self) -> Vec<Plan> {
        let Some(_) = self.job.stages else { return vec![self.plan.clone()] };
        let up_to = |look: &u32| {
            let schedule = Schedule { looks: vec![*look], ..self.plan.schedule.clone() };
            Plan { schedule, ..self.plan.clone() }
        };
        self.plan.schedule.looks.iter().map(up_to).collect()
    }

    /// Leaves out whatever the job does not want measured up to the next look.
    fn keep_wanted(&self, prepared: &mut Prepared, stage: usize, rows: &[Row]) {
        let Some(wanted) = self.job.stages else { return };
        let run = Run { header: self.header.clone(), rows: rows.to_vec(), truncated: false };
        let wanted = wanted(&run, stage);
        prepared
            .retain(|_, group| wanted.iter().any(|(kernel, input)| *kernel == group.kernel && *input == group.input));
    }

    fn context<'b>(
        &'b self,
        plan: &'b Plan,
        native: &'b dyn Fn(&PreparedGroup) -> Option<Outcome>,
    ) -> MeasureContext<'b> {
        MeasureContext {
            launchers: &self.session.launchers,
            server: &self.session.server,
            plan,
            kernels: &self.header.kernels,
            call_timeout: self.args.browser.call_timeout,
            native,
        }
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

fn is_failure(row: &Row) -> bool {
    match &row.outcome {
        Outcome::Failure(failure) => failure.stage.is_failure(),
        Outcome::Sessions(sessions) => {
            sessions.series().any(|series| matches!(series.stopped, Some(Stopped::Failure(_))))
        }
        Outcome::Samples(_) | Outcome::Disturbed(_) => false,
    }
}
