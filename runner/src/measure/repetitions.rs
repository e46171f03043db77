//! Repeats one plan with other seeds: how a calibration measures known differences.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use crossover_inputs::Rng;
use crossover_reports::calibration::{Calibration, CalibrationSetup, KnownComparison};
use crossover_reports::report::Look;
use crossover_reports::run::{Cell, Failure, Kernel, Row, RowOutcome};

use super::block::{BlockProgress, measure};
use super::changed::unless_changed;
use super::context::MeasureContext;
use super::test_bed::TestBed;
use crate::cli::CalibrateArgs;
use crate::complaint;
use crate::exit::{self, Exit, Unable};
use crate::interrupt;
use crate::plan::Plan;
use crate::prepare::{CALIBRATIONS, Prepared, calibration_name};
use crate::progress::{Progress, Verbosity, say};
use crate::runtime::RuntimeId;

/// The file that the calibration of a runtime is saved to; makes its folder if needed.
///
/// # Errors
/// When the folder cannot be made.
pub fn calibration_file(out: Option<&Path>, own: &Path, runtime: RuntimeId) -> anyhow::Result<PathBuf> {
    let folder = out.map_or_else(|| own.join(CALIBRATIONS), Path::to_owned);
    fs::create_dir_all(&folder).with_context(|| {
        format!("{}: the output folder cannot be written; help: name another one with --out DIR", folder.display())
    })?;
    Ok(folder.join(calibration_name(runtime.name())))
}

/// The unfinished calibration in `file`, if there is one.
///
/// # Errors
/// When the file cannot be read, or has another setting.
pub fn calibration_so_far(file: &Path, setting: &CalibrationSetup) -> anyhow::Result<Option<Calibration>> {
    let found = Calibration::read(file)?;
    if let Some(what) = found.as_ref().and_then(|found| found.differs_in(setting)) {
        anyhow::bail!(
            "{}: was made with another {what}, so this calibration can't go on with it; help: leave out --resume to begin \
             anew in its place, or name another folder with --out DIR",
            file.display()
        );
    }
    Ok(found)
}

/// Known differences, measured again and again.
pub struct Repetitions<'a> {
    /// What is measured.
    pub plan: &'a Plan,
    /// Its kernels, as a results file has them.
    pub kernels: &'a [Kernel],
    /// The server and launchers that it is measured with.
    pub bed: &'a TestBed,
    /// How often it is measured, and with which seed.
    pub args: &'a CalibrateArgs,
    /// Whether progress is printed.
    pub verbosity: Verbosity,
    /// The file that is written after every repetition.
    pub file: &'a Path,
}

