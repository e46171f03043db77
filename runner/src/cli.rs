//! The command line, parsed straight into what the commands use.

mod browser;
mod calibrate;
mod charts;
mod compare;
mod history;
mod merge;
mod overview;
mod plan;
mod port;
mod profile;
mod report;
mod value;

pub use browser::{BrowserArgs, RuntimeArgs};
pub use calibrate::CalibrateArgs;
pub use charts::ChartsArgs;
pub use compare::CompareArgs;
pub use history::{AddArgs, HistoryArgs, HistoryCommand, ImportArgs, TrendArgs};
pub use merge::MergeArgs;
pub use port::PortArgs;
pub use profile::ProfileArgs;
pub use report::{ReportArgs, ReportFormat};

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use crossover_reports::run::{self, Emulation, Network};

use crate::plan::{Effort, Inputs, Plan, Preset, Selection, Shard, Simd};
use crate::progress::Verbosity;
use crate::runtime::Capability;
use crate::suite::{Function, OptLevel, Suite, WasmOpt};

/// Find out whether a JavaScript function is worth porting to WebAssembly.
#[derive(Debug, Parser)]
#[command(name = "crossover", version, propagate_version = true, arg_required_else_help = true, max_term_width = 100)]
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
    /// Find candidates for a port in a recorded browser profile
    Scout(ScoutArgs),
    /// Benchmark kernels and write a report
    Run(RunArgs),
    /// Fail when a change makes something slower or bigger
    Compare(CompareArgs),
    /// Show where a contender spends its time
    Profile(ProfileArgs),
    /// Find the best compiler settings for a kernel
    BuildMatrix(BuildMatrixArgs),
    /// Rebuild the report, or export a run for other tools
    Report(ReportArgs),
    /// Make slides of a run, as SVG and PNG
    Charts(ChartsArgs),
    /// Track results over time, and find where they changed
    History(HistoryArgs),
    /// Create a crossover.toml for your project
    Init(InitArgs),
    /// Create a kernel of your own, in JavaScript and Rust
    New(NewArgs),
    /// Show what would run, and in which order
    List(ListArgs),
    /// Check that every contender returns the right answer
    Verify(VerifyArgs),
    /// Combine shards, or runs on several machines, into one report
    Merge(MergeArgs),
    /// Show what is installed, what is missing and how to install it
    Doctor(DoctorArgs),
    /// Install what is missing
    Setup(DoctorArgs),
    /// Measure which differences this machine and browser can detect
    Calibrate(CalibrateArgs),
}

/// Which kernels, of which suite.
#[derive(Debug, Args)]
#[command(next_help_heading = "What to run")]
pub struct SuiteArgs {
    /// Kernels by name or domain [default: all]
    #[arg(help_heading = None::<&str>)]
    pub kernels: Vec<String>,
    /// The suite's crossover.toml [default: the nearest one, from this folder up]
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
#[command(next_help_heading = "How much")]
pub struct PlanArgs {
    /// How much to measure [default: the suite's, else standard]
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
#[command(next_help_heading = "How much")]
pub struct EffortArgs {
    /// Measure until every result is known to ±N percent, at most to the preset's last block
    #[arg(long, value_name = "PERCENT", value_parser = value::percent)]
    pub precision: Option<f64>,
    /// Measure no longer than this, such as 90s, 5m or 1h, first where intervals are widest
    #[arg(long, value_name = "TIME", value_parser = value::time)]
    pub budget: Option<Duration>,
    /// First watch memory over N sessions of every contender, 50 or more, or 0 [default: 50; 0 at quick or with a budget]
    #[arg(long, value_name = "N", value_parser = value::sessions)]
    pub sessions: Option<u32>,
    /// Seed of all random orders
    #[arg(long, default_value_t = 1)]
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
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=run::MOST_CALLS))]
    pub calls: Option<u64>,
    /// Ignore start-up time, as if the module were preloaded
    #[arg(long)]
    pub hidden_startup: bool,
    /// Judge for downloads at this many Mbit/s
    #[arg(long, value_name = "MBIT", value_parser = value::bandwidth)]
    pub bandwidth: Option<f64>,
}

