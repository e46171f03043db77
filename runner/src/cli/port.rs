//! The arguments of `crossover port`.

use std::path::PathBuf;

use clap::Args;
use crossover_reports::run::InputKind;

use super::{EffortArgs, MeasureArgs, ScenarioArgs, value};
use crate::plan::Preset;
use crate::port::Function;

/// `crossover port`.
#[derive(Debug, Args)]
pub struct PortArgs {
    /// The function as it is: its module (JavaScript or TypeScript) and export; without one, the default export
    #[arg(long, value_name = "FILE#EXPORT", value_parser = value::function)]
    pub js: Function,
    /// The same in Wasm: a folder that wasm-pack made, a module of AssemblyScript's or Emscripten's, or a .wasm file; without it,
    /// what a port could save at most
    #[arg(long, value_name = "PKG#EXPORT", value_parser = value::package)]
    pub wasm: Option<(PathBuf, Option<String>)>,
    /// The same by an API of the browser: a module that calls it
    #[arg(long, value_name = "FILE#EXPORT", value_parser = value::function)]
    pub platform: Option<Function>,
    /// Files that it is called with, one at a time; several sizes tell from which one on a port pays
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub input: Vec<PathBuf>,
    /// What files are handed over as: bytes, string, json, or args for a JSON array of arguments; else string for text and bytes for all other
    #[arg(long = "as", value_name = "KIND", value_parser = value::input_kind)]
    pub kind: Option<InputKind>,
    /// The arguments of one call, as a JSON array
    #[arg(long, value_name = "JSON")]
    pub args: Option<String>,
    /// A module that exports `inputs`, an array of { name, args } or a function that returns one
    #[arg(long, value_name = "FILE")]
    pub input_module: Option<PathBuf>,
    /// How far numbers in the answers may be apart
    #[arg(long, value_name = "NUMBER", value_parser = value::tolerance)]
    pub tolerance: Option<f64>,
    /// How much is measured
    #[arg(long, default_value = "quick")]
    pub preset: Preset,
    /// To what end.
    #[command(flatten)]
    pub effort: EffortArgs,
    /// For what.
    #[command(flatten)]
    pub scenario: ScenarioArgs,
    /// How.
    #[command(flatten)]
    pub measure: MeasureArgs,
}
