//! Which browsers a machine has.

use std::sync::OnceLock;

use super::{Host, Root, browser, tools_root};
use crate::complaint;
use crate::exit::Unable;
use crate::progress::{Verbosity, say};
use crate::runtime::RuntimeId;

/// The browsers that are on this machine; names those that are not on stderr, once.
///
/// # Errors
/// [`Unable`] when there is none.
pub fn installed_browsers() -> anyhow::Result<Vec<RuntimeId>> {
    static FOUND: OnceLock<Vec<RuntimeId>> = OnceLock::new();
    if let Some(found) = FOUND.get() {
        return Ok(found.clone());
    }
    let (found, missing) = on(&tools_root()?, &Host::here());
    if found.is_empty() {
        let none = "--runtime all: no browser is here; help: name one, as in --runtime chromium, which brings it";
        return Err(Unable(anyhow::anyhow!(none)).into());
    }
    for (runtime, why) in missing {
        let (label, name) = (runtime.label(), runtime.name());
        let lacking = format!("--runtime all: without {label}: {why}; help: --runtime {name} brings it");
        say(Verbosity::Normal, &complaint::warning(&lacking));
    }
    // Browsers do not come and go while a command runs.
    Ok(FOUND.get_or_init(|| found).clone())
}

/// The browsers that are on this machine, and why the others are not.
#[must_use]
pub(super) fn on(root: &Root, host: &Host) -> (Vec<RuntimeId>, Vec<(RuntimeId, String)>) {
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for runtime in RuntimeId::ALL {
        let Some(kind) = browser::kind(*runtime) else { continue };
        match kind.find(host, kind.named(host, None).as_deref(), &root.tools) {
            Ok(_) => found.push(*runtime),
            Err(why) => missing.push((*runtime, why)),
        }
    }
    (found, missing)
}
