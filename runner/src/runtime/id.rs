//! Which runtimes there are, and what each can do beside running contenders.

use std::str::FromStr;

use crossover_reports::run::proper;

/// What contenders run in. The name is a stratum's runtime in the results file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RuntimeId {
    /// Chromium and what is built from it, through Playwright.
    #[default]
    Chromium,
    /// Firefox, as people have it.
    Firefox,
    /// WebKit: WebKitGTK's on Linux, Safari's on macOS.
    Webkit,
    /// A browser that is none, for tests.
    #[cfg(test)]
    Fake,
}

/// What only some runtimes can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capability {
    /// Have contenders come over a slower network.
    SlowNetwork,
    /// Run pages slower than the machine lets them.
    SlowPages,
    /// Sample where the time of a page goes.
    CpuProfile,
    /// Be started by a server, on another machine.
    Remote,
}

impl RuntimeId {
    /// All that can be asked for.
    pub const ALL: &[Self] = &[Self::Chromium, Self::Firefox, Self::Webkit];

    /// The name used in results files and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
            #[cfg(test)]
            Self::Fake => "fake",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        proper(self.name())
    }

    /// Whether it can do this.
    #[must_use]
    pub fn can(self, what: Capability) -> bool {
        use Capability::{CpuProfile, Remote, SlowNetwork, SlowPages};
        let capabilities: &[Capability] = match self {
            Self::Chromium => &[SlowNetwork, SlowPages, CpuProfile, Remote],
            Self::Firefox => &[CpuProfile],
            Self::Webkit => &[],
            #[cfg(test)]
            Self::Fake => &[SlowPages],
        };
        capabilities.contains(&what)
    }
}

impl FromStr for RuntimeId {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let names = || Self::ALL.iter().map(|runtime| runtime.name()).collect::<Vec<_>>().join(", ");
        Self::ALL
            .iter()
            .copied()
            .find(|runtime| runtime.name() == name)
            .ok_or_else(|| format!("there is no runtime of this name; help: choose from {}", names()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_runtime_is_found_by_its_name_and_no_other() {
        for runtime in RuntimeId::ALL {
            assert_eq!(runtime.name().parse(), Ok(*runtime));
        }
        assert_eq!(
            "lynx".parse::<RuntimeId>(),
            Err("there is no runtime of this name; help: choose from chromium, firefox, webkit".to_owned())
        );
    }
}
