//! The commands, one file each. They only wire the stages together.

mod build_matrix;
mod calibrate;
mod compare;
mod doctor;
mod elsewhere;
mod init;
mod list;
mod merge;
mod new;
mod port;
mod report;
mod run;
mod scout;
mod session;
mod verify;

pub use build_matrix::build_matrix;
pub use calibrate::calibrate;
pub use compare::compare;
pub use doctor::{doctor, setup};
pub use init::init;
pub use list::list;
pub use merge::merge;
pub use new::new;
pub use port::port;
pub use report::report;
pub use run::run;
pub use scout::scout;
pub use verify::verify;

use std::io::Write as _;

/// Writes results to stdout. A reader that has gone away (`| head`) is no error.
fn print(text: &str) {
    let mut stdout = std::io::stdout().lock();
    let _ = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
}
