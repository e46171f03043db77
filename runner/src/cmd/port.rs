//! `crossover port`: a verdict for one hotspot, without a manifest.

use std::path::Path;

use crate::cli::PortArgs;
use crate::exit::Exit;
use crate::measure::{Job, LoneContender, Tried, environment_of_port, functions, try_out};
use crate::port::{add_stand_ins, listing, signatures};
use crate::progress::say;
use crate::publish::measured;
use crate::stdout::print;

/// Checks that the functions agree, measures them, and prints the verdict; without Wasm, the most that a port could save. Results
/// go to a folder of their own.
///
/// # Errors
/// When an argument is invalid, a file is missing, a side cannot be loaded or called, or a tool that is needed is missing.
pub fn port(args: &PortArgs) -> anyhow::Result<Exit> {
    if args.js.is_none() {
        return list(args);
    }
    args.check_usage()?;
    let verbosity = args.measure.verbosity();
    let environment = environment_of_port(args)?;
    let hotspot = args.hotspot(&environment, &|line| say(verbosity, line))?;
    let mut kernel = hotspot.clone().kernel();
    args.scenario.apply(&mut kernel.scenarios);
    let effort = args.effort.effort(args.preset);
    let plan = args.planned(kernel.clone(), effort)?.1;
    plan.check_budget()?;
    let share = args.scenario.share(&plan.stratum_ids())?;
    match try_out(&hotspot, &mut kernel, args, &environment)? {
        Tried::Different(exit) => return Ok(exit),
        Tried::Alike => {}
    }
    let folder = Path::new("target/crossover/port").join(&kernel.name);
    if args.wasm.is_none() {
        add_stand_ins(&mut kernel, &folder)?;
    }
    let (suite, mut plan) = args.planned(kernel, effort)?;
    plan.share = share;
    measured(&suite, &plan, &args.measure, &folder, &Job::of(LoneContender::Skip))
}

/// Prints the functions of the module that `--wasm` names.
fn list(args: &PortArgs) -> anyhow::Result<Exit> {
    let module = args.listed()?;
    let (paths, target) = functions(module, args)?;
    print(&listing("--wasm", &module.name(), &paths, &signatures(&target)))?;
    Ok(Exit::Done)
}
