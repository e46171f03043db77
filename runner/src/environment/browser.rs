//! Finds a browser to measure in: the named one, else one that is installed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::diagnosis::Tool;
use super::host::Host;
use super::playwright::{self, PlaywrightBuild};
use super::remedy::{PackageSet, Remedy};
use super::step::{LONG, SetupStep};
use super::tools::Tools;
use super::version;
use crate::runtime::RuntimeId;

/// A browser as machines have it.
pub struct BrowserKind {
    /// The runtime that it is.
    pub runtime: RuntimeId,
    /// The variable that names one; `--browser-path` comes before it.
    pub variable: &'static str,
    /// The names of its program, the preferred one first.
    programs: &'static [&'static str],
    /// Where macOS keeps it, inside of the folder of applications.
    applications: &'static [&'static str],
    /// Playwright's builds of it, the preferred kind first; none where its builds can't be driven.
    builds: &'static [PlaywrightBuild],
    /// Debian's packages.
    packages: &'static [&'static str],
    /// What it is installed for.
    why: &'static str,
}

const CHROMIUM: BrowserKind = BrowserKind {
    runtime: RuntimeId::Chromium,
    variable: "CROSSOVER_CHROMIUM",
    programs: &["google-chrome-stable", "google-chrome", "chromium", "chromium-browser"],
    applications: &["Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium"],
    builds: &[playwright::CHROMIUM, playwright::HEADLESS_SHELL],
    packages: &["chromium"],
    why: "a Chromium to measure in",
};

const FIREFOX: BrowserKind = BrowserKind {
    runtime: RuntimeId::Firefox,
    variable: "CROSSOVER_FIREFOX",
    programs: &["firefox", "firefox-esr"],
    applications: &["Firefox.app/Contents/MacOS/firefox", "Firefox Developer Edition.app/Contents/MacOS/firefox"],
    builds: &[playwright::FIREFOX],
    packages: &["firefox-esr"],
    why: "a Firefox to measure in",
};

/// What drives it is its program: the driver starts the browser that belongs to it.
const WEBKIT: BrowserKind = BrowserKind {
    runtime: RuntimeId::Webkit,
    variable: "CROSSOVER_WEBKIT",
    programs: &[WEBKITGTK, "safaridriver"],
    applications: &[],
    builds: &[],
    packages: &["webkit2gtk-driver", "xvfb"],
    why: "a WebKit to measure in, and a display for it",
};

/// Why none was found.
const NEITHER: &str = "neither Playwright nor PATH has one";
const NOWHERE: &str = "there is none on PATH";

/// WebKitGTK's driver, and the display that its browser needs.
const WEBKITGTK: &str = "WebKitWebDriver";
const XVFB: &str = "Xvfb";

/// How a browser is found and installed; `None` for what is no browser of this machine.
#[must_use]
pub fn kind(runtime: RuntimeId) -> Option<&'static BrowserKind> {
    match runtime {
        RuntimeId::Chromium => Some(&CHROMIUM),
        RuntimeId::Firefox => Some(&FIREFOX),
        RuntimeId::Webkit => Some(&WEBKIT),
        #[cfg(test)]
        RuntimeId::Fake => None,
    }
}

impl BrowserKind {
    /// The browser that was named: `path` (from `--browser-path`), or else what the variable says.
    #[must_use]
    pub fn named(&self, host: &Host, path: Option<&Path>) -> Option<PathBuf> {
        path.map(Path::to_owned).or_else(|| host.var(self.variable).map(PathBuf::from))
    }

    /// Finds one that answers. A named one is never silently replaced by another.
    ///
    /// # Errors
    /// Which browsers were tried, and why each cannot be used.
    pub fn find(&self, host: &Host, named: Option<&Path>, tools: &Tools) -> Result<Tool, String> {
        if let Some(path) = named {
            return answering(host, path.to_owned())
                .map_err(|why| format!("the browser that was named cannot be used: {why}"));
        }
        let mut reasons = Vec::new();
        for path in self.candidates(host, tools) {
            match answering(host, path) {
                Ok(tool) => return Ok(tool),
                Err(why) => reasons.push(why),
            }
        }
        if reasons.is_empty() {
            reasons.push(if self.builds.is_empty() { NOWHERE } else { NEITHER }.to_owned());
        }
        Err(reasons.join("; "))
    }

