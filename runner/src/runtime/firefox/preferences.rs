//! The preferences of a measured Firefox, each with its reason. None changes what its engine compiles, or when.

use serde_json::{Value, json};

/// A preference, set before the browser starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preference {
    name: &'static str,
    value: Setting,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setting {
    Off,
    On,
    Number(i32),
    Text(&'static str),
}

use Setting::{Number, Off, On, Text};

const fn preference(name: &'static str, value: Setting) -> Preference {
    Preference { name, value }
}

/// Nothing asks the network for anything but the measured page: what arrives meanwhile is unpacked beside the contenders.
const NO_REQUESTS: [Preference; 25] = [
    preference("app.normandy.enabled", Off),
    preference("app.update.disabledForTesting", On),
    preference("browser.newtabpage.enabled", Off),
    preference("browser.newtabpage.activity-stream.feeds.system.topstories", Off),
    preference("browser.region.network.url", Text("")),
    preference("browser.safebrowsing.malware.enabled", Off),
    preference("browser.safebrowsing.phishing.enabled", Off),
    preference("browser.safebrowsing.update.enabled", Off),
    preference("browser.search.update", Off),
    preference("browser.topsites.contile.enabled", Off),
    preference("datareporting.healthreport.uploadEnabled", Off),
    preference("datareporting.policy.dataSubmissionEnabled", Off),
    preference("dom.push.connection.enabled", Off),
    preference("extensions.getAddons.cache.enabled", Off),
    preference("extensions.systemAddon.update.enabled", Off),
    preference("extensions.update.enabled", Off),
    preference("geo.provider.network.url", Text("")),
    preference("media.gmp-manager.updateEnabled", Off),
    preference("network.captive-portal-service.enabled", Off),
    preference("network.connectivity-service.enabled", Off),
    preference("network.dns.disablePrefetch", On),
    preference("network.http.speculative-parallel-limit", Number(0)),
    preference("network.prefetch-next", Off),
    // Names are asked for here, and not at a server.
    preference("network.trr.mode", Number(5)),
    // An address that gives nothing, for lists that are otherwise fetched at every start.
    preference("services.settings.server", Text("data:,#remote-settings-dummy/v1")),
];

/// No window, page or question of the browser's own opens beside the measured pages.
const NO_INTERFACE: [Preference; 9] = [
    preference("browser.sessionstore.resume_from_crash", Off),
    preference("browser.shell.checkDefaultBrowser", Off),
    preference("browser.startup.homepage_override.mstone", Text("ignore")),
    preference("browser.startup.page", Number(0)),
    preference("browser.tabs.warnOnClose", Off),
    preference("browser.translations.enable", Off),
    preference("startup.homepage_welcome_url", Text("about:blank")),
    preference("toolkit.cosmeticAnimations.enabled", Off),
    preference("toolkit.telemetry.reportingpolicy.firstRun", Off),
];

/// A long call is the runner's to stop.
const PATIENT: [Preference; 4] = [
    preference("dom.ipc.reportProcessHangs", Off),
    preference("dom.max_chrome_script_run_time", Number(0)),
    preference("dom.max_script_run_time", Number(0)),
    preference("hangmonitor.timeout", Number(0)),
];

/// A page behind another one runs as the one in front does.
const AWAKE: [Preference; 6] = [
    preference("dom.ipc.processPriorityManager.enabled", Off),
    preference("dom.min_background_timeout_value", Number(0)),
    preference("dom.min_background_timeout_value_without_budget_throttling", Number(0)),
    preference("dom.timeout.enable_budget_timer_throttling", Off),
    preference("layout.testing.top-level-always-active", On),
    preference("widget.windows.window_occlusion_tracking.enabled", Off),
];

/// The pages are what they are for visitors of a site.
const AS_VISITED: [Preference; 3] = [
    // Some builds make every clock coarse.
    preference("privacy.resistFingerprinting", Off),
    // The measured server has no encryption.
    preference("dom.security.https_first", Off),
    preference("dom.security.https_only_mode", Off),
];

/// The text of a profile's `user.js`.
#[must_use]
pub fn user_js() -> String {
    let line = |one: &Preference| format!("user_pref({}, {});\n", json!(one.name), one.value.json());
    all().map(line).collect()
}

/// Every preference as a results file records it, `NAME=VALUE`.
pub fn recorded() -> impl Iterator<Item = String> {
    all().map(|one| match one.value {
        Text(text) => format!("{}={text}", one.name),
        other => format!("{}={}", one.name, other.json()),
    })
}

fn all() -> impl Iterator<Item = &'static Preference> {
    [&NO_REQUESTS[..], &NO_INTERFACE, &PATIENT, &AWAKE, &AS_VISITED].into_iter().flatten()
}

impl Setting {
    fn json(self) -> Value {
        match self {
            Off => json!(false),
            On => json!(true),
            Number(number) => json!(number),
            Text(text) => json!(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_is_set_once_and_none_is_the_engines() {
        let names: BTreeSet<&str> = all().map(|one| one.name).collect();
        assert_eq!(names.len(), all().count());
        assert!(!names.iter().any(|name| name.starts_with("javascript.")), "the engine runs as it does for visitors");
    }

    #[test]
    fn they_are_written_as_firefox_reads_them() {
        let text = user_js();
        for line in [
            "user_pref(\"app.normandy.enabled\", false);\n",
            "user_pref(\"network.trr.mode\", 5);\n",
            "user_pref(\"geo.provider.network.url\", \"\");\n",
        ] {
            assert!(text.contains(line), "{line}");
        }
        assert!(recorded().any(|line| line == "layout.testing.top-level-always-active=true"));
        assert!(recorded().any(|line| line == "startup.homepage_welcome_url=about:blank"));
    }
}
