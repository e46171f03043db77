//! `crossover setup`: installs the tools that are missing, or carries them to a machine without a network.

use std::path::Path;

use super::doctor;
use crate::cli::SetupArgs;
use crate::environment::{self, Host, Installation, Say, make_bundle, take_bundle, tools_root};
use crate::exit::{Exit, Unable};
use crate::measure::required;
use crate::progress::{Verbosity, say};
use crate::stdout::print;
use crate::suite::Suite;

/// Installs what is missing, or makes or takes a bundle.
///
/// # Errors
/// When something cannot be installed, or the file cannot be written or is no bundle of this program.
pub fn setup(args: &SetupArgs) -> anyhow::Result<Exit> {
    let speak = |line: &str| say(Verbosity::Normal, line);
    if let Some(file) = &args.offline_bundle {
        make_bundle(&Host::here(), file, &speak).map_err(Unable)?;
        let next = "carry it to a machine of the same kind, and run `crossover setup --from-bundle FILE` there";
        print(&format!("{}\nnext: {next}\n", file.display()))?;
        return Ok(Exit::Done);
    }
    if let Some(file) = &args.from_bundle {
        return take(file, &speak);
    }
    let requirements = required(Suite::open(None).ok().as_ref(), &args.doctor)?;
    environment::set_up(&tools_root()?, &Host::here(), &requirements, Installation::Allowed, &speak)
        .map_err(|error| Unable(error.into()))?;
    doctor(&args.doctor)
}

/// Takes a bundle, where the tools are those of the user's cache.
fn take(file: &Path, say: Say<'_>) -> anyhow::Result<Exit> {
    let folder = take_bundle(&tools_root()?, file, say)?;
    print(&format!("{}\nnext: crossover doctor\n", folder.display()))?;
    Ok(Exit::Done)
}
