//! Node.js and npm: what bundles the contenders, optimises their Wasm and drives the browsers runs on them.

use std::path::PathBuf;

use super::finding::Tool;
use super::host::Host;
use super::remedy::{PackageSet, Remedy};
use super::step::LONG;
use super::version;

/// The oldest Node.js that the pinned packages run on.
const OLDEST: u32 = 18;

/// What a person does about a missing Node.js.
pub const MEND: &str = "install Node.js 18 or newer, with npm: apt-get install nodejs npm, or https://nodejs.org";

/// Finds Node.js.
///
/// # Errors
/// A sentence: there is none, it does not answer, or it is too old.
pub fn find(host: &Host) -> Result<Tool, String> {
    let path = host.which("node").ok_or("there is no node on PATH")?;
    let version = version::ask(&path)?;
    if version.number.0 < OLDEST {
        return Err(format!("{} is {}, older than {OLDEST}", path.display(), version.text));
    }
    Ok(Tool { path, version })
}

/// Finds npm, without asking it anything: it takes long to answer.
///
/// # Errors
/// There is none.
pub fn find_npm(host: &Host) -> Result<PathBuf, String> {
    host.which("npm").ok_or_else(|| "there is no npm on PATH".to_owned())
}

/// What brings Node.js. An old one is somebody's choice and is left alone.
#[must_use]
pub fn remedies(host: &Host) -> Vec<Remedy> {
    if host.which("node").is_some() {
        return Vec::new();
    }
    let install =
        PackageSet::new(host, vec![vec!["nodejs", "npm"]], "Node.js, which the JavaScript tools run on", LONG);
    install.map(Remedy::Install).into_iter().collect()
}

#[cfg(all(test, unix))]
mod tests {
    use super::super::fake::FakeHost;
    use super::*;

    #[test]
    fn node_is_found_and_must_be_young_enough() {
        let mut fake = FakeHost::new();
        fake.become_root();
        fake.program("bin/apt-get", "");
        assert_eq!(find(&fake.host).unwrap_err(), "there is no node on PATH");
        assert_eq!(remedies(&fake.host)[0].command(), "apt-get install -y nodejs npm");
        fake.answering("bin/node", "v16.3.0");
        assert!(find(&fake.host).unwrap_err().ends_with("is v16.3.0, older than 18"));
        assert!(remedies(&fake.host).is_empty());
        let path = fake.answering("bin/node", "v20.20.2");
        let node = find(&fake.host).unwrap();
        assert_eq!((node.path, node.version.number), (path, (20, 20)));
        fake.program("bin/node", "exit 1");
        assert!(find(&fake.host).unwrap_err().contains("failed"));
    }
}
