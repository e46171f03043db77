//! Everything after the samples: the results file, statistics, comparisons, the report and its formats.
//!
//! Knows no runtime: kernel, input, contender and stratum are labels here. Imports go one way only: `export`, `chart`,
//! `gate` → `report` → `comparison` → `metric` → `stats` → `measurement` → `run`; and `calibration` → `comparison`;
//! `export`, `chart` → `history` → `report`.
//!
//! ```no_run
//! use crossover_reports::{export, report::Report, run::Run};
//!
//! let run = Run::read(std::path::Path::new("target/crossover/run.jsonl"))?;
//! let report = Report::from_run(&run);
//! let html = export::export(&report, export::Format::Html)?;
//! # Ok::<(), anyhow::Error>(())
//! ```

// Examples and tests use the same paths as other crates.
#[cfg(test)]
extern crate self as crossover_reports;

pub mod calibration;
pub mod chart;
mod comparison;
pub mod export;
pub mod gate;
pub mod history;
mod measurement;
pub mod metric;
pub mod profile;
pub mod regular;
pub mod report;
pub mod run;
pub mod shell;
mod stats;
mod verdict;

pub use stats::median;
