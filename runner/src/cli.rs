//! The command line, parsed straight into what the commands use.

mod browser;
mod browser_path;
mod calibrate;
mod charts;
mod compare;
mod examples;
mod history;
mod measure;
mod merge;
mod overview;
mod plan;
mod port;
mod profile;
#[cfg(test)]
mod reference;
mod report;
mod setup;
mod share;
mod value;

pub use browser::{BrowserArgs, RuntimeArgs};
pub use browser_path::BrowserPathArgs;
pub use calibrate::CalibrateArgs;
pub use charts::ChartsArgs;
pub use compare::CompareArgs;
pub use history::{AddArgs, HistoryArgs, HistoryCommand, ImportArgs, TrendArgs};
pub use measure::{MeasureArgs, Printed};
pub use merge::MergeArgs;
pub use port::PortArgs;
pub use profile::ProfileArgs;
pub use report::{ReportArgs, ReportFormat};
pub use setup::{DoctorArgs, SetupArgs};

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use crossover_reports::run::{self, Emulation, Network};

use crate::plan::{Effort, Inputs, Preset, Selection, Shard, Simd};
use crate::suite::{Function, OptLevel, WasmOpt};
use measure::OUTPUT;
use share::Share;

/// Find out whether a JavaScript function is worth porting to WebAssembly.
#[derive(Debug, Parser)]
#[command(
    name = "crossover",
    about = "Find out whether a JavaScript function is worth porting to WebAssembly.",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    max_term_width = 80
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// One per file in `cmd/`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Decide whether one of your functions is worth porting
    Port(Box<PortArgs>),
    /// Find candidates in a recorded browser profile
    Scout(ScoutArgs),
    /// Benchmark kernels and write a report
    Run(RunArgs),
    /// Fail CI when a change makes something slower or bigger
    Compare(CompareArgs),
    /// Show where a contender spends its time
    Profile(ProfileArgs),
    /// Find the best compiler settings for a kernel
    BuildMatrix(BuildMatrixArgs),
    /// Rebuild the report, or export it for other tools
    Report(ReportArgs),
    /// Make slides from a run
    Charts(ChartsArgs),
    /// Track results over time, and find where they changed
    History(HistoryArgs),
    /// Create a crossover.toml for your project
    Init(InitArgs),
    /// Create a kernel of your own, in JavaScript and Rust
    New(NewArgs),
    /// Show what would run
    List(ListArgs),
    /// Check that every contender returns the right answer
    Verify(VerifyArgs),
    /// Combine shards, or runs on several machines, into one report
    Merge(MergeArgs),
    /// Show what is installed, what is missing and how to install it
    Doctor(DoctorArgs),
    /// Install what is missing, with or without a network
    Setup(SetupArgs),
    /// Measure which differences this machine and browser can detect
    Calibrate(CalibrateArgs),
}

/// Which kernels, of which suite.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "What to run")]
pub struct SuiteArgs {
    /// Kernels by name or domain [default: all]
    #[arg(help_heading = None::<&str>)]
    pub kernels: Vec<String>,
    /// Use this crossover.toml [default: the nearest one, from this folder up]
    #[arg(long, value_name = "FILE")]
    pub suite: Option<PathBuf>,
    /// Measure only these contenders, such as 'wasm*'; the baseline is always included
    #[arg(long, value_name = "GLOB", value_delimiter = ',')]
    pub contender: Vec<glob::Pattern>,
    /// Run a kernel on your own file instead of its inputs
    #[arg(long, value_name = "KERNEL=FILE", value_parser = value::own_input)]
    pub input: Vec<(String, PathBuf)>,
}

impl SuiteArgs {
    /// The selection that these arguments ask for.
    #[must_use]
    pub fn selection(&self, inputs: Inputs) -> Selection {
        Selection {
            kernels: self.kernels.clone(),
            contenders: self.contender.clone(),
            own_inputs: self.input.clone(),
            inputs,
            ..Selection::default()
        }
    }
}

