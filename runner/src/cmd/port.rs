//! `crossover port`: one hotspot, no manifest, a verdict.

use std::path::Path;

use anyhow::ensure;
use crossover_reports::run::Check;

use super::run::measured;
use super::session::environment_for;
use crate::cli::PortArgs;
use crate::environment::Wanted;
use crate::exit::Exit;
use crate::plan::{Inputs, Plan, Selection};
use crate::port::{Function, Hotspot, export_of_package, made_by, of_arguments, of_file, suite_of};
use crate::progress::Voice;
use crate::suite::Input;

/// Checks that both functions agree, measures them, and ends with the verdict. Results go to a folder of their own.
///
/// # Errors
/// When the usage is not as it should be, a file is missing, or the environment is not able.
pub fn port(args: &PortArgs) -> anyhow::Result<Exit> {
    let export = export_of_package(args.wasm.1.as_deref(), &args.js)?;
    let hotspot = Hotspot {
        js: args.js.clone(),
        wasm: Function { file: args.wasm.0.clone(), export },
        platform: args.platform.clone(),
        inputs: inputs(args)?,
        check: args.tolerance.map_or(Check::Exact, Check::Tolerance),
    };
    let mut kernel = hotspot.kernel()?;
    args.scenario.apply(&mut kernel.scenarios);
    let folder = Path::new("target/crossover/port").join(&kernel.name);
    let suite = suite_of(kernel);
    let selection = Selection { inputs: Inputs::All, ..Selection::default() };
    let plan = Plan::make(&suite, &selection, args.effort.effort(args.preset))?;
    measured(&suite, &plan, &args.measure, &folder)
}

fn inputs(args: &PortArgs) -> anyhow::Result<Vec<Input>> {
    let mut inputs = args.input.iter().map(|file| of_file(file, args.kind)).collect::<anyhow::Result<Vec<_>>>()?;
    if let Some(json) = &args.args {
        inputs.push(of_arguments(json)?);
    }
    if let Some(module) = &args.input_module {
        let voice = if args.measure.quiet { Voice::Quiet } else { Voice::Stderr };
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
