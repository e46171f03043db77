//! The command line, parsed straight into what the commands use.

mod browser;
mod charts;
mod compare;
mod history;
mod merge;
mod plan;
mod port;
mod profile;
mod report;
mod value;

pub use browser::{BrowserArgs, RuntimeArgs};
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

/// Measures whether a JavaScript hotspot is worth porting to WebAssembly, in a real browser.
#[derive(Debug, Parser)]
#[command(name = "crossover", version, propagate_version = true, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// One per file in `cmd/`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Measure; writes run.jsonl, report.html and charts/ to the output folder and prints the summary
    Run(RunArgs),
    /// Build a kernel's Wasm in several ways, and measure which of them is small and fast
    BuildMatrix(BuildMatrixArgs),
    /// Did it get slower, bigger or slower to start? Two revisions in turns, or two runs
    Compare(CompareArgs),
    /// Every contender once on every input: right answer, or a named failure
    Verify(VerifyArgs),
    /// What would run, and in what order; touches nothing
    List(ListArgs),
    /// Turn a run.jsonl into html, markdown, json, csv or what other programs read; no browser
    Report(ReportArgs),
    /// Slides of a run: 16:9, as SVG and PNG, light and dark; no browser
    Charts(ChartsArgs),
    /// Put shards of one plan, or runs of it on several machines, side by side in one report; no browser
    Merge(MergeArgs),
    /// Runs over time: keep them in one file, and tell where figures changed
    History(HistoryArgs),
    /// Which functions of a recorded profile are worth a look, and why the others are not
    Scout(ScoutArgs),
    /// Where a contender's time goes, warm and as it starts: a CPU profile, a flame graph and a table
    Profile(ProfileArgs),
    /// One hotspot of yours, in JavaScript and in Wasm that is built already: is the port worth it?
    Port(Box<PortArgs>),
    /// A kernel of your own, in JavaScript and Rust, that already runs
    New(NewArgs),
    /// A crossover.toml for a project of your own
    Init(InitArgs),
    /// Measure known differences, and say which ones this machine and browser can tell
    Calibrate(CalibrateArgs),
    /// What is installed, what is missing and the command that mends it
    Doctor(DoctorArgs),
    /// Install what is missing
    Setup(DoctorArgs),
}

/// Which kernels, of which suite.
#[derive(Debug, Args)]
pub struct SuiteArgs {
    /// Kernels, by name or domain; all, if none is named
    pub kernels: Vec<String>,
    /// The suite's crossover.toml; else that of this folder or the nearest one above
    #[arg(long, value_name = "FILE")]
    pub suite: Option<PathBuf>,
    /// Contenders, by pattern such as 'wasm*'; the baseline always takes part
    #[arg(long, value_name = "GLOB", value_delimiter = ',')]
    pub contender: Vec<glob::Pattern>,
    /// Run a kernel on your own file, in place of its inputs
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
pub struct PlanArgs {
    /// How much is measured; else the suite's default, else standard
    #[arg(long)]
    pub preset: Option<Preset>,
    /// Measure every input, also at preset quick
    #[arg(long)]
    pub all_inputs: bool,
    /// Measure one part of several, such as 2/4, on a machine of its own; `crossover merge` puts them together
    #[arg(long, value_name = "NUMBER/OF")]
    pub shard: Option<Shard>,
    /// To what end.
    #[command(flatten)]
    pub effort: EffortArgs,
}

/// How precisely, how long and in what order, whatever the preset.
#[derive(Debug, Args)]
pub struct EffortArgs {
    /// Go on until every interval is this narrow, in percent: 1 is ±1 %; or to the preset's last block
    #[arg(long, value_name = "PERCENT", value_parser = value::percent)]
    pub precision: Option<f64>,
    /// Measure no longer than this, such as 90s, 5m or 1h, where intervals are widest
    #[arg(long, value_name = "TIME", value_parser = value::time)]
    pub budget: Option<Duration>,
    /// Watch memory over so many sessions of every contender first, 50 or more; else 50, and none at quick or with a budget
    #[arg(long, value_name = "N", value_parser = value::sessions)]
    pub sessions: Option<u32>,
    /// Seed of every random order
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

/// What the browser is made to pretend.
#[derive(Debug, Args)]
pub struct EmulationArgs {
    /// Start contenders over a slower network: slow-4g, fast-4g, or so many Mbit/s
    #[arg(long, value_name = "NAME|MBIT", value_parser = value::network)]
    pub network: Option<Network>,
    /// Run pages so many times slower than the machine, as on a phone
    #[arg(long, value_name = "TIMES", value_parser = value::slowdown)]
    pub cpu_throttle: Option<f64>,
}

impl EmulationArgs {
    /// What is to be emulated.
    #[must_use]
    pub fn emulation(&self) -> Emulation {
        Emulation { network: self.network.clone(), cpu_throttle: self.cpu_throttle }
    }
}

/// What verdicts are about, in place of what the kernels say.
#[derive(Debug, Args)]
pub struct ScenarioArgs {
    /// Judge by so many calls per page load, in place of the kernel's scenarios
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=run::MOST_CALLS))]
    pub calls: Option<u64>,
    /// Judge as if every start were over before anyone waits for it
    #[arg(long)]
    pub hidden_startup: bool,
    /// Judge with files coming over so many Mbit/s
    #[arg(long, value_name = "MBIT", value_parser = value::bandwidth)]
    pub bandwidth: Option<f64>,
}

