//! Whether the pages of a browser run in its sandbox: by its own account and the system's, not by what was asked for.

use std::time::Duration;

/// The flag that makes Chromium run without its sandbox.
pub const NO_SANDBOX: &str = "--no-sandbox";

/// The variable that has Chromium started without its sandbox, if its value is 1.
pub const VARIABLE: &str = "CROSSOVER_NO_SANDBOX";

/// What to do where there is no sandbox to be had.
pub const FIX: &str = "allow user namespaces (`sysctl -w kernel.unprivileged_userns_clone=1`; on Ubuntu \
    `sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`), or install the Chromium of your distribution and name it with \
    --browser-path, or set CROSSOVER_NO_SANDBOX=1 to measure without a sandbox: every contender can then do what you can, and \
    the results file records it";

/// Why a browser does not start that is to have a sandbox and gets none.
pub const UNAVAILABLE: &str = "Chromium cannot set up its sandbox: this system gives ordinary users no user namespaces, and \
    there is no setuid helper that works";

/// Whether this is why a browser did not start, by what the driver and the browser say.
#[must_use]
pub fn is_unavailable(error: &str) -> bool {
    ["No usable sandbox!", "Chromium sandboxing failed!", "SUID sandbox helper"]
        .iter()
        .any(|words| error.contains(words))
}

/// How pages run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sandbox {
    /// What they do can't reach the rest of the machine.
    On,
    /// They can do whatever the user can.
    Off,
}

impl Sandbox {
    /// From the browser's command line, and from whether the system confines its pages; both where they are known.
    /// Where nothing is known, it is as it was `asked` for.
    #[must_use]
    pub fn of(command_line: Option<&str>, confined: Option<bool>, asked: Self) -> Self {
        match (command_line.is_some_and(is_without), confined) {
            (true, _) | (false, Some(false)) => Self::Off,
            (false, Some(true)) => Self::On,
            (false, None) => asked,
        }
    }
}

/// Whether a command line switches the sandbox off.
#[must_use]
pub fn is_without(command_line: &str) -> bool {
    command_line.split_whitespace().any(|word| word == NO_SANDBOX)
}

/// How the system confines the pages of a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "other systems do not show it"))]
pub enum Confinement {
    /// They may make fewer system calls, and see no processes but their own, as in Chromium.
    FilterAndNamespace,
    /// They may make fewer system calls, as in Firefox.
    Filter,
}

/// Whether the system confines every page of this process' browsers in this way; `None` where the system does not show it.
#[must_use]
#[cfg_attr(not(target_os = "linux"), expect(unused_variables, reason = "other systems do not show it"))]
pub fn pages_are_confined(how: Confinement) -> Option<bool> {
    #[cfg(target_os = "linux")]
    return linux::pages_are_confined(how);
    #[cfg(not(target_os = "linux"))]
    None
}

/// The same for browsers that start page processes ahead of need, without a sandbox at first: they get some time for it.
pub async fn pages_become_confined(how: Confinement) -> Option<bool> {
    for _ in 0..30 {
        match pages_are_confined(how) {
            Some(false) => tokio::time::sleep(Duration::from_millis(100)).await,
            known => return known,
        }
    }
    Some(false)
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;

    use super::super::processes;
    use super::Confinement;

    pub fn pages_are_confined(how: Confinement) -> Option<bool> {
        let own = fs::read_to_string("/proc/self/status").ok()?;
        let pages: Vec<_> = processes::pages_below(std::process::id().cast_signed())
            .iter()
            .filter_map(|page| fs::read_to_string(format!("/proc/{}/status", page.id)).ok())
            .collect();
        let are_confined = pages.iter().all(|page| is_confined(page, &own, how));
        (!pages.is_empty()).then_some(are_confined)
    }

    /// Whether a process may make fewer system calls than this one, and sees none of its processes where that belongs to it. The
    /// whole of this process may be confined, as in a container, so what counts is the difference.
    fn is_confined(page: &str, own: &str, how: Confinement) -> bool {
        let field = |status: &str, name: &str| -> Vec<String> {
            let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
            line.unwrap_or_default().split_whitespace().map(str::to_owned).collect()
        };
        let filters = |status| field(status, "Seccomp_filters").first().and_then(|count| count.parse::<u32>().ok());
        let has_filter = match (filters(page), filters(own)) {
            (Some(page), Some(own)) => page > own,
            // Kernels before 5.9 do not count them.
            _ => field(page, "Seccomp") == ["2"],
        };
        // One number for each process namespace that it is in.
        let has_namespace = || field(page, "NSpid").len() > field(own, "NSpid").len();
        has_filter && (how == Confinement::Filter || has_namespace())
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        const OWN: &str = "Name:\tcrossover\nNSpid:\t10\nNoNewPrivs:\t0\nSeccomp:\t0\nSeccomp_filters:\t0\n";

        fn is_confined(page: &str, own: &str) -> bool {
            super::is_confined(page, own, Confinement::FilterAndNamespace)
        }

        #[test]
        fn a_page_of_firefox_is_confined_by_a_filter_alone() {
            // As Firefox 140 has them.
            let on = "NSpid:\t14031\nNoNewPrivs:\t1\nSeccomp:\t2\nSeccomp_filters:\t1\n";
            assert!(super::is_confined(on, OWN, Confinement::Filter) && !is_confined(on, OWN));
            assert!(!super::is_confined(OWN, OWN, Confinement::Filter));
        }

        #[test]
        fn a_page_is_confined_by_a_filter_and_a_namespace_of_its_own() {
            // As Chromium 148 has them, with its sandbox and without.
            let on = "NSpid:\t30335\t11\t1\nNoNewPrivs:\t1\nSeccomp:\t2\nSeccomp_filters:\t1\n";
            let off = "NSpid:\t30335\nNoNewPrivs:\t1\nSeccomp:\t0\nSeccomp_filters:\t0\n";
            assert!(is_confined(on, OWN));
            assert!(!is_confined(off, OWN));
            assert!(!is_confined(&on.replace("\t11\t1", ""), OWN));
            let container =
                OWN.replace("Seccomp_filters:\t0", "Seccomp_filters:\t1").replace("Seccomp:\t0", "Seccomp:\t2");
            assert!(!is_confined(on, &container), "a container's filter is not the browser's");
            assert!(is_confined(&on.replace("Seccomp_filters:\t1", "Seccomp_filters:\t2"), &container));
            let old = |status: &str| status.lines().filter(|l| !l.contains("_filters")).collect::<Vec<_>>().join("\n");
            assert!(is_confined(&old(on), &old(OWN)) && !is_confined(&old(off), &old(OWN)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_measured_comes_before_what_was_asked_for() {
        let (with, without) = (Some("/usr/lib/chromium --headless"), Some("/usr/lib/chromium --no-sandbox --headless"));
        assert_eq!(Sandbox::of(with, Some(true), Sandbox::Off), Sandbox::On);
        assert_eq!(Sandbox::of(with, Some(false), Sandbox::On), Sandbox::Off);
        assert_eq!(Sandbox::of(without, None, Sandbox::On), Sandbox::Off);
        assert_eq!(Sandbox::of(with, None, Sandbox::On), Sandbox::On);
        assert_eq!(Sandbox::of(None, None, Sandbox::Off), Sandbox::Off);
    }
}
