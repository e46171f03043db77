//! The way of a plan from its contenders to a results file: built, started, checked, measured, recorded, and stopped
//! whatever happens.

use crossover_reports::report::units;
use crossover_reports::run::{Header, Row, RowOutcome, Run, Schedule, Stopped, Writer};

use super::block::{BlockProgress, Enough, measure};
use super::changed::unless_changed;
use super::context::{MeasureContext, NativeCode};
use super::earlier;
use super::job::Job;
use super::native::Natives;
use super::run_folder::RunFolder;
use super::sessions::{Watched, sessions};
use super::set_up::{environment, environment_for};
use super::test_bed::TestBed;
use crate::cli::MeasureArgs;
use crate::complaint;
use crate::environment::{Requirement, revision};
use crate::exit::{self, Exit};
use crate::interrupt;
use crate::plan::Plan;
use crate::prepare::{KnownAnswers, MeasuredUnder, Prepared, PreparedGroup, calibration, header, prepare};
use crate::progress::{Progress, Verbosity, say};
use crate::suite::Suite;

/// Measures a plan, and records it in the output folder.
///
/// # Errors
/// When the output cannot be written, or a tool that is needed is missing.
pub fn record(
    suite: &Suite,
    plan: &Plan,
    args: &MeasureArgs,
    output: &RunFolder,
    job: &Job<'_>,
) -> anyhow::Result<Exit> {
    let verbosity = args.verbosity();
    let speak = |line: &str| say(verbosity, line);
    // Native code is built by the compiler that would build Wasm.
    let environment = match job.native {
        true => environment_for(Requirement::Yes, Some(suite), &plan.runtimes(), &args.browser, verbosity)?,
        false => environment(suite, plan, &args.browser, verbosity)?,
    };
    let mut ready = prepare(suite, plan, &environment, &speak);
    let sizes = ready.compress(&environment, &speak)?;
    let mut kernels = std::mem::take(&mut ready.kernels);
    let natives = match job.native {
        true => Natives::prepare(plan, &mut kernels, &environment, &speak)?,
        false => Natives::default(),
    };
    let emulation = args.emulation.emulation();
    TestBed::with(ready, plan, &environment, &args.browser, emulation, async |bed, mut prepared| {
        sizes.settle(&prepared, &mut kernels);
        let known = KnownAnswers::of(&environment.root.own(), bed.runtimes());
        known.recall(&mut prepared);
        // It is one runtime's.
        let calibration = match &bed.strata[..] {
            [stratum] => calibration(suite, &environment, stratum, &speak),
            _ => None,
        };
        let (strata, base_revision) = (bed.strata.clone(), job.base_revision.clone());
        let measured = MeasuredUnder { strata, git_revision: revision(&suite.root), base_revision, calibration };
        let header = header(plan, &environment, kernels, measured)?;
        let (writer, earlier) =
            if args.resume { output.resume(&header, verbosity)? } else { (output.begin(&header)?, Vec::new()) };
        let work = Work { plan, header, bed, known, args, verbosity, earlier, job, natives };
        work.measure_until_interrupted(&mut prepared, writer).await
    })
}

struct Work<'a> {
    plan: &'a Plan,
    header: Header,
    bed: &'a TestBed,
    known: KnownAnswers,
    args: &'a MeasureArgs,
    verbosity: Verbosity,
    /// Complete rows of the run that this one goes on with.
    earlier: Vec<Row>,
    job: &'a Job<'a>,
    natives: Natives,
}

impl Work<'_> {
    async fn measure_until_interrupted(&self, prepared: &mut Prepared, writer: Writer) -> anyhow::Result<Exit> {
        let exit = interrupt::unless_interrupted(self.measure(prepared, writer)).await;
        let Some(signal) = exit.as_ref().err().and_then(exit::signal) else { return unless_changed(exit) };
        say(
            self.verbosity,
            "interrupted: what was measured is kept, and the same command with --resume goes on from it",
        );
        Ok(Exit::Interrupted(signal))
    }

    async fn measure(&self, prepared: &mut Prepared, mut writer: Writer) -> anyhow::Result<Exit> {
        let timeout = self.args.browser.call_timeout;
        self.keep_wanted(prepared, 0, &self.earlier);
        if !prepared.values().all(PreparedGroup::is_checked) {
            say(self.verbosity, "checking every answer");
        }
        self.bed.verify(prepared, timeout, |_, _| {}).await?;
        prepared.values().flat_map(PreparedGroup::notes).for_each(|note| say(self.verbosity, &note));
        self.known.keep(prepared)?;
        let mut refused = earlier::take_up(prepared, &self.earlier);
        refused.extend(self.job.lone.skip(prepared));
        writer.append_all(&refused)?;
        let mut rows = [self.earlier.clone(), refused].concat();
        let mut record = |new: &[Row]| {
            rows.extend_from_slice(new);
            Ok(writer.append_all(new)?)
        };
        let mut progress = Progress::new(self.verbosity);
        sessions(&self.context(self.plan), prepared, &self.earlier, &mut record, |watched| {
            let Watched { group, contender, number, of } = watched;
            let what = format!("sessions of {} {} ({number} of {of})", group.kernel, group.contenders[contender].name);
            // How long the blocks take that follow is not known yet.
            progress.step(&what, None);
        })
        .await?;
        let mut too_short = false;
        for (stage, plan) in self.stages().iter().enumerate() {
            self.keep_wanted(prepared, stage, &rows);
            let earlier = rows.clone();
            let mut record = |new: &[Row]| {
                rows.extend_from_slice(new);
                writer.append_all(new)?;
                if let Some(seen) = self.job.seen {
                    seen(&self.header, &rows);
                }
                Ok(())
            };
            let cut_short = measure(&self.context(plan), prepared, &earlier, &mut record, |step| {
                progress.step(&words(&step), step.longest_left)
            })
            .await?;
            too_short |= cut_short.is_some();
            if let Some(cut_short) = cut_short {
                say(Verbosity::Normal, &complaint::warning(&cut_short.words(prepared)));
            }
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

    fn context<'b>(&'b self, plan: &'b Plan) -> MeasureContext<'b> {
        MeasureContext {
            launchers: &self.bed.launchers,
            server: &self.bed.server,
            plan,
            most_blocks: self.plan.schedule.most_blocks(),
            kernels: &self.header.kernels,
            call_timeout: self.args.browser.call_timeout,
            native: self.natives.is_any().then_some(&self.natives as &dyn NativeCode),
        }
    }
}

/// A step in words, with how narrow the intervals are where they were looked at.
fn words(step: &BlockProgress<'_>) -> String {
    let BlockProgress { block, group, look, .. } = step;
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
        RowOutcome::Failure(failure) => failure.stage.is_failure(),
        RowOutcome::Sessions(sessions) => {
            sessions.series().any(|series| matches!(series.stopped, Some(Stopped::Failure(_))))
        }
        RowOutcome::Samples(_) | RowOutcome::Disturbed(_) => false,
    }
}
