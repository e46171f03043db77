//! The history of many runs in one SQLite file, and the changes of figures along it.
//!
//! `Entry` is what is kept of a run, `History` is the file, and `Trend` is the analysis. Only `store`, `migrate` and
//! `read` know SQLite; the others are pure.

mod entry;
mod error;
mod followed;
mod migrate;
mod read;
mod series;
mod store;
mod trend;
pub mod trend_text;

pub use entry::{Entry, EntryError, SeriesFigure};
pub use error::HistoryError;
pub use followed::{followed, followed_metric};
pub use read::Filter;
pub use series::{Key, Point, Recorded, Series, Stamp};
pub use store::{Added, History};
pub use trend::{Basis, Change, RunRef, SCHEMA, SeriesTrend, SoftwareChange, Trend};
