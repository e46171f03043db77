//! Ways to install a missing thing: one step, packages of the distribution, or a folder of the cache. They are tried in order.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use super::error::SetupError;
use super::fill::Fill;
use super::host::{Host, User};
use super::step::{LONG, Say, SetupAttempt, SetupStep};
use crate::process;

/// One way to install a missing thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Run this.
    Run(SetupStep),
    /// Install the first set of packages that the distribution has.
    Install(PackageSet),
    /// Fill a folder of the user's cache with npm packages.
    Fill(Fill),
}

/// Alternative sets of Debian packages; the first that apt knows is the one to install.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageSet {
    apt_get: PathBuf,
    apt_lists: PathBuf,
    sets: Vec<Vec<&'static str>>,
    why: &'static str,
    limit: Duration,
}

/// Whether set-up may change the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Installation {
    /// It may.
    Allowed,
    /// `--no-setup`: what is missing stays missing, and the error says so.
    Forbidden,
}

/// Something that crossover needs: its name, the command that installs it, and the ways to install it.
pub struct Dependency<F> {
    /// Its name in messages.
    pub what: &'static str,
    /// The command or sentence that says how to install it.
    pub fix: String,
    /// The ways to get it, in order; asked for only when it is missing.
    pub remedies: F,
}

impl<F: FnOnce() -> Vec<Remedy>> Dependency<F> {
    /// What `find` finds; where it finds nothing, each remedy is tried until it does.
    ///
    /// # Errors
    /// It is missing, and installing it is forbidden or did not help.
    pub fn ensure<T>(
        self,
        installation: Installation,
        say: Say,
        find: impl Fn() -> Result<T, String>,
    ) -> Result<T, SetupError> {
        let mut why = match find() {
            Ok(found) => return Ok(found),
            Err(why) => why,
        };
        let mut attempts = Vec::new();
        if installation == Installation::Allowed {
            for remedy in (self.remedies)() {
                attempts.extend(remedy.apply(say).err());
                // A tool that failed may still have installed it, and one that succeeded may not have.
                match find() {
                    Ok(found) => return Ok(found),
                    Err(still) => why = still,
                }
            }
        }
        Err(SetupError { what: self.what.to_owned(), why, attempts, fix: self.fix })
    }
}

impl Remedy {
    /// The command as a person would type it.
    #[must_use]
    pub fn command(&self) -> String {
        match self {
            Self::Run(step) => step.command(),
            Self::Install(packages) => packages.command(),
            Self::Fill(fill) => fill.command(),
        }
    }

    /// Tries it.
    ///
    /// # Errors
    /// The step that failed.
    pub fn apply(&self, say: Say) -> Result<(), SetupAttempt> {
        match self {
            Self::Run(step) => step.run(say),
            Self::Install(packages) => packages.install(say),
            Self::Fill(fill) => fill.run(say),
        }
    }
}

impl PackageSet {
    /// `None` where this process cannot install packages: there is no apt, or it is not root.
    ///
    /// `sets` must not be empty.
    #[must_use]
    pub fn new(host: &Host, sets: Vec<Vec<&'static str>>, why: &'static str, limit: Duration) -> Option<Self> {
        debug_assert!(!sets.is_empty(), "there is a package to install");
        let apt_get = host.which("apt-get").filter(|_| host.user == User::Root)?;
        Some(Self { apt_get, apt_lists: host.apt_lists.clone(), sets, why, limit })
    }

    /// The command as a person would type it.
    #[must_use]
    pub fn command(&self) -> String {
        self.step(&self.sets[0]).command()
    }

    fn install(&self, say: Say) -> Result<(), SetupAttempt> {
        if let Some(set) = self.known() {
            return self.step(set).run(say);
        }
        // Fresh containers come without lists. If the lists cannot be downloaded, the install below says what is missing.
        let update =
            SetupStep::new(&self.apt_get, &["update"], "apt's lists, which do not have the packages wanted", LONG);
        let updated = update.run(say);
        match (self.known(), updated) {
            (None, Err(attempt)) => Err(attempt),
            (set, _) => self.step(set.unwrap_or(&self.sets[0])).run(say),
        }
    }

