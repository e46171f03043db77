//! The commands, one file each. They only wire the stages together.

mod build_matrix;
mod calibrate;
mod charts;
mod compare;
mod doctor;
mod history;
mod init;
mod list;
mod merge;
mod new;
mod port;
mod profile;
mod report;
mod run;
mod scout;
mod setup;
mod verify;

pub use build_matrix::build_matrix;
pub use calibrate::calibrate;
pub use charts::charts;
pub use compare::compare;
pub use doctor::doctor;
pub use history::history;
pub use init::init;
pub use list::list;
pub use merge::merge;
pub use new::new;
pub use port::port;
pub use profile::profile;
pub use report::report;
pub use run::run;
pub use scout::scout;
pub use setup::setup;
pub use verify::verify;