    /// What a person can do where it is missing.
    #[must_use]
    pub fn fix(&self, host: &Host, named: Option<&Path>, tools: &Tools) -> String {
        match named {
            Some(path) => {
                format!("correct {} in --browser-path or {}, or leave both out", path.display(), self.variable)
            }
            None => match self.remedies(host, None, Path::new("node"), tools).first() {
                Some(remedy) => remedy.command(),
                None if self.builds.is_empty() => format!(
                    "install your distribution's packages of {WEBKITGTK} and {XVFB} (Debian: apt-get install {}); on macOS, run \
                     `safaridriver --enable` once",
                    self.packages.join(" ")
                ),
                None => "unset PLAYWRIGHT_BROWSERS_PATH, which would put a browser into the installation of crossover"
                    .to_owned(),
            },
        }
    }

    /// Ways to install it; Playwright's runs in `node`. There is none for a named browser.
    #[must_use]
    pub fn remedies(&self, host: &Host, named: Option<&Path>, node: &Path, tools: &Tools) -> Vec<Remedy> {
        if named.is_some() {
            return Vec::new();
        }
        let is_built = !self.builds.is_empty() && playwright::may_install(host, tools);
        let playwright = is_built.then(|| Remedy::Run(self.playwright_install(node.to_owned(), tools)));
        let apt = PackageSet::new(host, vec![self.packages.to_vec()], self.why, LONG).map(Remedy::Install);
        let mut remedies: Vec<Remedy> = playwright.into_iter().chain(apt).collect();
        if self.is_best_as_distributed() {
            remedies.reverse();
        }
        remedies
    }

    /// Whether the browser of the system is what visitors have: Playwright patches all but its Chromium.
    fn is_best_as_distributed(&self) -> bool {
        self.runtime != RuntimeId::Chromium
    }

    fn playwright_install(&self, node: PathBuf, tools: &Tools) -> SetupStep {
        let program = tools.package("playwright-core").join("cli.js");
        let arguments = [&*program.to_string_lossy(), "install", self.runtime.name()];
        // It may wait for ever without network access, and there is another way.
        SetupStep::new(node, &arguments, self.why, Duration::from_secs(180))
    }

    fn candidates(&self, host: &Host, tools: &Tools) -> Vec<PathBuf> {
        let built = playwright::installed(self.builds, host, tools);
        let mut systems: Vec<PathBuf> = self.programs.iter().filter_map(|name| host.which(name)).collect();
        if host.os == "macos" {
            let applications = self.applications.iter().map(|name| host.applications.join(name));
            systems.extend(applications.filter(|path| path.is_file()));
        }
        if self.is_best_as_distributed() { [systems, built].concat() } else { [built, systems].concat() }
    }
}

fn answering(host: &Host, path: PathBuf) -> Result<Tool, String> {
    if !path.is_file() {
        return Err(format!("there is no file {}", path.display()));
    }
    // A name without a folder would be looked for on PATH.
    let path = std::path::absolute(&path).unwrap_or(path);
    if path.file_stem().is_some_and(|name| name == WEBKITGTK) {
        if host.which(XVFB).is_none() {
            return Err(format!("{} needs a display, and there is no {XVFB} on PATH", path.display()));
        }
        return version::untold(&path).map(|version| Tool { path, version });
    }
    version::ask(&path).map(|version| Tool { path, version })
}

#[cfg(all(test, unix))]
mod tests {
    use super::super::fake::FakeHost;
    use super::super::pinned::Pinned;
    use super::*;

    fn js() -> Tools {
        Tools::Pinned(Pinned::of_checkout("js".into()))
    }

    #[test]
    fn playwrights_chromium_comes_before_the_systems_and_must_answer() {
        let fake = FakeHost::new();
        let js = &js();
        assert_eq!(CHROMIUM.find(&fake.host, None, js).unwrap_err(), "neither Playwright nor PATH has one");
        let system = fake.answering("bin/chromium", "Chromium 156.0.8078.79 built on Debian");
        assert_eq!(CHROMIUM.find(&fake.host, None, js).unwrap().path, system);
        let google = fake.answering("bin/google-chrome", "Google Chrome 157.0.1.2");
        assert_eq!(CHROMIUM.find(&fake.host, None, js).unwrap().path, google);
        let own = "home/.cache/ms-playwright/chromium-1248/chrome-linux64/chrome";
        let path = fake.answering(own, "Google Chrome for Testing 156.0.8078.4");
        let found = CHROMIUM.find(&fake.host, None, js).unwrap();
        assert_eq!((found.path, found.version.number), (path, (156, 0)));
        fake.program(own, "echo libnss3.so is missing >&2; exit 127");
        assert_eq!(CHROMIUM.find(&fake.host, None, js).unwrap().path, google, "one that does not start is passed over");
    }

