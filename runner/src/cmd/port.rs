//! `crossover port`: one hotspot, no manifest, a verdict.

use std::path::{Path, PathBuf};

use anyhow::ensure;
use crossover_reports::run::{Check, Emulation};

use super::run::{Job, Lone, measured};
use super::session::{Session, environment, environment_for, runtime};
use crate::cli::PortArgs;
use crate::environment::Wanted;
use crate::execute;
use crate::exit::{Exit, Unable};
use crate::plan::{Effort, Inputs, Plan, Preset, Selection};
use crate::port::{
    Function, Hotspot, STAND_INS, export_of_package, made_by, of_arguments, of_file, standing_in, suite_of,
};
use crate::prepare::prepare;
use crate::progress::say;
use crate::suite::{Input, Kernel, Suite};

/// Checks that the functions agree, measures them, and ends with the verdict; without Wasm, with what a port could save at
/// most. Results go to a folder of their own.
///
/// # Errors
/// When the usage is not as it should be, a file is missing, or the environment is not able.
pub fn port(args: &PortArgs) -> anyhow::Result<Exit> {
    let wasm = |(file, export): &(PathBuf, Option<String>)| -> anyhow::Result<Function> {
        Ok(Function { file: file.clone(), export: export_of_package(export.as_deref(), &args.js)? })
    };
    let hotspot = Hotspot {
        js: args.js.clone(),
        wasm: args.wasm.as_ref().map(wasm).transpose()?,
        platform: args.platform.clone(),
        inputs: inputs(args)?,
        check: args.tolerance.map_or(Check::Exact, Check::Tolerance),
    };
    let mut kernel = hotspot.kernel()?;
    args.scenario.apply(&mut kernel.scenarios);
    let folder = Path::new("target/crossover/port").join(&kernel.name);
    if args.wasm.is_none() {
        ask(&mut kernel, args)?;
        let packages = std::path::absolute(&folder)?.join("stand-ins");
        let is_answered = kernel.inputs.iter().any(|input| input.known_answer.is_some());
        for stand_in in STAND_INS.into_iter().filter(|_| is_answered) {
            kernel.contenders.push(standing_in(stand_in, stand_in.write(&packages)?));
        }
    }
    let (suite, plan) = planned(kernel, args.effort.effort(args.preset))?;
    measured(&suite, &plan, &args.measure, &folder, &Job::of(Lone::Skip))
}

/// Asks the function what it answers to each input; those that it does not answer to stay without.
fn ask(kernel: &mut Kernel, args: &PortArgs) -> anyhow::Result<()> {
    let voice = args.measure.voice();
    let (suite, plan) = planned(kernel.clone(), Effort::of(Preset::Quick))?;
    let environment = environment(&plan, &args.measure.browser, voice)?;
    let ready = prepare(&suite, &plan, &environment, &|line| say(voice, line));
    say(voice, "asking the function for its answers");
    let answers = runtime()?.block_on(async {
        let (session, prepared) =
            Session::start(ready, &environment, &args.measure.browser, Emulation::default()).await?;
        let timeout = args.measure.browser.call_timeout;
        let answers = execute::answers(&session.launcher, &session.server, prepared, timeout).await;
        session.stop().await;
        answers.map_err(|error| anyhow::Error::new(Unable(error.into())))
    })?;
    for (group, answer) in answers {
        let name = &plan.kernels[group.kernel].inputs[group.input].name;
        if let Some(input) = kernel.inputs.iter_mut().find(|input| input.name == *name) {
            input.known_answer = Some(answer);
        }
    }
    Ok(())
}

/// A suite of the kernel alone, and a plan of all its inputs.
fn planned(kernel: Kernel, effort: Effort) -> anyhow::Result<(Suite, Plan)> {
    let suite = suite_of(kernel);
    let plan = Plan::make(&suite, &Selection { inputs: Inputs::All, ..Selection::default() }, effort)?;
    Ok((suite, plan))
}

fn inputs(args: &PortArgs) -> anyhow::Result<Vec<Input>> {
    let mut inputs = args.input.iter().map(|file| of_file(file, args.kind)).collect::<anyhow::Result<Vec<_>>>()?;
    if let Some(json) = &args.args {
        inputs.push(of_arguments(json)?);
    }
    if let Some(module) = &args.input_module {
        let voice = args.measure.voice();
        let environment = environment_for(Wanted::No, &args.measure.browser, voice)?;
        inputs.extend(made_by(module, &environment)?);
    }
    ensure!(
        !inputs.is_empty(),
        "what is it called with? Give --input FILE, --args '[…]' or --input-module FILE; several files tell from which \
         size on a port pays"
    );
    Ok(inputs)
}