impl ScenarioArgs {
    /// Has a kernel judged as asked.
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

/// Measuring a plan, whichever it is, and what becomes of the results.
#[derive(Debug, Args)]
pub struct MeasureArgs {
    /// Where.
    #[command(flatten)]
    pub browser: BrowserArgs,
    /// On what.
    #[command(flatten)]
    pub emulation: EmulationArgs,
    /// Folder for run.jsonl, report.html and charts/
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Go on with the run.jsonl of the folder, where an interrupted run of the same plan left it
    #[arg(long)]
    pub resume: bool,
    /// Print the report as JSON on stdout, and nothing else there
    #[arg(long)]
    pub json: bool,
    /// No progress on stderr
    #[arg(short, long)]
    pub quiet: bool,
}

impl MeasureArgs {
    /// Whether progress is told.
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
            (self.browser.is_elsewhere(), Capability::Remote, "--connect"),
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
    /// Measure each crate's criterion bench beside its kernel as well: how far Wasm is from native code
    #[arg(long)]
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
    /// The contender that is built in several ways; else the kernel's first that is built from a crate
    #[arg(long, value_name = "NAME")]
    pub contender: Option<String>,
    /// cargo's levels: 0 to 3, s or z
    #[arg(long, value_name = "LEVELS", value_delimiter = ',', default_values = ["3", "s"])]
    pub opt_level: Vec<OptLevel>,
    /// wasm-opt's levels: -O0 to -O4, -Os or -Oz, and none for a build without it
    #[arg(long, value_name = "LEVELS", value_delimiter = ',', default_values = ["-O2", "-O3", "-Oz"], allow_hyphen_values = true)]
    pub wasm_opt: Vec<WasmOpt>,
    /// 128-bit vectors
    #[arg(long, value_name = "WHICH", default_value = "both")]
    pub simd: Simd,
    /// The suite's crossover.toml; else that of this folder or the nearest one above
    #[arg(long, value_name = "FILE")]
    pub suite: Option<PathBuf>,
    /// How much is measured
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
    /// No progress on stderr
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
    /// A Chrome performance trace, a .cpuprofile, a Firefox profile or a Safari timeline recording; packed by gzip, too
    pub profile: PathBuf,
    /// List at most so many functions of either sort
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=100))]
    pub top: u16,
    /// Print what was found as JSON on stdout, and nothing else there
    #[arg(long)]
    pub json: bool,
}

/// `crossover new`.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The kernel's name: a letter, then a-z, 0-9 and -
    #[arg(value_parser = value::kernel_name)]
    pub name: String,
    /// What kind of work it is: image, compression, hashing, inference, text, …
    #[arg(long, default_value = "other", value_parser = value::kernel_name)]
    pub domain: String,
    /// A function of yours that might be ported: its module and export
    #[arg(long, value_name = "FILE#EXPORT", value_parser = value::function)]
    pub from: Option<Function>,
    /// The suite's crossover.toml; else that of this folder or the nearest one above
    #[arg(long, value_name = "FILE")]
    pub suite: Option<PathBuf>,
}

/// `crossover init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The project's folder; else this one
    pub folder: Option<PathBuf>,
}

/// `crossover calibrate`.
#[derive(Debug, Args)]
pub struct CalibrateArgs {
    /// Comparisons of each difference, half of them in JavaScript and half in Wasm
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub comparisons: u32,
    /// How much is measured for each of them
    #[arg(long, default_value = "standard")]
    pub preset: Preset,
    /// Seed of every random order
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Where.
    #[command(flatten)]
    pub browser: BrowserArgs,
    /// Folder for calibration.json, which replaces the one that is there; runs quote the one that is kept by default
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Go on with the calibration.json of the folder, where an interrupted calibration like this one left it
    #[arg(long)]
    pub resume: bool,
    /// Print calibration.json on stdout, and nothing else there
    #[arg(long)]
    pub json: bool,
    /// No progress on stderr
    #[arg(short, long)]
    pub quiet: bool,
}

/// `crossover doctor` and `crossover setup`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Chromium's executable; else CROSSOVER_CHROMIUM, else the first one found
    #[arg(long, value_name = "FILE")]
    pub browser_path: Option<PathBuf>,
}
