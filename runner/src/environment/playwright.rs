//! The browsers that Playwright has installed, found by the layout of its folders.

use std::path::{Path, PathBuf};

use super::host::{Host, is_program};

/// Where a build of the whole browser keeps its program. Older Playwright's own builds, then Chrome for Testing.
const BROWSER: [&str; 8] = [
    "chrome-linux/chrome",
    "chrome-linux64/chrome",
    "chrome-linux-arm64/chrome",
    "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
    "chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
    "chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
    "chrome-win/chrome.exe",
    "chrome-win64/chrome.exe",
];

/// The same for the build that can only run without a window.
const HEADLESS_SHELL: [&str; 8] = [
    "chrome-linux/headless_shell",
    "chrome-headless-shell-linux64/chrome-headless-shell",
    "chrome-headless-shell-linux-arm64/chrome-headless-shell",
    "chrome-mac/headless_shell",
    "chrome-headless-shell-mac-x64/chrome-headless-shell",
    "chrome-headless-shell-mac-arm64/chrome-headless-shell",
    "chrome-win/headless_shell.exe",
    "chrome-headless-shell-win64/chrome-headless-shell.exe",
];

/// Every Chromium of Playwright's, newest revision first; of one revision the whole browser comes first.
#[must_use]
pub fn chromiums(host: &Host, js_baselines: &Path) -> Vec<PathBuf> {
    let Some(Ok(entries)) = folder(host, js_baselines).map(|folder| folder.read_dir()) else { return Vec::new() };
    let mut found: Vec<(u32, u8, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let (kind, revision) = name.rsplit_once('-')?;
            let (preference, programs) = match kind {
                "chromium" => (1, &BROWSER),
                "chromium_headless_shell" => (0, &HEADLESS_SHELL),
                _ => return None,
            };
            let program = programs.iter().map(|program| entry.path().join(program)).find(|path| is_program(path))?;
            Some((revision.parse().ok()?, preference, program))
        })
        .collect();
    found.sort();
    found.into_iter().rev().map(|(_, _, program)| program).collect()
}

/// Where Playwright keeps its browsers.
fn folder(host: &Host, js_baselines: &Path) -> Option<PathBuf> {
    match (host.var("PLAYWRIGHT_BROWSERS_PATH"), host.os.as_str()) {
        // "0" means: inside of the package.
        (Some("0"), _) => Some(js_baselines.join("node_modules/playwright-core/.local-browsers")),
        (Some(folder), _) => Some(PathBuf::from(folder)),
        (None, "macos") => Some(host.home()?.join("Library/Caches/ms-playwright")),
        (None, "windows") => Some(PathBuf::from(host.var("LOCALAPPDATA")?).join("ms-playwright")),
        (None, _) => {
            let cache = host.var("XDG_CACHE_HOME").map(PathBuf::from);
            Some(cache.or_else(|| Some(host.home()?.join(".cache")))?.join("ms-playwright"))
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::super::fake::FakeHost;
    use super::*;

    #[test]
    fn the_newest_revision_comes_first() {
        let fake = FakeHost::new();
        let js = Path::new("js-baselines");
        assert!(chromiums(&fake.host, js).is_empty());
        let cache = "home/.cache/ms-playwright";
        let old = fake.program(&format!("{cache}/chromium-999/chrome-linux/chrome"), "");
        let shell = fake.program(&format!("{cache}/chromium_headless_shell-1248/chrome-linux/headless_shell"), "");
        fake.program(&format!("{cache}/firefox-1555/firefox/firefox"), "");
        fake.file(&format!("{cache}/chromium-2000/chrome-linux/chrome"), "no program, a broken download");
        assert_eq!(chromiums(&fake.host, js), [shell.clone(), old.clone()]);
        let whole = fake.program(&format!("{cache}/chromium-1248/chrome-linux64/chrome"), "");
        assert_eq!(chromiums(&fake.host, js), [whole, shell, old]);
    }

    #[test]
    fn playwrights_variable_and_platforms_are_followed() {
        let mut fake = FakeHost::new();
        let js = fake.root().join("js");
        let inside = "js/node_modules/playwright-core/.local-browsers/chromium-1/chrome-linux/chrome";
        let inside = fake.program(inside, "");
        let elsewhere = fake.program("elsewhere/chromium-1/chrome-linux/chrome", "");
        let mac = "home/Library/Caches/ms-playwright/chromium-1/chrome-mac/Chromium.app/Contents/MacOS/Chromium";
        let mac = fake.program(mac, "");
        fake.set("PLAYWRIGHT_BROWSERS_PATH", "0");
        assert_eq!(chromiums(&fake.host, &js), [inside]);
        let folder = fake.root().join("elsewhere").to_str().unwrap().to_owned();
        fake.set("PLAYWRIGHT_BROWSERS_PATH", &folder);
        assert_eq!(chromiums(&fake.host, &js), [elsewhere]);
        fake.set("PLAYWRIGHT_BROWSERS_PATH", "");
        fake.host.os = "macos".to_owned();
        assert_eq!(chromiums(&fake.host, &js), [mac]);
    }
}
