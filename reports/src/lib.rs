//! Everything after the samples: the results file, statistics, comparisons, the report and its formats.
//!
//! Knows no browser: kernel, input, contender and browser are labels here. Imports run one way only:
//! `export`, `chart` → `report` → `comparison` → `stats` → `measurement` → `run`, `metric`.

pub mod metric;
pub mod report;
pub mod run;
