//! Node.js and npm, which run the tools that bundle contenders, optimise their Wasm and drive browsers.

use std::env::consts::ARCH;
use std::path::PathBuf;

use super::diagnosis::Tool;
use super::host::Host;
use super::pinned::Pinned;
use super::remedy::{PackageSet, Remedy};
use super::step::LONG;
use super::{npm, version};

/// The oldest Node.js that the pinned packages run on.
const OLDEST: u32 = 20;

/// How to install a missing Node.js.
pub const FIX: &str = "install Node.js 20 or newer, with npm: https://nodejs.org";

const WHY: &str = "Node.js, which the JavaScript tools run on";

/// Finds Node.js: the first on `PATH`, else the one that set-up installed.
///
/// # Errors
/// A sentence: there is none, it does not answer, or it is too old.
pub fn find(host: &Host, own: &Pinned) -> Result<Tool, String> {
    on_path(host).or_else(|why| match brought(host, own).filter(|path| path.is_file()) {
        Some(path) => version::ask(&path).map(|version| Tool { path, version }),
        None => Err(why),
    })
}

fn on_path(host: &Host) -> Result<Tool, String> {
    let path = host.which("node").ok_or("there is no node on PATH")?;
    let version = version::ask(&path)?;
    if version.number.0 < OLDEST {
        return Err(format!("{} is {}, older than {OLDEST}", path.display(), version.text));
    }
    Ok(Tool { path, version })
}

/// Where the package lies that is this machine's Node.js; `None` where crossover pins none for it.
fn brought(host: &Host, own: &Pinned) -> Option<PathBuf> {
    let arch = match (host.os.as_str(), ARCH) {
        ("linux", "x86_64") => "x64",
        ("linux", "aarch64") => "arm64",
        _ => return None,
    };
    Some(own.package(&format!("node-linux-{arch}")).join("bin/node"))
}

/// Ways to install Node.js: the distribution's where there is none; if that is too old, the one that crossover pins. An
/// old one is the user's choice and stays as it is. Nothing where it does not answer: npm would not either.
#[must_use]
pub fn remedies(host: &Host, own: &Pinned) -> Vec<Remedy> {
    let apt = || PackageSet::new(host, vec![vec!["nodejs", "npm"]], WHY, LONG).map(Remedy::Install);
    let apt = match host.which("node") {
        None => apt(),
        Some(node) if version::ask(&node).is_err() => return Vec::new(),
        Some(_) => None,
    };
    let pinned = brought(host, own).map(|_| {
        // It may be that the first remedy brings npm.
        let path = npm::find(host).unwrap_or_else(|_| "npm".into());
        own.remedy(&path, WHY)
    });
    apt.into_iter().chain(pinned).collect()
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
        let js = Pinned::of_checkout(fake.root().join("js"));
        let commands = |fake: &FakeHost| {
            let all: Vec<String> = remedies(&fake.host, &js).iter().map(Remedy::command).collect();
            all
        };
        let own = format!("cd {}/js && npm ci --ignore-scripts --no-audit --no-fund", fake.root().display());
        assert_eq!(find(&fake.host, &js).unwrap_err(), "there is no node on PATH");
        assert_eq!(commands(&fake), ["apt-get install -y nodejs npm", &own]);
        let old = fake.answering("bin/node", "v18.20.4");
        assert!(find(&fake.host, &js).unwrap_err().ends_with("is v18.20.4, older than 20"));
        assert_eq!(commands(&fake), [own]);
        let brought = brought(&fake.host, &js).unwrap();
        let brought = fake.answering(brought.strip_prefix(fake.root()).unwrap().to_str().unwrap(), "v24.21.0");
        let node = find(&fake.host, &js).unwrap();
        assert_eq!((node.path, node.version.number), (brought, (24, 21)));
        std::fs::remove_file(old).unwrap();
        let path = fake.answering("bin/node", "v20.20.2");
        assert_eq!(find(&fake.host, &js).unwrap().path, path, "the machine's own comes first");
        fake.program("bin/node", "exit 1");
        assert_eq!(find(&fake.host, &js).unwrap().version.number, (24, 21));
        assert_eq!(commands(&fake), [""; 0], "npm would run on it, too");
    }

    #[test]
    fn where_there_is_no_package_for_a_machine_nothing_is_tried() {
        let mut fake = FakeHost::new();
        fake.host.os = "macos".to_owned();
        assert!(remedies(&fake.host, &Pinned::of_checkout("js".into())).is_empty());
    }
}
