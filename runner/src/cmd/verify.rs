//! `crossover verify`: every contender once on every input, nothing timed.

use crossover_reports::run::{Emulation, Stage};

use super::print;
use super::session::{Session, environment, runtime};
use crate::cli::VerifyArgs;
use crate::execute;
use crate::exit::{Exit, Unable};
use crate::plan::{Effort, Inputs, Plan, Preset};
use crate::prepare::prepare;
use crate::progress::{Voice, say};
use crate::suite::Suite;

/// Checks every answer and prints one line for each.
///
/// # Errors
/// When the suite is not as it should be, or the environment is not able.
pub fn verify(args: &VerifyArgs) -> anyhow::Result<Exit> {
    let voice = Voice::of(args.quiet);
    let suite = Suite::open(args.suite.suite.as_deref())?;
    let plan = Plan::make(&suite, &args.suite.selection(Inputs::All), Effort::of(Preset::Quick))?;
    let environment = environment(&plan, &args.browser, voice)?;
    let ready = prepare(&suite, &plan, &environment, &|line| say(voice, line));
    runtime()?.block_on(async {
        let (session, mut prepared) = Session::start(ready, &environment, &args.browser, Emulation::default()).await?;
        let mut stages = Vec::new();
        execute::verify(&session.launcher, &session.server, &mut prepared, args.browser.call_timeout, |group, at| {
            let contender = &group.contenders[at];
            let cell = format!("{} {} {}", group.kernel, group.input, contender.name);
            match &contender.urls {
                Ok(_) => print(&format!("ok      {cell}{}\n", group.reference_note())),
                Err(failure) if failure.stage.is_failure() => {
                    print(&format!("FAILED  {cell}: {}: {}\n", failure.stage.name(), failure.reason));
                    stages.push(failure.stage);
                }
                Err(failure) => print(&format!("absent  {cell}: {}\n", failure.reason)),
            }
        })
        .await
        .map_err(|error| Unable(error.into()))?;
        session.launcher.stop().await;
        Ok(match stages.as_slice() {
            [] => Exit::Done,
            stages if stages.contains(&Stage::Verify) => Exit::WrongAnswer,
            _ => Exit::SomeFailed,
        })
    })
}
