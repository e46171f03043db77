//! `crossover scout`: lists the functions of a recorded profile that may be worth porting.

use std::path::Path;

use anyhow::Context as _;

use crate::cli::ScoutArgs;
use crate::exit::Exit;
use crate::scout::{self, Findings};
use crate::stdout::print;

/// Prints the functions, and what to do next.
///
/// # Errors
/// When the file is not a profile.
pub fn scout(args: &ScoutArgs) -> anyhow::Result<Exit> {
    let findings = Findings::new(&scout::read(&args.profile)?, args.top.into());
    if args.json {
        let json = serde_json::to_string_pretty(&findings).context("the findings cannot be written as JSON")?;
        print(&format!("{json}\n"))?;
        return Ok(Exit::Done);
    }
    let next = findings.worth.first().map(|best| format!("\nnext: {}\n", scout::command(best, Path::is_file)));
    print(&format!("{}{}", scout::text(&findings), next.unwrap_or_default()))?;
    Ok(Exit::Done)
}