    #[test]
    fn the_systems_firefox_comes_before_playwrights() {
        let fake = FakeHost::new();
        let js = &js();
        let own = "home/.cache/ms-playwright/firefox-1555/firefox/firefox";
        let own = fake.answering(own, "Mozilla Firefox 151.0");
        assert_eq!(FIREFOX.find(&fake.host, None, js).unwrap().path, own);
        let stable = fake.answering("bin/firefox-esr", "Mozilla Firefox 140.10.2esr");
        let found = FIREFOX.find(&fake.host, None, js).unwrap();
        assert_eq!((found.path, found.version.number), (stable, (140, 10)));
    }

    #[test]
    fn webkits_driver_needs_a_display() {
        let mut fake = FakeHost::new();
        let js = &js();
        assert_eq!(WEBKIT.find(&fake.host, None, js).unwrap_err(), "there is none on PATH");
        let fix = WEBKIT.fix(&fake.host, None, js);
        assert!(fix.contains("apt-get install webkit2gtk-driver xvfb") && fix.contains("safaridriver"), "{fix}");
        let driver = fake.program("bin/WebKitWebDriver", "echo usage >&2");
        assert!(WEBKIT.find(&fake.host, None, js).unwrap_err().ends_with("there is no Xvfb on PATH"));
        fake.program("bin/Xvfb", "");
        let found = WEBKIT.find(&fake.host, None, js).unwrap();
        assert_eq!((found.path, found.version.text.as_str()), (driver, "its browser says its version when it starts"));
        fake.become_root();
        fake.program("bin/apt-get", "");
        assert_eq!(WEBKIT.fix(&fake.host, None, js), "apt-get install -y webkit2gtk-driver xvfb");
    }

    #[test]
    fn a_named_browser_is_taken_or_refused() {
        let mut fake = FakeHost::new();
        let js = &js();
        fake.answering("bin/chromium", "Chromium 156.0.8078.79");
        let gone = fake.root().join("gone");
        let why = CHROMIUM.find(&fake.host, Some(&gone), js).unwrap_err();
        assert!(why.contains(gone.to_str().unwrap()), "{why}");
        let other = fake.answering("other", "Something else");
        assert!(CHROMIUM.find(&fake.host, Some(&other), js).unwrap_err().contains("which is no version"));

        assert_eq!(CHROMIUM.named(&fake.host, None), None);
        fake.set(CHROMIUM.variable, "/variable");
        assert_eq!(CHROMIUM.named(&fake.host, None).unwrap(), Path::new("/variable"));
        assert_eq!(CHROMIUM.named(&fake.host, Some(Path::new("/flag"))).unwrap(), Path::new("/flag"));
        assert_eq!(FIREFOX.named(&fake.host, None), None, "each has a variable of its own");
        assert!(CHROMIUM.remedies(&fake.host, Some(Path::new("/flag")), Path::new("node"), js).is_empty());
    }

    #[test]
    fn playwright_is_asked_for_chromium_and_the_distribution_for_the_others() {
        let mut fake = FakeHost::new();
        let commands = |kind: &BrowserKind, fake: &FakeHost| -> Vec<String> {
            let remedies = kind.remedies(&fake.host, None, Path::new("node"), &js());
            remedies.iter().map(Remedy::command).collect()
        };
        let install = |name: &str| format!("node js/node_modules/playwright-core/cli.js install {name}");
        assert_eq!(FIREFOX.fix(&fake.host, None, &js()), install("firefox"), "an ordinary user has no apt");
        fake.become_root();
        fake.program("bin/apt-get", "");
        assert_eq!(commands(&CHROMIUM, &fake), [install("chromium"), "apt-get install -y chromium".to_owned()]);
        assert_eq!(CHROMIUM.fix(&fake.host, None, &js()), install("chromium"));
        assert_eq!(commands(&FIREFOX, &fake), ["apt-get install -y firefox-esr".to_owned(), install("firefox")]);
        assert_eq!(FIREFOX.fix(&fake.host, None, &js()), "apt-get install -y firefox-esr");
    }
}
