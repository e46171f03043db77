//! Writes what people and programs read, on stdout and in files: reports, slides, gates, trends and profiles.

mod diagnoses;
mod gate;
mod history;
mod live_page;
mod measured;
mod profile;
mod report;
mod runs;
mod slides;

pub use diagnoses::{Optional, diagnoses, next};
pub use gate::write_gate;
pub use history::{add_run, create_history, read_trend, runs_below, write_trend};
pub use measured::measured;
pub use profile::{renew_page, write_profile};
pub use report::{print_report, write_for_tool, write_text};
pub use runs::{joined, results_file, trend_of, unmergeable, with_profiles};
pub use slides::{every_reason, first_reason, themes, write_slides};
