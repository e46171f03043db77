//! `crossover verify`: runs every contender once on every input, and checks the answer. Nothing is timed.

use crossover_reports::report::wording::printable;
use crossover_reports::run::Emulation;

use crate::cli::VerifyArgs;
use crate::exit::Exit;
use crate::interrupt;
use crate::measure::{TestBed, environment};
use crate::plan::{Effort, Inputs, Plan, Preset};
use crate::prepare::{PreparedGroup, prepare};
use crate::progress::{Verbosity, say};
use crate::stdout::print;
use crate::suite::Suite;

/// Checks every answer and prints one line for each.
///
/// # Errors
/// When the suite is invalid, a tool that is needed is missing, or the lines cannot be written.
pub fn verify(args: &VerifyArgs) -> anyhow::Result<Exit> {
    let verbosity = Verbosity::of(args.quiet);
    let suite = Suite::open(args.suite.suite.as_deref())?;
    args.suite.look_at_inputs()?;
    let plan = Plan::make(&suite, &args.suite.selection(Inputs::All), Effort::of(Preset::Quick))?;
    let plan = plan.in_runtimes(&args.browser.runtime.runtimes(&suite)?, &[])?;
    let environment = environment(&suite, &plan, &args.browser, verbosity)?;
    let ready = prepare(&suite, &plan, &environment, &|line| say(verbosity, line));
    TestBed::with(ready, &plan, &environment, &args.browser, Emulation::default(), async |bed, mut prepared| {
        let (mut exit, mut printed) = (Exit::Done, Ok(()));
        let seen = |group: &PreparedGroup, at: usize| {
            if group.contenders[at].urls.as_ref().is_err_and(|failure| failure.stage.is_failure()) {
                exit = Exit::WrongAnswer;
            }
            if printed.is_ok() {
                printed = print(&line(group, at));
            }
        };
        interrupt::unless_interrupted(bed.verify(&mut prepared, args.browser.call_timeout, seen)).await?;
        prepared.values().flat_map(PreparedGroup::notes).for_each(|note| say(verbosity, &note));
        printed.map(|()| exit)
    })
}

/// The result of one contender with one input.
fn line(group: &PreparedGroup, at: usize) -> String {
    let contender = &group.contenders[at];
    let cell = format!("{} {} {}", group.kernel, group.input, contender.name);
    let line = match &contender.urls {
        Ok(_) => format!("ok      {cell}{}", group.reference_note()),
        Err(failure) if failure.stage.is_failure() => {
            format!("FAILED  {cell}: {}: {}", failure.stage.name(), failure.reason)
        }
        Err(failure) => format!("absent  {cell}: {}", failure.reason),
    };
    // A reason may quote the user's file, with whatever is in it.
    printable(&line) + "\n"
}
