//! Finds a Chromium to measure in: the named one, else Playwright's, else an installed one.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::diagnosis::Tool;
use super::host::Host;
use super::playwright;
use super::remedy::{PackageSet, Remedy};
use super::step::{LONG, SetupStep};
use super::version;

/// The variable that names a Chromium; `--browser-path` comes before it.
pub const VARIABLE: &str = "CROSSOVER_CHROMIUM";

/// The names that distributions and Google give it.
const PROGRAMS: [&str; 4] = ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser"];

/// Where macOS keeps it, inside of the folder of applications.
const APPLICATIONS: [&str; 2] =
    ["Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium"];

/// The browser that was named: `path` (from `--browser-path`), or else what [`VARIABLE`] says.
#[must_use]
pub fn named(host: &Host, path: Option<&Path>) -> Option<PathBuf> {
    path.map(Path::to_owned).or_else(|| host.var(VARIABLE).map(PathBuf::from))
}

/// Finds a Chromium that answers. A named one is never silently replaced by another.
///
/// # Errors
/// Which browsers were tried, and why each cannot be used.
pub fn find(host: &Host, named: Option<&Path>, js_baselines: &Path) -> Result<Tool, String> {
    if let Some(path) = named {
        return answering(path.to_owned()).map_err(|why| format!("the browser that was named cannot be used: {why}"));
    }
    let mut reasons = Vec::new();
    for path in candidates(host, js_baselines) {
        match answering(path) {
            Ok(tool) => return Ok(tool),
            Err(why) => reasons.push(why),
        }
    }
    if reasons.is_empty() {
        reasons.push("neither Playwright nor PATH has one".to_owned());
    }
    Err(reasons.join("; "))
}

/// The command that a person can type.
#[must_use]
pub fn fix(js_baselines: &Path) -> String {
    playwright_install("node".into(), js_baselines).command()
}

/// Ways to install a browser; the first runs in `node`. There is none for a named browser.
#[must_use]
pub fn remedies(host: &Host, named: Option<&Path>, node: &Path, js_baselines: &Path) -> Vec<Remedy> {
    if named.is_some() {
        return Vec::new();
    }
    let playwright = Remedy::Run(playwright_install(node.to_owned(), js_baselines));
    let apt = PackageSet::new(host, vec![vec!["chromium"]], WHY, LONG).map(Remedy::Install);
    std::iter::once(playwright).chain(apt).collect()
}

const WHY: &str = "a Chromium to measure in";

fn playwright_install(node: PathBuf, js_baselines: &Path) -> SetupStep {
    let arguments = ["node_modules/playwright-core/cli.js", "install", "chromium"];
    // It may wait for ever without network access, and there is another way.
    SetupStep::new(node, &arguments, WHY, Duration::from_secs(180)).in_folder(js_baselines)
}

fn candidates(host: &Host, js_baselines: &Path) -> Vec<PathBuf> {
    let mut paths = playwright::chromiums(host, js_baselines);
    paths.extend(PROGRAMS.iter().filter_map(|name| host.which(name)));
    if host.os == "macos" {
        paths.extend(APPLICATIONS.iter().map(|name| host.applications.join(name)).filter(|path| path.is_file()));
    }
    paths
}

fn answering(path: PathBuf) -> Result<Tool, String> {
    if !path.is_file() {
        return Err(format!("there is no file {}", path.display()));
    }
    // A name without a folder would be looked for on PATH.
    let path = std::path::absolute(&path).unwrap_or(path);
    version::ask(&path).map(|version| Tool { path, version })
}

#[cfg(all(test, unix))]
mod tests {
    use super::super::fake::FakeHost;
    use super::*;

    #[test]
    fn playwrights_browser_comes_before_the_systems_and_must_answer() {
        let fake = FakeHost::new();
        let js = Path::new("js-baselines");
        assert_eq!(find(&fake.host, None, js).unwrap_err(), "neither Playwright nor PATH has one");
        let system = fake.answering("bin/chromium", "Chromium 156.0.8078.79 built on Debian");
        assert_eq!(find(&fake.host, None, js).unwrap().path, system);
        let google = fake.answering("bin/google-chrome", "Google Chrome 157.0.1.2");
        assert_eq!(find(&fake.host, None, js).unwrap().path, google);
        let own = "home/.cache/ms-playwright/chromium-1248/chrome-linux64/chrome";
        let path = fake.answering(own, "Google Chrome for Testing 156.0.8078.4");
        let found = find(&fake.host, None, js).unwrap();
        assert_eq!((found.path, found.version.number), (path, (156, 0)));
        fake.program(own, "echo libnss3.so is missing >&2; exit 127");
        assert_eq!(find(&fake.host, None, js).unwrap().path, google, "one that does not start is passed over");
    }

    #[test]
    fn a_named_browser_is_taken_or_refused() {
        let mut fake = FakeHost::new();
        let js = Path::new("js-baselines");
        fake.answering("bin/chromium", "Chromium 156.0.8078.79");
        let gone = fake.root().join("gone");
        let why = find(&fake.host, Some(&gone), js).unwrap_err();
        assert!(why.contains(gone.to_str().unwrap()), "{why}");
        let other = fake.answering("other", "Something else");
        assert!(find(&fake.host, Some(&other), js).unwrap_err().contains("which is no version"));

        assert_eq!(named(&fake.host, None), None);
        fake.set(VARIABLE, "/variable");
        assert_eq!(named(&fake.host, None).unwrap(), Path::new("/variable"));
        assert_eq!(named(&fake.host, Some(Path::new("/flag"))).unwrap(), Path::new("/flag"));
        assert!(remedies(&fake.host, Some(Path::new("/flag")), Path::new("node"), js).is_empty());
    }

    #[test]
    fn playwright_is_asked_before_apt() {
        let mut fake = FakeHost::new();
        fake.become_root();
        fake.program("bin/apt-get", "");
        let remedies = remedies(&fake.host, None, Path::new("node"), Path::new("js"));
        let commands: Vec<String> = remedies.iter().map(Remedy::command).collect();
        let install = "cd js && node node_modules/playwright-core/cli.js install chromium";
        assert_eq!(commands, [install, "apt-get install -y chromium"]);
        assert_eq!(fix(Path::new("js")), install);
    }
}
