//! An earlier calibration of this machine and browser.

use std::path::PathBuf;

use crossover_reports::calibration::Calibration;
use crossover_reports::run::{self, Stratum};

use super::header::machine;
use crate::complaint;
use crate::environment::{Environment, Say};
use crate::runtime::RuntimeId;
use crate::suite::Suite;

/// Where calibrations are kept, below the folder of a suite's or of this tool's own results.
pub const CALIBRATIONS: &str = "calibration";

/// The name of the file with the calibration of a runtime; `runtime` is its id.
#[must_use]
pub fn calibration_name(runtime: &str) -> String {
    if runtime == RuntimeId::default().name() {
        "calibration.json".to_owned()
    } else {
        format!("calibration-{runtime}.json")
    }
}

/// The calibration that a run on this machine in the runtime of `stratum` may quote: the suite's, else the one of the tools.
/// `say` reports a file that cannot be read.
pub fn calibration(
    suite: &Suite,
    environment: &Environment,
    stratum: &Stratum,
    say: Say<'_>,
) -> Option<run::CalibrationQuote> {
    let folders: [PathBuf; 2] = [suite.root.join("target/crossover"), environment.root.own()];
    let machine = stratum.machine.clone().unwrap_or_else(machine);
    let name = calibration_name(&stratum.runtime.id);
    let read = |folder: PathBuf| match Calibration::read(&folder.join(CALIBRATIONS).join(&name)) {
        Ok(found) => found,
        Err(error) => {
            say(&complaint::warning(&format!("the calibration is not quoted: {error}")));
            None
        }
    };
    let fits = |found: &Calibration| found.is_of(&machine, stratum);
    folders.into_iter().filter_map(read).find(fits)?.quote()
}