impl Repetitions<'_> {
    /// Measures until all repetitions are done or a signal comes. Finished repetitions are in `found` and in the file.
    ///
    /// # Errors
    /// When a contender cannot be built or gives a wrong answer, something is missing on this machine, or the file cannot be written.
    pub async fn measure_until_interrupted(&self, prepared: Prepared, found: &mut Calibration) -> anyhow::Result<Exit> {
        let exit = interrupt::unless_interrupted(self.measure(prepared, found)).await;
        let Some(signal) = exit.as_ref().err().and_then(exit::signal) else { return unless_changed(exit) };
        say(self.verbosity, "interrupted: every finished repetition is kept; --resume goes on from there");
        Ok(Exit::Interrupted(signal))
    }

    /// Measures one repetition after another. The answers are checked once, before the first.
    async fn measure(&self, mut prepared: Prepared, found: &mut Calibration) -> anyhow::Result<Exit> {
        say(self.verbosity, "checking every answer");
        let timeout = self.args.browser.call_timeout;
        self.bed.verify(&mut prepared, timeout, |_, _| {}).await?;
        all_live(&prepared)?;
        // A repetition makes one comparison of each kind per kernel: half of them of JavaScript, half of Wasm.
        let repetitions = self.args.comparisons.div_ceil(self.kernels.len().max(1) as u32);
        let mut progress = Progress::new(self.verbosity);
        let mut seeds = Rng::new(self.args.seed);
        let (mut exit, mut earlier) = (Exit::Done, None::<Duration>);
        for number in 1..=repetitions {
            let seed = seeds.next_u64();
            if number <= found.sessions {
                continue;
            }
            let began = Instant::now();
            let rows = self
                .repetition(prepared.clone(), seed, |BlockProgress { block, group, longest_left, .. }| {
                    // Until this one is known, it takes as long as the one before it.
                    let own = longest_left.or_else(|| earlier?.checked_sub(began.elapsed()));
                    let left = own.map(|own| own + (began.elapsed() + own) * (repetitions - number));
                    let what = format!("repetition {number} of {repetitions}, block {}, {}", block + 1, group.kernel);
                    progress.step(&what, left);
                })
                .await?;
            earlier = Some(began.elapsed());
            for (cell, failure) in rows.iter().filter_map(failure) {
                say(
                    self.verbosity,
                    &complaint::error_line(&format!("{} {}: {}", cell.kernel, cell.contender, failure.reason)),
                );
                exit = Exit::SomeFailed;
            }
            found.add(self.compared(number, seed, &rows));
            found.save(self.file).with_context(|| format!("{}: cannot be written", self.file.display()))?;
        }
        progress.finish();
        Ok(exit)
    }

    /// Measures all contenders once, like `run`, and returns the rows.
    async fn repetition(
        &self,
        mut prepared: Prepared,
        seed: u64,
        progress: impl FnMut(BlockProgress<'_>),
    ) -> anyhow::Result<Vec<Row>> {
        let plan = Plan { seed, ..self.plan.clone() };
        let context = MeasureContext {
            launchers: &self.bed.launchers,
            server: &self.bed.server,
            plan: &plan,
            most_blocks: plan.schedule.most_blocks(),
            kernels: self.kernels,
            call_timeout: self.args.browser.call_timeout,
            native: None,
        };
        let mut rows = Vec::new();
        let record = |more: &[Row]| {
            rows.extend_from_slice(more);
            Ok(())
        };
        measure(&context, &mut prepared, &[], record, progress).await?;
        Ok(rows)
    }

    /// The comparisons that a report would make of a repetition's rows.
    fn compared(&self, number: u32, seed: u64, rows: &[Row]) -> Vec<KnownComparison> {
        let mut compared = Vec::new();
        for kernel in self.kernels {
            let Some(baseline) = kernel.contenders.iter().find(|contender| contender.name == kernel.baseline) else {
                continue;
            };
            for input in &kernel.inputs {
                let stratum = &self.bed.strata[0].id;
                let look = Look::at(&self.plan.schedule, kernel, &input.name, stratum, rows);
                let of = |(candidate, ratio)| KnownComparison::of(number, seed, baseline.kind, candidate, ratio);
                compared
                    .extend(look.ratios.iter().map(|(candidate, ratio)| (candidate.as_str(), ratio)).filter_map(of));
            }
        }
        compared
    }
}

/// Checks that every contender can be measured: a calibration needs them all.
fn all_live(prepared: &Prepared) -> anyhow::Result<()> {
    for group in prepared.values() {
        for contender in &group.contenders {
            if let Err(failure) = &contender.urls {
                let reason = &failure.reason;
                let what =
                    anyhow::anyhow!("{} of {}: {}: {reason}", contender.name, group.kernel, failure.stage.name());
                return Err(Unable(what).into());
            }
        }
    }
    Ok(())
}

fn failure(row: &Row) -> Option<(&Cell, &Failure)> {
    match &row.outcome {
        RowOutcome::Failure(failure) => Some((&row.cell, failure)),
        RowOutcome::Samples(_) | RowOutcome::Disturbed(_) | RowOutcome::Sessions(_) => None,
    }
}
