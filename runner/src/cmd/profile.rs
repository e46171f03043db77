//! `crossover profile`: where a contender's time goes, when warm and during start-up.

use anyhow::{Context as _, ensure};
use crossover_reports::export;
use crossover_reports::run::{Emulation, Failure};

use crate::cli::ProfileArgs;
use crate::exit::Exit;
use crate::measure::{TestBed, environment};
use crate::plan::Plan;
use crate::prepare::prepare;
use crate::profile::{ProfileFolder, record};
use crate::progress::{Verbosity, say};
use crate::publish::{renew_page, write_profile};
use crate::runtime::Capability;
use crate::stdout::{colour, print};
use crate::suite::Suite;
use crate::{complaint, interrupt};

/// Records a contender, writes the profile, and prints where the time goes.
///
/// # Errors
/// When the suite or an argument is invalid, or a tool that is needed is missing.
pub fn profile(args: &ProfileArgs) -> anyhow::Result<Exit> {
    let (verbosity, suite) = (Verbosity::of(args.quiet), Suite::open(args.suite.as_deref())?);
    let plan = Plan::of_contender(&suite, &args.kernel, &args.contender, args.input.as_deref())?;
    let needs = [(Capability::CpuProfile, "crossover profile")];
    let plan = plan.in_runtimes(&args.browser.runtime.runtimes(&suite)?, &needs)?;
    ensure!(plan.strata.len() == 1, "--runtime: a profile is of one runtime; help: profile one after the other");
    let planned = &plan.kernels[0];
    let contender = planned.contender(&args.contender).context("the plan has no such contender")?;
    let out = args.out.clone().unwrap_or_else(|| suite.root.join("target/crossover"));
    let input = planned.inputs.first().map_or("", |input| input.name.as_str());
    let output = ProfileFolder::create(&out, [&args.kernel, &args.contender, input, &plan.strata[0].id])?;
    let environment = environment(&suite, &plan, &args.browser, verbosity)?;
    let failed = |Failure { stage, reason }: Failure| {
        let text = format!("{} {} cannot be profiled: {}: {reason}", args.kernel, args.contender, stage.name());
        say(Verbosity::Normal, &complaint::error_line(&text));
        Ok(Exit::SomeFailed)
    };
    let speak = |line: &str| say(verbosity, line);
    let mut ready = prepare(&suite, &plan, &environment, &speak);
    let mut named = match ready.add_symbolized(&suite, planned, contender, &environment, &speak) {
        Ok(named) => named,
        Err(failure) => return failed(failure),
    };
    let emulation = Emulation::default();
    let recorded = TestBed::with(ready, &plan, &environment, &args.browser, emulation, async |bed, prepared| {
        interrupt::unless_interrupted(record(bed, prepared, &mut named, args, verbosity)).await
    })?;
    let (profile, recorded) = match recorded {
        Ok(recorded) => recorded.profile(&args.kernel, input, contender, named),
        Err(failure) => return failed(failure),
    };
    let mut files = write_profile(&output, &profile, &recorded)?;
    print(&if args.json { export::profile::json(&profile)? } else { export::profile::terminal(&profile, colour()) })?;
    files.extend(renew_page(&out)?);
    files.iter().for_each(|file| say(verbosity, &format!("written: {}", file.display())));
    Ok(Exit::Done)
}
