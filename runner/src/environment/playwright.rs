//! The browsers that Playwright has installed, found by the layout of its folders.

use std::cmp::Reverse;
use std::path::PathBuf;

use super::host::{Host, is_program};
use super::tools::Tools;

/// A kind of build.
pub struct PlaywrightBuild {
    /// The name of its folders, before the revision.
    folder: &'static str,
    /// Where its program is in there, by platform and age.
    programs: &'static [&'static str],
}

/// The whole browser. Older ones are Playwright's own builds, newer ones Chrome for Testing.
pub const CHROMIUM: PlaywrightBuild = PlaywrightBuild {
    folder: "chromium",
    programs: &[
        "chrome-linux/chrome",
        "chrome-linux64/chrome",
        "chrome-linux-arm64/chrome",
        "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
        "chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
        "chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
        "chrome-win/chrome.exe",
        "chrome-win64/chrome.exe",
    ],
};

/// The Chromium that can only run without a window.
pub const HEADLESS_SHELL: PlaywrightBuild = PlaywrightBuild {
    folder: "chromium_headless_shell",
    programs: &[
        "chrome-linux/headless_shell",
        "chrome-headless-shell-linux64/chrome-headless-shell",
        "chrome-headless-shell-linux-arm64/chrome-headless-shell",
        "chrome-mac/headless_shell",
        "chrome-headless-shell-mac-x64/chrome-headless-shell",
        "chrome-headless-shell-mac-arm64/chrome-headless-shell",
        "chrome-win/headless_shell.exe",
        "chrome-headless-shell-win64/chrome-headless-shell.exe",
    ],
};

/// Firefox with Playwright's patches.
pub const FIREFOX: PlaywrightBuild = PlaywrightBuild {
    folder: "firefox",
    programs: &["firefox/firefox", "firefox/Nightly.app/Contents/MacOS/firefox", "firefox/firefox.exe"],
};

/// The programs of these builds that are installed, newest revision first; of one revision in the order of the builds.
#[must_use]
pub fn installed(builds: &[PlaywrightBuild], host: &Host, tools: &Tools) -> Vec<PathBuf> {
    let Some(Ok(entries)) = folder(host, tools).map(|folder| folder.read_dir()) else { return Vec::new() };
    let mut found: Vec<(u32, Reverse<usize>, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let (folder, revision) = name.rsplit_once('-')?;
            let (order, build) = builds.iter().enumerate().find(|(_, build)| build.folder == folder)?;
            let program =
                build.programs.iter().map(|program| entry.path().join(program)).find(|path| is_program(path))?;
            Some((revision.parse().ok()?, Reverse(order), program))
        })
        .collect();
    found.sort();
    found.into_iter().rev().map(|(_, _, program)| program).collect()
}

/// Whether Playwright can be asked to install a browser: not where that would change an installation of crossover.
#[must_use]
pub fn may_install(host: &Host, tools: &Tools) -> bool {
    !(matches!(tools, Tools::Given(_)) && host.var(VARIABLE) == Some(IN_PACKAGE))
}

/// What names the folder of Playwright's browsers, and the value that means: inside of its package.
const VARIABLE: &str = "PLAYWRIGHT_BROWSERS_PATH";
const IN_PACKAGE: &str = "0";

/// Where Playwright keeps its browsers.
fn folder(host: &Host, tools: &Tools) -> Option<PathBuf> {
    match (host.var(VARIABLE), host.os.as_str()) {
        (Some(IN_PACKAGE), _) => Some(tools.package("playwright-core").join(".local-browsers")),
        (Some(folder), _) => Some(PathBuf::from(folder)),
        (None, "macos" | "windows") => Some(host.system_cache()?.join("ms-playwright")),
        (None, _) => Some(host.cache()?.join("ms-playwright")),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::super::fake::FakeHost;
    use super::super::pinned::Pinned;
    use super::*;

    fn chromiums(host: &Host, js: &Tools) -> Vec<PathBuf> {
        installed(&[CHROMIUM, HEADLESS_SHELL], host, js)
    }

    #[test]
    fn the_newest_revision_comes_first() {
        let fake = FakeHost::new();
        let js = &Tools::Given("js/node_modules".into());
        assert!(chromiums(&fake.host, js).is_empty());
        let cache = "home/.cache/ms-playwright";
        let old = fake.program(&format!("{cache}/chromium-999/chrome-linux/chrome"), "");
        let shell = fake.program(&format!("{cache}/chromium_headless_shell-1248/chrome-linux/headless_shell"), "");
        let firefox = fake.program(&format!("{cache}/firefox-1555/firefox/firefox"), "");
        assert_eq!(installed(&[FIREFOX], &fake.host, js), [firefox]);
        fake.file(&format!("{cache}/chromium-2000/chrome-linux/chrome"), "no program, a broken download");
        assert_eq!(chromiums(&fake.host, js), [shell.clone(), old.clone()]);
        let whole = fake.program(&format!("{cache}/chromium-1248/chrome-linux64/chrome"), "");
        assert_eq!(chromiums(&fake.host, js), [whole, shell, old]);
    }

    #[test]
    fn playwrights_variable_and_platforms_are_followed() {
        let mut fake = FakeHost::new();
        let js = Tools::Pinned(Pinned::of_checkout(fake.root().join("js")));
        let inside = "js/node_modules/playwright-core/.local-browsers/chromium-1/chrome-linux/chrome";
        let inside = fake.program(inside, "");
        let elsewhere = fake.program("elsewhere/chromium-1/chrome-linux/chrome", "");
        let mac = "home/Library/Caches/ms-playwright/chromium-1/chrome-mac/Chromium.app/Contents/MacOS/Chromium";
        let mac = fake.program(mac, "");
        fake.set("PLAYWRIGHT_BROWSERS_PATH", "0");
        assert_eq!(chromiums(&fake.host, &js), [inside]);
        let given = Tools::Given(fake.root().join("js/node_modules"));
        assert!(may_install(&fake.host, &js) && !may_install(&fake.host, &given));
        let folder = fake.root().join("elsewhere").to_str().unwrap().to_owned();
        fake.set("PLAYWRIGHT_BROWSERS_PATH", &folder);
        assert_eq!(chromiums(&fake.host, &js), [elsewhere]);
        fake.set("PLAYWRIGHT_BROWSERS_PATH", "");
        fake.host.os = "macos".to_owned();
        assert_eq!(chromiums(&fake.host, &js), [mac]);
    }
}
