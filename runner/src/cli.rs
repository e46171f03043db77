//! The command line, parsed straight into what the commands use.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use crossover_reports::export::Format;
use crossover_reports::report::memory::FEWEST_SESSIONS;
use crossover_reports::run::{Emulation, Network};

use crate::plan::{Inputs, Preset, Selection};

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
    /// Every contender once on every input: right answer, or a named failure
    Verify(VerifyArgs),
    /// What would run, and in what order; touches nothing
    List(ListArgs),
    /// Turn a run.jsonl into html, markdown, json or a table; no browser
    Report(ReportArgs),
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
    #[arg(long, value_name = "KERNEL=FILE", value_parser = own_input)]
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
    /// Go on until every interval is this narrow, in percent: 1 is ±1 %; or to the preset's last block
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub precision: Option<f64>,
    /// Measure no longer than this, such as 90s, 5m or 1h, where intervals are widest
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub budget: Option<Duration>,
    /// Watch memory over so many sessions of every contender first, 50 or more; else 50, and none at quick or with a budget
    #[arg(long, value_name = "N", value_parser = sessions)]
    pub sessions: Option<u32>,
    /// Seed of every random order
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

/// The browser, and what to do when something is missing.
#[derive(Debug, Args)]
pub struct BrowserArgs {
    /// Chromium's executable; else CROSSOVER_CHROMIUM, else the first one found
    #[arg(long, value_name = "FILE")]
    pub browser_path: Option<PathBuf>,
    /// Fail, rather than install, when something is missing
    #[arg(long)]
    pub no_setup: bool,
    /// How long one call of a contender may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub call_timeout: Duration,
}

/// What the browser is made to pretend.
#[derive(Debug, Args)]
pub struct EmulationArgs {
    /// Start contenders over a slower network: slow-4g, fast-4g, or so many Mbit/s
    #[arg(long, value_name = "NAME|MBIT", value_parser = network)]
    pub network: Option<Network>,
    /// Run pages so many times slower than the machine, as on a phone
    #[arg(long, value_name = "TIMES", value_parser = slowdown)]
    pub cpu_throttle: Option<f64>,
}

impl EmulationArgs {
    /// What is to be emulated.
    #[must_use]
    pub fn emulation(&self) -> Emulation {
        Emulation { network: self.network.clone(), cpu_throttle: self.cpu_throttle }
    }
}

/// `crossover run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// What.
    #[command(flatten)]
    pub suite: SuiteArgs,
    /// Where.
    #[command(flatten)]
    pub browser: BrowserArgs,
    /// On what.
    #[command(flatten)]
    pub emulation: EmulationArgs,
    /// How much.
    #[command(flatten)]
    pub plan: PlanArgs,
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
}

/// `crossover report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// A run.jsonl, or the folder that holds it; several of one plan and machine are reported on as one
    #[arg(value_name = "RUN", required = true)]
    pub runs: Vec<PathBuf>,
    /// What to make of it; html is written to a file, the others to stdout
    #[arg(long, default_value = "html", value_parser = format)]
    pub format: Format,
    /// The file to write; `-` is stdout
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
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

fn own_input(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((kernel, file)) if !kernel.is_empty() && !file.is_empty() => Ok((kernel.to_owned(), file.into())),
        _ => Err("write KERNEL=FILE, as in image-thumbnail=holiday.jpg".to_owned()),
    }
}

/// Bandwidth and round trip of the named ones are those of Lighthouse and of Chromium's developer tools, before the
/// factors by which the latter adjust them.
fn network(text: &str) -> Result<Network, String> {
    let (megabits_per_s, latency_ms) = match text {
        "slow-4g" => (1.6, 150.0),
        "fast-4g" => (9.0, 60.0),
        _ => match text.trim_end_matches("mbit").parse::<f64>() {
            Ok(megabits) if (0.1..=10_000.0).contains(&megabits) => (megabits, 0.0),
            _ => return Err("give slow-4g, fast-4g or a number of Mbit/s from 0.1 to 10000".to_owned()),
        },
    };
    Ok(Network { name: text.to_owned(), megabits_per_s, latency_ms })
}

fn slowdown(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(times) if (1.0..=20.0).contains(&times) => Ok(times),
        _ => Err("give how many times slower, from 1 to 20".to_owned()),
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    match text.parse::<f64>() {
        Ok(seconds) if (0.001..=86_400.0).contains(&seconds) => Ok(Duration::from_secs_f64(seconds)),
        _ => Err("give a number of seconds from 0.001 to 86400".to_owned()),
    }
}

fn percent(text: &str) -> Result<f64, String> {
    match text.trim_end_matches('%').parse::<f64>() {
        Ok(percent) if (0.01..=100.0).contains(&percent) => Ok(percent / 100.0),
        _ => Err("give a number of percent from 0.01 to 100".to_owned()),
    }
}

fn time(text: &str) -> Result<Duration, String> {
    let (number, unit) = text.split_at(text.trim_end_matches(char::is_alphabetic).len());
    let seconds = match unit {
        "s" => Some(1.0),
        "m" | "min" => Some(60.0),
        "h" => Some(3600.0),
        _ => None,
    };
    match (number.parse::<f64>(), seconds) {
        (Ok(number), Some(unit)) if (1.0..=86_400.0).contains(&(number * unit)) => {
            Ok(Duration::from_secs_f64(number * unit))
        }
        _ => Err("give a number with s, m or h, from 1s to 24h".to_owned()),
    }
}

/// The most sessions that anyone would wait for.
const MOST_SESSIONS: u32 = 1000;

fn sessions(text: &str) -> Result<u32, String> {
    match text.parse::<u32>() {
        Ok(count) if count == 0 || (FEWEST_SESSIONS..=MOST_SESSIONS).contains(&count) => Ok(count),
        _ => Err(format!(
            "give 0, or {FEWEST_SESSIONS} to {MOST_SESSIONS}: fewer tell nothing, because engine and allocators take some to settle"
        )),
    }
}

fn format(text: &str) -> Result<Format, String> {
    text.parse().map_err(|error| format!("{error}"))
}
