//! The arguments of `crossover port`.

use std::path::PathBuf;

use clap::Args;
use crossover_reports::run::InputKind;

use super::{EffortArgs, MeasureArgs, ScenarioArgs, value};
use crate::plan::Preset;
use crate::port::Module;
use crate::suite::{Function, Normaliser};

/// `crossover port`.
#[derive(Debug, Args)]
pub struct PortArgs {
    /// Your JavaScript (or TypeScript): a file, a folder, an installed package, or npm:NAME@VERSION, and a function of it, as in src/md.js#render,
    /// md.js#default.parse or npm:marked@18.2.1#Parser.new().parse; without one, the default export
    #[arg(long, value_name = "MODULE#FUNCTION", value_parser = value::module)]
    pub js: Option<Module>,
    /// The same in Wasm: any module that a page can load (a wasm-pack folder, a package, glue, a .wasm file, your own wrapper);
    /// without a function, the one that --js names; alone, lists its functions; left out, what a port could save at most
    #[arg(long, value_name = "MODULE#FUNCTION", value_parser = value::module)]
    pub wasm: Option<Module>,
    /// The same by an API of the browser: a module that calls it
    #[arg(long, value_name = "MODULE#FUNCTION", value_parser = value::module)]
    pub platform: Option<Module>,
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
    /// Bring answers into one form before they are compared: html (elements, attributes and text), html-text (text alone), or a
    /// function of yours
    #[arg(long, alias = "normalise", value_name = "FILE#EXPORT", value_parser = value::normaliser)]
    pub normalize: Option<Normaliser>,
    /// Compare two answers by a function of yours, which returns true, false or a text that says what differs
    #[arg(long, value_name = "FILE#EXPORT", value_parser = value::function)]
    pub same: Option<Function>,
    /// The function changes its argument instead of returning an answer: each call gets a copy, made outside of the time
    #[arg(long)]
    pub in_place: bool,
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
