//! `crossover run`: the product's table of contents.

mod earlier;
mod output;

use crossover_reports::run::{Block, Outcome, Writer};

use super::session::{Session, environment, plan, runtime};
use crate::cli::RunArgs;
use crate::environment::revision;
use crate::execute::{self, Bench, Prepared};
use crate::exit::{Exit, Unable};
use crate::interrupt;
use crate::plan::Plan;
use crate::prepare::{Measured, header, prepare};
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
        let measured = Measured { browser: session.browser.clone(), git_revision: revision(&suite.root) };
        let header = header(&plan, &environment, kernels, measured)?;
        let (writer, earlier) =
            if args.resume { output.resume(&header, voice)? } else { (output.begin(&header)?, Vec::new()) };
        interrupt::hand_over();
        let work = Work { plan: &plan, session: &session, args, voice, earlier };
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
    /// Complete rows of the run that this one goes on with.
    earlier: Vec<Block>,
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
        say(self.voice, "checking every answer");
        execute::verify(&self.session.launcher, &self.session.server, prepared, timeout, |_, _| {})
            .await
            .map_err(|error| Unable(error.into()))?;
        let refused = earlier::take_up(prepared, &self.earlier);
        writer.append_all(&refused)?;
        let mut exit = if self.earlier.iter().chain(&refused).any(is_failure) { Exit::SomeFailed } else { Exit::Done };
        let mut record = |block: Block| {
            if is_failure(&block) {
                exit = Exit::SomeFailed;
            }
            Ok(writer.append(&block)?)
        };
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

fn is_failure(row: &Block) -> bool {
    matches!(row.outcome, Outcome::Failure(_))
}
