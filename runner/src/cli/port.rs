//! The arguments of `crossover port`.

use std::path::PathBuf;

use anyhow::{Context as _, bail, ensure};
use clap::Args;
use crossover_reports::run::{Check, InputKind};

use super::{EffortArgs, MeasureArgs, ScenarioArgs, value};
use crate::call_path::CallPath;
use crate::environment::{Environment, Say};
use crate::plan::{Effort, Inputs, Plan, Preset, Selection};
use crate::port::{Hotspot, Module, PortSide, function_of, made_by, of_arguments, of_files, suite_of};
use crate::suite::{Function, Input, Judge, Kernel, Normaliser, Suite};

/// `crossover port`.
#[derive(Debug, Args)]
#[command(next_help_heading = "What to run")]
pub struct PortArgs {
    /// Judge this JavaScript function, such as src/md.js#render
    ///
    /// MODULE is a JavaScript or TypeScript file, a folder, an installed package or npm:NAME@VERSION.
    /// FUNCTION may be a path, such as default.parse or Parser.new().parse [default: the default export].
    #[arg(long, value_name = "MODULE#FUNCTION", value_parser = value::module)]
    pub js: Option<Module>,
    /// Compare it with this one in Wasm, such as pkg/#render
    ///
    /// MODULE is anything that a page can load: a wasm-pack folder, a package, glue, a .wasm file or your wrapper.
    /// FUNCTION defaults to that of --js. Without --js, lists the functions of the module.
    /// Leave --wasm out to learn the most that a port could save.
    #[arg(long, value_name = "MODULE#FUNCTION", value_parser = value::module)]
    pub wasm: Option<Module>,
    /// Compare it with this one, which calls a browser API
    #[arg(long, value_name = "MODULE#FUNCTION", value_parser = value::module)]
    pub platform: Option<Module>,
    /// Call it with these files, one per call; several sizes show from which one a port pays
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub input: Vec<PathBuf>,
    /// Pass files as bytes, string, json or args [default: string for text, else bytes]
    ///
    /// args reads the file as a JSON array of arguments.
    #[arg(long = "as", value_name = "KIND", value_parser = value::input_kind)]
    pub kind: Option<InputKind>,
    /// Call it with these arguments, a JSON array
    #[arg(long, value_name = "JSON")]
    pub args: Option<String>,
    /// Call it with the `inputs` that a module exports: an array of { name, args }, or a function that returns one
    #[arg(long, value_name = "FILE")]
    pub input_module: Option<PathBuf>,
    /// Take the changed argument as the answer: the function returns none
    ///
    /// Each call gets a fresh copy, which is made outside of the timed code.
    #[arg(long)]
    pub in_place: bool,
    /// Choose how much to measure
    #[arg(long, help_heading = "How long", default_value = "quick")]
    pub preset: Preset,
    /// To what end.
    #[command(flatten)]
    pub effort: EffortArgs,
    /// Accept answers whose numbers are this far apart
    #[arg(long, help_heading = "Judging", value_name = "NUMBER", value_parser = value::tolerance)]
    pub tolerance: Option<f64>,
    /// Normalise answers before they are compared: html, html-text, or your own function
    ///
    /// html keeps elements, attributes and text; html-text keeps the text alone.
    #[arg(long, help_heading = "Judging", alias = "normalise", value_name = "FILE#EXPORT", value_parser = value::normaliser)]
    pub normalize: Option<Normaliser>,
    /// Compare answers with your own function
    ///
    /// It returns true, false, or a text that says what differs.
    #[arg(long, help_heading = "Judging", value_name = "FILE#EXPORT", value_parser = value::function)]
    pub same: Option<Function>,
    /// For what.
    #[command(flatten)]
    pub scenario: ScenarioArgs,
    /// How.
    #[command(flatten)]
    pub measure: MeasureArgs,
}

impl PortArgs {
    /// Checks what can be checked before anything is set up.
    ///
    /// # Errors
    /// When a function or the inputs are not named.
    pub fn check_usage(&self) -> anyhow::Result<()> {
        self.wasm_path()?;
        ensure!(
            !self.input.is_empty() || self.args.is_some() || self.input_module.is_some(),
            "no input given; help: pass --input FILE, --args JSON or --input-module FILE"
        );
        Ok(())
    }

    /// The hotspot of these arguments; its packages are downloaded into the cache.
    ///
    /// # Errors
    /// When a module, a package or an input cannot be read.
    pub fn hotspot(&self, environment: &Environment, say: Say<'_>) -> anyhow::Result<Hotspot> {
        let side = |flag: &'static str, module: &Module, path: CallPath| -> anyhow::Result<PortSide> {
            let target = module.target(environment, say).context(flag)?;
            Ok(PortSide { flag, module: module.clone(), target, path })
        };
        let js = self.js.as_ref().context("--js names no function")?;
        let wasm = self.wasm.as_ref().zip(self.wasm_path()?);
        Ok(Hotspot {
            js: side("--js", js, own_path(js))?,
            wasm: wasm.map(|(module, path)| side("--wasm", module, path)).transpose()?,
            platform: self.platform.as_ref().map(|module| side("--platform", module, own_path(module))).transpose()?,
            inputs: self.inputs(environment)?,
            check: self.check(),
            judge: Judge { normalise: self.normalize.clone(), same: self.same.clone() },
            in_place: self.in_place,
        })
    }

    /// A suite of the kernel alone, and a plan of all its inputs.
    ///
    /// # Errors
    /// When the plan cannot be made.
    pub fn planned(&self, kernel: Kernel, effort: Effort) -> anyhow::Result<(Suite, Plan)> {
        let suite = suite_of(kernel);
        let plan = Plan::make(&suite, &Selection { inputs: Inputs::All, ..Selection::default() }, effort)?;
        let plan = self.measure.in_runtimes(plan, &suite)?;
        Ok((suite, plan))
    }

    /// The module whose functions are listed.
    ///
    /// # Errors
    /// When there is none, or a function of it is named.
    pub fn listed(&self) -> anyhow::Result<&Module> {
        let Some(module) = &self.wasm else {
            bail!("no function given; help: pass --js FILE#FUNCTION, as in --js src/md.js#render");
        };
        ensure!(
            module.path.is_none(),
            "--wasm {}: nothing to compare it with; help: pass --js FILE#FUNCTION, or leave the function out to list all functions",
            module.name()
        );
        Ok(module)
    }

    /// The function of `--wasm`: its own, or the one that `--js` names.
    fn wasm_path(&self) -> anyhow::Result<Option<CallPath>> {
        let js_path = self.js.as_ref().map_or_else(CallPath::default_export, own_path);
        self.wasm.as_ref().map(|module| function_of(module, &js_path, "--wasm")).transpose()
    }

    fn check(&self) -> Check {
        match (self.tolerance, &self.same, &self.normalize) {
            (_, Some(_), _) => Check::Same,
            (Some(tolerance), ..) => Check::Tolerance(tolerance),
            (None, None, Some(_)) => Check::Normalised,
            (None, None, None) => Check::Exact,
        }
    }

    fn inputs(&self, environment: &Environment) -> anyhow::Result<Vec<Input>> {
        let mut inputs = of_files(&self.input, self.kind)?;
        if let Some(json) = &self.args {
            inputs.push(of_arguments(json)?);
        }
        if let Some(module) = &self.input_module {
            inputs.extend(made_by(module, environment)?);
        }
        Ok(inputs)
    }
}

fn own_path(module: &Module) -> CallPath {
    module.path.clone().unwrap_or_else(CallPath::default_export)
}