    /// The first set of which apt knows every package.
    fn known(&self) -> Option<&Vec<&'static str>> {
        let has_lists = self.apt_lists.read_dir().is_ok_and(|entries| {
            entries.flatten().any(|entry| entry.file_name().to_string_lossy().contains("_Packages"))
        });
        let knows = |package: &str| {
            let mut query = Command::new(self.apt_get.with_file_name("apt-cache"));
            query.args(["show", "--no-all-versions", "--quiet", package]);
            process::run(&mut query, Duration::from_secs(30)).is_ok_and(|answer| answer.stdout.contains("Package:"))
        };
        self.sets.iter().find(|set| has_lists && set.iter().all(|package| knows(package)))
    }

    fn step(&self, packages: &[&'static str]) -> SetupStep {
        let arguments = [&["install", "-y"], packages].concat();
        SetupStep::new(&self.apt_get, &arguments, self.why, self.limit).with("DEBIAN_FRONTEND", "noninteractive")
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::sync::Mutex;

    use super::super::fake::FakeHost;
    use super::*;

    const SETS: [[&str; 1]; 2] = [["first"], ["second"]];

    /// Applies the packages on a machine whose apt knows `known`, and returns the printed lines.
    fn said(fake: &FakeHost, known: &str, update: &str) -> (Result<(), SetupAttempt>, Vec<String>) {
        let answer = format!("case {known} in *\"$4\"*) echo Package: $4;; *) exit 100;; esac");
        fake.program("bin/apt-cache", &answer);
        fake.program("bin/apt-get", &format!("if [ $1 = update ]; then {update}; fi"));
        let sets = SETS.map(Vec::from).to_vec();
        let packages = PackageSet::new(&fake.host, sets, "a test", LONG).expect("root, with apt");
        let lines = Mutex::new(Vec::new());
        let result = packages.install(&|line| lines.lock().expect("whole").push(line.to_owned()));
        (result, lines.into_inner().expect("whole"))
    }

    fn root() -> FakeHost {
        let mut fake = FakeHost::new();
        fake.become_root();
        fake.program("bin/apt-get", "");
        fake
    }

    #[test]
    fn the_first_known_set_is_installed() {
        let fake = root();
        fake.file("lists/deb_Packages", "");
        let (result, lines) = said(&fake, "first.second", "exit 1");
        result.unwrap();
        assert_eq!(lines, ["set-up: apt-get install -y first (a test)"]);
        let (_, lines) = said(&fake, "second", "exit 1");
        assert_eq!(lines, ["set-up: apt-get install -y second (a test)"]);
    }

    #[test]
    fn lists_are_brought_first_where_there_are_none() {
        let fake = root();
        let (result, lines) = said(&fake, "second", &format!("touch {}/deb_Packages", fake.host.apt_lists.display()));
        result.unwrap();
        assert!(lines[0].starts_with("set-up: apt-get update ("), "{lines:?}");
        assert_eq!(lines[1], "set-up: apt-get install -y second (a test)");
    }

    #[test]
    fn a_network_that_refuses_is_told() {
        let fake = root();
        let (result, _) = said(&fake, "none", "echo E: refused >&2; exit 100");
        let attempt = result.unwrap_err();
        assert_eq!(attempt.command, "apt-get update");
        assert_eq!(attempt.output, ["E: refused"]);
    }

    #[test]
    fn a_want_is_mended_only_when_it_may_be() {
        let fake = FakeHost::new();
        let thing = fake.root().join("thing");
        let find = || if thing.exists() { Ok("thing") } else { Err("no thing".to_owned()) };
        let remedies = || {
            let step = |script: &str| Remedy::Run(SetupStep::new("sh", &["-c", script], "a test", LONG));
            vec![step("exit 1"), step(&format!("touch {}", thing.display())), step("exit 2")]
        };
        let want = || Dependency { what: "Thing", fix: "make thing".into(), remedies };

        let error = want().ensure(Installation::Forbidden, &|_| unreachable!(), find).unwrap_err();
        assert_eq!(error.to_string(), "Thing: no thing; help: make thing");

        let lines = Mutex::new(0);
        assert_eq!(want().ensure(Installation::Allowed, &|_| *lines.lock().unwrap() += 1, find).unwrap(), "thing");
        assert_eq!(lines.into_inner().unwrap(), 2, "the third remedy was not needed");
        want().ensure(Installation::Allowed, &|_| unreachable!("it is there"), find).unwrap();

        std::fs::remove_file(&thing).unwrap();
        let useless = || vec![Remedy::Run(SetupStep::new("sh", &["-c", "echo why >&2; exit 1"], "a test", LONG))];
        let want = Dependency { what: "Thing", fix: "make thing".into(), remedies: useless };
        let text = want.ensure(Installation::Allowed, &|_| (), find).unwrap_err().to_string();
        assert!(text.contains("tried `sh -c") && text.contains("| why") && text.ends_with("make thing"), "{text}");
    }
}
