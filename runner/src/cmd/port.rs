//! `crossover port`: one hotspot, no manifest, a verdict.

mod list;
mod trial;

use std::path::Path;

use anyhow::{Context as _, ensure};
use crossover_reports::run::Check;

use super::run::measured;
use crate::call_path::CallPath;
use crate::cli::PortArgs;
use crate::environment::{Environment, Wanted};
use crate::exit::Exit;
use crate::measure::{Job, Lone, environment_for};
use crate::plan::{Effort, Inputs, Plan, Selection};
use crate::port::{
    Hotspot, Module, STAND_INS, Side, function_of, made_by, of_arguments, of_files, standing_in, suite_of,
};
use crate::progress::say;
use crate::suite::{Input, Judge, Kernel, Suite};
use trial::Tried;

/// Checks that the functions agree, measures them, and ends with the verdict; without Wasm, with what a port could save at
/// most. Results go to a folder of their own.
///
/// # Errors
/// When the usage is not as it should be, a file is missing, a side cannot be loaded or called, or the environment is not
/// able.
pub fn port(args: &PortArgs) -> anyhow::Result<Exit> {
    let voice = args.measure.voice();
    let Some(js) = &args.js else { return list::list(args) };
    let wasm = |module: &Module, path: &CallPath| function_of(module, path, "--wasm");
    let js_path = js.path.clone().unwrap_or_else(CallPath::default_export);
    let wasm_path = args.wasm.as_ref().map(|module| wasm(module, &js_path)).transpose()?;
    ensure_inputs(args)?;
    let environment = environment_for(Wanted::No, &args.measure.browser, voice)?;
    let side = |flag: &'static str, module: &Module, path: CallPath| -> anyhow::Result<Side> {
        let target = module.target(&environment, &|line| say(voice, line)).context(flag)?;
        Ok(Side { flag, module: module.clone(), target, path })
    };
    let own_path = |module: &Module| module.path.clone().unwrap_or_else(CallPath::default_export);
    let hotspot = Hotspot {
        js: side("--js", js, js_path)?,
        wasm: args.wasm.as_ref().zip(wasm_path).map(|(module, path)| side("--wasm", module, path)).transpose()?,
        platform: args.platform.as_ref().map(|module| side("--platform", module, own_path(module))).transpose()?,
        inputs: inputs(args, &environment)?,
        check: check(args),
        judge: Judge { normalise: args.normalize.clone(), same: args.same.clone() },
        in_place: args.in_place,
    };
    let mut kernel = hotspot.clone().kernel();
    args.scenario.apply(&mut kernel.scenarios);
    let effort = args.effort.effort(args.preset);
    planned(kernel.clone(), args, effort)?.1.check_budget()?;
    match trial::try_out(&hotspot, &mut kernel, args, &environment)? {
        Tried::Different(exit) => return Ok(exit),
        Tried::Alike => {}
    }
    let folder = Path::new("target/crossover/port").join(&kernel.name);
    if args.wasm.is_none() {
        stand_in(&mut kernel, &folder)?;
    }
    let (suite, plan) = planned(kernel, args, effort)?;
    measured(&suite, &plan, &args.measure, &folder, &Job::of(Lone::Skip))
}

fn check(args: &PortArgs) -> Check {
    match (args.tolerance, &args.same, &args.normalize) {
        (_, Some(_), _) => Check::Same,
        (Some(tolerance), ..) => Check::Tolerance(tolerance),
        (None, None, Some(_)) => Check::Normalised,
        (None, None, None) => Check::Exact,
    }
}

/// Adds what stands in for Wasm that nobody has written yet.
fn stand_in(kernel: &mut Kernel, folder: &Path) -> anyhow::Result<()> {
    let packages = std::path::absolute(folder)?.join("stand-ins");
    for stand_in in STAND_INS {
        kernel.contenders.push(standing_in(stand_in, &stand_in.write(&packages)?));
    }
    Ok(())
}

/// A suite of the kernel alone, and a plan of all its inputs.
fn planned(kernel: Kernel, args: &PortArgs, effort: Effort) -> anyhow::Result<(Suite, Plan)> {
    let suite = suite_of(kernel);
    let plan = Plan::make(&suite, &Selection { inputs: Inputs::All, ..Selection::default() }, effort)?;
    let plan = args.measure.in_runtimes(plan, &suite)?;
    Ok((suite, plan))
}

fn ensure_inputs(args: &PortArgs) -> anyhow::Result<()> {
    ensure!(
        !args.input.is_empty() || args.args.is_some() || args.input_module.is_some(),
        "what is it called with? Give --input FILE, --args '[…]' or --input-module FILE; several files tell from which \
         size on a port pays"
    );
    Ok(())
}

fn inputs(args: &PortArgs, environment: &Environment) -> anyhow::Result<Vec<Input>> {
    let mut inputs = of_files(&args.input, args.kind)?;
    if let Some(json) = &args.args {
        inputs.push(of_arguments(json)?);
    }
    if let Some(module) = &args.input_module {
        inputs.extend(made_by(module, environment)?);
    }
    Ok(inputs)
}
