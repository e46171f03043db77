//! `crossover doctor`: lists which tools are installed.

use crate::cli::DoctorArgs;
use crate::environment::{self, Examination, Host, tools_root};
use crate::exit::{Exit, Unable};
use crate::measure::{examine_page, required, show_driver, threads};
use crate::publish::{Optional, diagnoses, next};
use crate::stdout::{columns, print};
use crate::suite::Suite;

/// Prints what was found and what is missing.
///
/// # Errors
/// When something is missing that is not optional.
pub fn doctor(args: &DoctorArgs) -> anyhow::Result<Exit> {
    let host = Host::here();
    let suite = Suite::open(None).ok();
    let requirements = required(suite.as_ref(), args)?;
    let Examination { mut findings, mut optional, other_browsers, driving } =
        environment::doctor(&tools_root()?, &host, &requirements);
    if let Some(environment) = driving {
        show_driver(&environment, None);
        let threads = threads()?;
        for (runtime, browser) in &environment.browsers {
            let (sandbox, webgpu) = threads.block_on(examine_page(*runtime, browser, &host));
            findings.push(sandbox);
            optional.extend(webgpu);
        }
    }
    let mut optional: Vec<_> = optional.into_iter().map(|one| Optional::of_contenders(one, suite.as_ref())).collect();
    optional.extend(other_browsers.into_iter().map(|(runtime, one)| Optional::of_runtime(runtime, one)));
    print(&diagnoses(&findings, &optional, columns()))?;
    let missing: Vec<_> = findings.iter().filter(|finding| finding.is_missing()).map(|finding| finding.what).collect();
    if missing.is_empty() {
        print(&next(&optional))?;
        return Ok(Exit::Done);
    }
    Err(Unable(anyhow::anyhow!("missing: {}; help: `crossover setup` installs what it can", missing.join(", "))).into())
}