impl ScenarioArgs {
    /// Applies these arguments to a kernel's scenarios.
    pub fn apply(&self, scenarios: &mut Vec<run::Scenario>) {
        if let Some(calls) = self.calls {
            *scenarios = vec![run::Scenario::of_calls(&format!("{calls} calls"), calls)];
        }
        if scenarios.is_empty() && (self.hidden_startup || self.bandwidth.is_some()) {
            *scenarios = run::Scenario::defaults();
        }
        for scenario in scenarios {
            scenario.hidden_startup |= self.hidden_startup;
            scenario.megabits_per_s = self.bandwidth.or(scenario.megabits_per_s);
        }
    }
}

/// How a plan is measured, and what is written.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct MeasureArgs {
    /// Output folder for run.jsonl, report.html and charts/
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Continue an interrupted run of the same plan from the run.jsonl in the output folder
    #[arg(long)]
    pub resume: bool,
    /// Print the report as JSON on stdout, and nothing else
    #[arg(long)]
    pub json: bool,
    /// Print no progress on stderr
    #[arg(short, long)]
    pub quiet: bool,
    /// Where.
    #[command(flatten)]
    pub browser: BrowserArgs,
    /// On what.
    #[command(flatten)]
    pub emulation: EmulationArgs,
}

impl MeasureArgs {
    /// Whether progress is printed.
    #[must_use]
    pub fn verbosity(&self) -> Verbosity {
        Verbosity::of(self.quiet)
    }

    /// A plan in the runtimes that are asked for.
    ///
    /// # Errors
    /// When one of them does not exist, or cannot do what else is asked for.
    pub fn in_runtimes(&self, plan: Plan, suite: &Suite) -> anyhow::Result<Plan> {
        let needs = [
            (self.emulation.network.is_some(), Capability::SlowNetwork, "--network"),
            (self.emulation.cpu_throttle.is_some(), Capability::SlowPages, "--cpu-throttle"),
            (self.browser.is_remote(), Capability::Remote, "--connect"),
        ];
        let needs = needs.into_iter().filter(|(is_asked, ..)| *is_asked).map(|(_, what, argument)| (what, argument));
        plan.in_runtimes(&self.browser.runtime.runtimes(suite)?, &needs.collect::<Vec<_>>())
    }
}

/// `crossover run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// What.
    #[command(flatten)]
    pub suite: SuiteArgs,
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
pub struct BuildMatrixArgs {
    /// The kernel, measured on its headline input
    pub kernel: String,
    /// The contender to build [default: the kernel's first that is built from a crate]
    #[arg(long, value_name = "NAME")]
    pub contender: Option<String>,
    /// Levels of cargo to try: 0 to 3, s or z
    #[arg(long, value_name = "LEVELS", value_delimiter = ',', default_values = ["3", "s"])]
    pub opt_level: Vec<OptLevel>,
    /// Levels of wasm-opt to try: -O0 to -O4, -Os, -Oz, or none to build without it
    #[arg(long, value_name = "LEVELS", value_delimiter = ',', default_values = ["-O2", "-O3", "-Oz"], allow_hyphen_values = true)]
    pub wasm_opt: Vec<WasmOpt>,
    /// Whether to build with 128-bit SIMD
    #[arg(long, value_name = "WHICH", default_value = "both")]
    pub simd: Simd,
    /// The suite's crossover.toml [default: the nearest one, from this folder up]
    #[arg(long, value_name = "FILE")]
    pub suite: Option<PathBuf>,
    /// How much to measure
    #[arg(long, default_value = "quick")]
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
    #[arg(short, long)]
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
}

/// `crossover scout`.
#[derive(Debug, Args)]
pub struct ScoutArgs {
    /// A Chrome trace, .cpuprofile, Firefox profile or Safari timeline; gzip is unpacked
    pub profile: PathBuf,
    /// List at most N functions worth a look, and N others
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=100))]
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
    /// Its kind of work, such as image, compression, hashing, inference or text
    #[arg(long, default_value = "other", value_parser = value::kernel_name)]
    pub domain: String,
    /// Start from a JavaScript function of yours
    #[arg(long, value_name = "FILE#EXPORT", value_parser = value::function)]
    pub from: Option<Function>,
    /// The suite's crossover.toml [default: the nearest one, from this folder up]
    #[arg(long, value_name = "FILE")]
    pub suite: Option<PathBuf>,
}

/// `crossover init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The project's folder [default: this one]
    pub folder: Option<PathBuf>,
}

/// `crossover doctor` and `crossover setup`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Chromium's executable [default: CROSSOVER_CHROMIUM, else the first one found]
    #[arg(long, value_name = "FILE")]
    pub browser_path: Option<PathBuf>,
}