/// How much is measured, and in what order.
#[derive(Debug, Args)]
#[command(next_help_heading = "How long")]
pub struct PlanArgs {
    /// Choose how much to measure [default: the suite's, else standard]
    #[arg(long)]
    pub preset: Option<Preset>,
    /// Measure every input, even with the preset quick
    #[arg(long)]
    pub all_inputs: bool,
    /// Measure one part of the plan, such as 2/4; `crossover merge` combines the parts
    #[arg(long, value_name = "NUMBER/OF")]
    pub shard: Option<Shard>,
    /// To what end.
    #[command(flatten)]
    pub effort: EffortArgs,
}

/// How precisely, how long and in what order, whatever the preset.
#[derive(Debug, Args)]
#[command(next_help_heading = "How long")]
pub struct EffortArgs {
    /// Keep measuring until every result is known to ±N percent
    #[arg(long, value_name = "N", value_parser = value::percent)]
    pub precision: Option<f64>,
    /// Measure no longer than this, such as 90s, 5m or 1h
    #[arg(long, value_name = "TIME", value_parser = value::time)]
    pub budget: Option<Duration>,
    /// Watch memory over N sessions first, 50 or more, or 0 [default: 50; 0 if quick or on a budget]
    #[arg(long, value_name = "N", value_parser = value::sessions)]
    pub sessions: Option<u32>,
    /// Seed all random orders
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = value::seed)]
    pub seed: u64,
}

impl EffortArgs {
    /// The effort that these arguments ask for at a preset.
    #[must_use]
    pub fn effort(&self, preset: Preset) -> Effort {
        Effort { preset, precision: self.precision, budget: self.budget, sessions: self.sessions, seed: self.seed }
    }
}

/// What the browser emulates.
#[derive(Debug, Args)]
#[command(next_help_heading = "Conditions")]
pub struct EmulationArgs {
    /// Start contenders over a slower network: slow-4g, fast-4g or a number of Mbit/s
    #[arg(long, value_name = "NAME|MBIT", value_parser = value::network)]
    pub network: Option<Network>,
    /// Make pages N times slower than the machine, to emulate a phone
    #[arg(long, value_name = "TIMES", value_parser = value::slowdown)]
    pub cpu_throttle: Option<f64>,
}

impl EmulationArgs {
    /// The emulation that these arguments ask for.
    #[must_use]
    pub fn emulation(&self) -> Emulation {
        Emulation { network: self.network.clone(), cpu_throttle: self.cpu_throttle }
    }
}

/// The scenario that verdicts are about, instead of the kernels' own.
#[derive(Debug, Args)]
#[command(next_help_heading = "Judging")]
pub struct ScenarioArgs {
    /// Judge for N calls per page load, instead of the kernel's scenarios
    #[arg(long, value_name = "N", value_parser = value::calls)]
    pub calls: Option<u64>,
    /// Ignore start-up time (assume it is preloaded)
    #[arg(long)]
    pub hidden_startup: bool,
    /// Judge for downloads at this many Mbit/s
    #[arg(long, value_name = "MBIT", value_parser = value::bandwidth)]
    pub bandwidth: Option<f64>,
    /// Call a difference below this many percent no difference
    #[arg(long, value_name = "PERCENT", value_parser = value::margin)]
    pub margin: Option<f64>,
    /// Judge for visitors of whom so many percent use each of the measured runtimes
    #[arg(long, value_name = "NAME=PERCENT,...", value_parser = value::share, value_delimiter = ',')]
    pub share: Vec<Share>,
}

impl ScenarioArgs {
    /// Applies these arguments to a kernel's scenarios.
    pub fn apply(&self, scenarios: &mut Vec<run::Scenario>) {
        if let Some(calls) = self.calls {
            *scenarios = vec![run::Scenario::of_calls(&format!("{calls} calls"), calls)];
        }
        if scenarios.is_empty() && (self.hidden_startup || self.bandwidth.or(self.margin).is_some()) {
            *scenarios = run::Scenario::defaults();
        }
        for scenario in scenarios {
            scenario.hidden_startup |= self.hidden_startup;
            scenario.megabits_per_s = self.bandwidth.or(scenario.megabits_per_s);
            scenario.margin = self.margin.or(scenario.margin);
        }
    }
}

