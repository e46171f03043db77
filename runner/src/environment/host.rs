//! What the finders know about this machine: a snapshot that tests can fake.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};

/// The machine as the finders see it.
#[derive(Debug, Clone)]
pub struct Host {
    /// Environment variables; those that are not UTF-8 are left out.
    pub vars: BTreeMap<String, String>,
    /// `linux`, `macos`, … as in [`std::env::consts::OS`].
    pub os: String,
    /// What this process may do.
    pub user: User,
    /// The folder that distributions install into: `/usr`.
    pub prefix: PathBuf,
    /// Where macOS keeps applications: `/Applications`.
    pub applications: PathBuf,
    /// Where apt keeps its lists of packages.
    pub apt_lists: PathBuf,
}

/// Whether this process may install packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum User {
    /// Everything is allowed.
    Root,
    /// Only what belongs to the user.
    Normal,
}

impl Host {
    /// This machine.
    #[must_use]
    pub fn here() -> Self {
        let vars = env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        Self {
            vars,
            os: env::consts::OS.to_owned(),
            user: user(),
            prefix: PathBuf::from("/usr"),
            applications: PathBuf::from("/Applications"),
            apt_lists: PathBuf::from("/var/lib/apt/lists"),
        }
    }

    /// A variable that is set and not empty.
    #[must_use]
    pub fn var(&self, name: &str) -> Option<&str> {
        self.vars.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The user's home folder.
    #[must_use]
    pub fn home(&self) -> Option<PathBuf> {
        self.var("HOME").or_else(|| self.var("USERPROFILE")).map(PathBuf::from)
    }

    /// The user's folder for what can be made again: `XDG_CACHE_HOME`, else the system's.
    #[must_use]
    pub fn cache(&self) -> Option<PathBuf> {
        let named = self.var("XDG_CACHE_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
        named.or_else(|| self.system_cache())
    }

    /// The folder that the system has for that.
    #[must_use]
    pub fn system_cache(&self) -> Option<PathBuf> {
        match self.os.as_str() {
            "macos" => Some(self.home()?.join("Library/Caches")),
            "windows" => self.var("LOCALAPPDATA").map(PathBuf::from),
            _ => Some(self.home()?.join(".cache")),
        }
    }

    /// Where cargo keeps its registry.
    #[must_use]
    pub fn cargo_home(&self) -> Option<PathBuf> {
        self.var("CARGO_HOME").map(PathBuf::from).or_else(|| Some(self.home()?.join(".cargo")))
    }

    /// Where rustup keeps its toolchains.
    #[must_use]
    pub fn rustup_home(&self) -> Option<PathBuf> {
        self.var("RUSTUP_HOME").map(PathBuf::from).or_else(|| Some(self.home()?.join(".rustup")))
    }

    /// The first program of that name on `PATH`.
    #[must_use]
    pub fn which(&self, program: &str) -> Option<PathBuf> {
        let name = format!("{program}{}", env::consts::EXE_SUFFIX);
        env::split_paths(self.var("PATH")?).map(|folder| folder.join(&name)).find(|path| is_program(path))
    }
}

/// Whether `path` is a file that can be run.
#[cfg(unix)]
#[must_use]
pub fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

/// Whether `path` is a file that can be run.
#[cfg(not(unix))]
#[must_use]
pub fn is_program(path: &Path) -> bool {
    path.is_file()
}

#[cfg(unix)]
fn user() -> User {
    if rustix::process::geteuid().is_root() { User::Root } else { User::Normal }
}

#[cfg(not(unix))]
fn user() -> User {
    User::Normal
}
