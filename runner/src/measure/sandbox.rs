//! The sandbox of browsers: when it is used, how that is verified, and the messages about it.

use anyhow::bail;

use crate::environment::{Host, User};
use crate::runtime::sandbox::{NO_SANDBOX, VARIABLE};
use crate::runtime::{RuntimeId, Sandbox};

/// Whether local browsers are started with their sandbox, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Foreign code shall not run without one.
    Usual,
    /// Chromium has none for root.
    Root,
    /// The user said so, by [`VARIABLE`].
    Waived,
}

impl Policy {
    /// For the user of this machine.
    #[must_use]
    pub fn of(host: &Host) -> Self {
        match host.user {
            User::Root => Self::Root,
            User::Normal if host.var(VARIABLE) == Some("1") => Self::Waived,
            User::Normal => Self::Usual,
        }
    }

    /// What browsers are started with.
    #[must_use]
    pub fn sandbox(self) -> Sandbox {
        match self {
            Self::Usual => Sandbox::On,
            Self::Root | Self::Waived => Sandbox::Off,
        }
    }

    /// Refuses pages that run without a sandbox although they should have one.
    ///
    /// # Errors
    /// What is wrong, and what to do.
    pub fn check(self, runtime: RuntimeId, measured: Sandbox) -> anyhow::Result<()> {
        if self == Self::Usual && measured == Sandbox::Off {
            let cause = match runtime {
                RuntimeId::Firefox => "MOZ_DISABLE_CONTENT_SANDBOX may be set".to_owned(),
                RuntimeId::Webkit => "its WebDriver may start another browser than WebKitGTK's own".to_owned(),
                _ => format!("a script around it, or a file in /etc/chromium.d, may add {NO_SANDBOX}"),
            };
            bail!(
                "{} runs without its sandbox, although it was started with one: {cause}; help: remove that, or set \
                 {VARIABLE}=1 to measure without a sandbox",
                runtime.label()
            );
        }
        Ok(())
    }

    /// What is measured, and why it is so.
    pub(super) fn words(self, measured: Sandbox) -> String {
        match (measured, self) {
            (Sandbox::On, _) => "on".to_owned(),
            (Sandbox::Off, Self::Waived) => format!("off, because {VARIABLE} is set"),
            (Sandbox::Off, Self::Usual | Self::Root) => "off, because you are root".to_owned(),
        }
    }
}

/// The flags of a browser, with the one that its sandbox is off by if it is.
#[must_use]
pub fn flags(runtime: RuntimeId, flags: &[String], measured: Sandbox) -> Vec<String> {
    let off = match runtime {
        RuntimeId::Firefox => Some("MOZ_DISABLE_CONTENT_SANDBOX=1"),
        // Its flag is one that switches the sandbox on.
        RuntimeId::Webkit => None,
        _ => Some(NO_SANDBOX),
    };
    let without = off.filter(|_| measured == Sandbox::Off).map(str::to_owned);
    flags.iter().cloned().chain(without).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_but_root_get_a_sandbox_unless_they_say_otherwise() {
        let host = |user, vars: &[(&str, &str)]| {
            let vars = vars.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            Host { user, vars, ..Host::here() }
        };
        assert_eq!(Policy::of(&host(User::Root, &[])), Policy::Root);
        assert_eq!(Policy::of(&host(User::Normal, &[])), Policy::Usual);
        assert_eq!(Policy::of(&host(User::Normal, &[(VARIABLE, "0")])), Policy::Usual);
        assert_eq!(Policy::of(&host(User::Normal, &[(VARIABLE, "1")])), Policy::Waived);
        assert_eq!(Policy::Usual.sandbox(), Sandbox::On);
    }

    #[test]
    fn a_sandbox_that_is_missing_is_refused_and_one_that_was_waived_is_recorded() {
        let refused = |runtime| Policy::Usual.check(runtime, Sandbox::Off).unwrap_err().to_string();
        let firefox = refused(RuntimeId::Firefox);
        assert!(firefox.starts_with("Firefox runs without its sandbox") && !firefox.contains(NO_SANDBOX), "{firefox}");
        let refused = refused(RuntimeId::Chromium);
        assert!(refused.contains(NO_SANDBOX) && refused.contains("CROSSOVER_NO_SANDBOX=1"), "{refused}");
        Policy::Usual.check(RuntimeId::Chromium, Sandbox::On).unwrap();
        Policy::Waived.check(RuntimeId::Chromium, Sandbox::Off).unwrap();
        assert_eq!(Policy::Root.words(Sandbox::Off), "off, because you are root");
        let own = ["--site-per-process".to_owned()];
        assert_eq!(flags(RuntimeId::Chromium, &own, Sandbox::On), own);
        assert_eq!(flags(RuntimeId::Chromium, &own, Sandbox::Off), ["--site-per-process", NO_SANDBOX]);
    }
}