/// `crossover run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// What.
    #[command(flatten)]
    pub suite: SuiteArgs,
    /// Measure every kernel [default: those that crossover.toml chooses]
    #[arg(long, help_heading = "What to run", conflicts_with = "kernels")]
    pub all: bool,
    /// Also measure each crate's criterion bench, to compare Wasm with native code
    #[arg(long, help_heading = "What to run")]
    pub native: bool,
    /// How much.
    #[command(flatten)]
    pub plan: PlanArgs,
    /// For what.
    #[command(flatten)]
    pub scenario: ScenarioArgs,
    /// How.
    #[command(flatten)]
    pub measure: MeasureArgs,
}

/// `crossover build-matrix`.
#[derive(Debug, Args)]
#[command(next_help_heading = "What to run")]
pub struct BuildMatrixArgs {
    /// The kernel, measured on its headline input
    #[arg(help_heading = None::<&str>)]
    pub kernel: String,
    /// Build this contender [default: the kernel's first that is built from a crate]
    #[arg(long, value_name = "NAME")]
    pub contender: Option<String>,
    /// Try these levels of cargo: 0 to 3, s or z
    #[arg(long, value_name = "LEVELS", value_delimiter = ',', default_values = ["3", "s"])]
    pub opt_level: Vec<OptLevel>,
    /// Try these levels of wasm-opt: -O0 to -O4, -Os, -Oz, or none to build without it
    #[arg(long, value_name = "LEVELS", value_delimiter = ',', default_values = ["-O2", "-O3", "-Oz"], allow_hyphen_values = true)]
    pub wasm_opt: Vec<WasmOpt>,
    /// Build with 128-bit SIMD, without, or both
    #[arg(long, value_name = "WHICH", default_value = "both")]
    pub simd: Simd,
    /// Use this crossover.toml [default: the nearest one, from this folder up]
    #[arg(long, value_name = "FILE")]
    pub suite: Option<PathBuf>,
    /// Choose how much to measure
    #[arg(long, help_heading = "How long", default_value = "quick")]
    pub preset: Preset,
    /// To what end.
    #[command(flatten)]
    pub effort: EffortArgs,
    /// How.
    #[command(flatten)]
    pub measure: MeasureArgs,
}

/// `crossover verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// What.
    #[command(flatten)]
    pub suite: SuiteArgs,
    /// Where.
    #[command(flatten)]
    pub browser: BrowserArgs,
    /// Print no progress on stderr
    #[arg(short, long, help_heading = OUTPUT)]
    pub quiet: bool,
}

/// `crossover list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// What.
    #[command(flatten)]
    pub suite: SuiteArgs,
    /// How much.
    #[command(flatten)]
    pub plan: PlanArgs,
    /// In what.
    #[command(flatten)]
    pub runtime: RuntimeArgs,
    /// Show the inputs as well, and the order of all blocks
    #[arg(long = "plan", help_heading = OUTPUT)]
    pub shows_plan: bool,
}

/// `crossover scout`.
#[derive(Debug, Args)]
pub struct ScoutArgs {
    /// A Chrome trace, .cpuprofile, Firefox profile or Safari timeline; gzip is unpacked
    pub profile: PathBuf,
    /// List at most N functions worth a look, and N others
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = value::top)]
    pub top: u16,
    /// Print the findings as JSON on stdout, and nothing else
    #[arg(long)]
    pub json: bool,
}

/// `crossover new`.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The kernel's name: a letter, then a-z, 0-9 and -
    #[arg(value_parser = value::kernel_name)]
    pub name: String,
    /// Name its kind of work, such as image, compression, hashing or text
    #[arg(long, default_value = "other", value_parser = value::kernel_name)]
    pub domain: String,
    /// Start from a JavaScript function of yours
    #[arg(long, value_name = "FILE#EXPORT", value_parser = value::function)]
    pub from: Option<Function>,
    /// Use this crossover.toml [default: the nearest one, from this folder up]
    #[arg(long, value_name = "FILE")]
    pub suite: Option<PathBuf>,
}

/// `crossover init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The project's folder [default: this one]
    pub folder: Option<PathBuf>,
}
