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
use crate::port::{Hotspot, export_of_package, made_by, of_arguments, of_file};
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
        wasm: crate::port::Function { file: args.wasm.0.clone(), export },
        platform: args.platform.clone(),
        inputs: inputs(args)?,
        check: args.tolerance.map_or(Check::Exact, Check::Tolerance),
    };
    let suite = hotspot.suite()?;
    let selection = Selection { inputs: Inputs::All, ..Selection::default() };
    let mut plan = Plan::make(&suite, &selection, args.effort.effort(args.preset))?;
    for planned in &mut plan.kernels {
        args.scenario.apply(&mut planned.kernel.scenarios);
    }
    measured(&suite, &plan, &args.measure, &Path::new("target/crossover/port").join(&suite.kernels[0].name))
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
    let mut names: Vec<&str> = inputs.iter().map(|input| input.name.as_str()).collect();
    names.sort_unstable();
    if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
        anyhow::bail!("two inputs are called `{}`; rename one", twice[0]);
    }
    Ok(inputs)
}
