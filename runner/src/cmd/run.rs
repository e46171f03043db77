//! `crossover run`: the product's table of contents.

mod output;

use crossover_reports::run::{Block, Outcome, Writer};

use super::session::{Session, environment, plan, runtime};
use crate::cli::RunArgs;
use crate::environment::revision;
use crate::execute::{self, Bench, Prepared};
use crate::exit::{Exit, Unable};
use crate::interrupt;
use crate::plan::Plan;
use crate::prepare::{Measured, calibration, header, prepare};
use crate::progress::{Progress, Voice, say};
use crate::suite::Suite;
use output::Output;

/// Measures, records and reports.
///
/// # Errors
/// When the suite or the usage is not as it should be, or the environment is not able.
pub fn run(args: &RunArgs) -> anyhow::Result<Exit> {
    let voice = if args.quiet { Voice::Quiet } else { Voice::Stderr };
    let suite = Suite::open(args.suite.suite.as_deref())?;
    let plan = plan(&suite, &args.suite, &args.plan)?;
    let output = Output::create(args.out.as_deref(), &suite)?;
    let environment = environment(&plan, &args.browser, voice)?;
    let mut ready = prepare(&suite, &plan, &environment, &|line| say(voice, line));
    let kernels = std::mem::take(&mut ready.kernels);
    let exit = runtime()?.block_on(async {
        let (session, mut prepared) = Session::start(ready, &environment).await?;
        let browser = session.browser.clone();
        let calibration = calibration(&suite, &environment, &browser, &|line| say(voice, line));
        let measured = Measured { browser, git_revision: revision(&suite.root), calibration };
        let writer = Writer::create(&output.results(), &header(&plan, &environment, kernels, measured)?)?;
        interrupt::hand_over();
        let work = Work { plan: &plan, session: &session, args, voice };
        let exit = work.measure_until_interrupted(&mut prepared, writer).await;
        session.launcher.stop().await;
        exit
    })?;
    output.report(args.json, voice)?;
    Ok(exit)
}

struct Work<'a> {
    plan: &'a Plan,
    session: &'a Session,
    args: &'a RunArgs,
    voice: Voice,
}

impl Work<'_> {
    async fn measure_until_interrupted(&self, prepared: &mut Prepared, writer: Writer) -> anyhow::Result<Exit> {
        tokio::select! {
            exit = self.measure(prepared, writer) => exit,
            _ = tokio::signal::ctrl_c() => {
                say(self.voice, "interrupted: what was measured is kept");
                Ok(Exit::Interrupted)
            }
        }
    }

    async fn measure(&self, prepared: &mut Prepared, mut writer: Writer) -> anyhow::Result<Exit> {
        let timeout = self.args.browser.call_timeout;
        say(self.voice, "checking every answer");
        execute::verify(&self.session.launcher, &self.session.server, prepared, timeout, |_, _| {})
            .await
            .map_err(|error| Unable(error.into()))?;
        let mut exit = Exit::Done;
        let mut record = |block: Block| {
            if matches!(block.outcome, Outcome::Failure(_)) {
                exit = Exit::SomeFailed;
            }
            Ok(writer.append(&block)?)
        };
        for group in prepared.values() {
            for (at, contender) in group.contenders.iter().enumerate() {
                if let Err(failure) = &contender.urls {
                    record(Block { cell: group.cell(at), block: 0, outcome: Outcome::Failure(failure.clone()) })?;
                }
            }
        }
        let steps = u64::from(self.plan.schedule.most_blocks()) * prepared.len() as u64;
        let mut progress = Progress::new(self.voice, steps);
        let bench = Bench {
            launcher: &self.session.launcher,
            server: &self.session.server,
            plan: self.plan,
            call_timeout: timeout,
        };
        let done = |block: u32, group: &execute::PreparedGroup| {
            progress.step(&format!("block {}, {} {}", block + 1, group.kernel, group.input));
        };
        execute::measure(&bench, prepared, &mut record, done).await?;
        progress.finish();
        Ok(exit)
    }
}
