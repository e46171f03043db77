//! `--browser-path`: which browser of this machine to use for a runtime.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::ensure;
use clap::Args;

use crate::environment::BrowserPaths;
use crate::runtime::RuntimeId;

/// Browsers that are named by their files.
#[derive(Debug, Clone, Default, Args)]
pub struct BrowserPathArgs {
    /// Use this browser, as in firefox=/opt/firefox/firefox [default: CROSSOVER_CHROMIUM and the like, else the first one found]
    ///
    /// Without a name it is the browser of --runtime, or Chromium where there are several. Can be repeated. With --connect ws://,
    /// a path on the other machine.
    #[arg(long = "browser-path", value_name = "[NAME=]FILE")]
    browser_path: Vec<BrowserPath>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct BrowserPath {
    runtime: Option<RuntimeId>,
    file: PathBuf,
}

impl FromStr for BrowserPath {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // A file's own path may have the sign in it.
        let named = text.split_once('=').and_then(|(name, file)| Some((name.parse().ok()?, file)));
        let (runtime, file) = named.map_or((None, text), |(runtime, file)| (Some(runtime), file));
        if file.is_empty() {
            return Err("no file is named; help: write NAME=FILE, as in firefox=/opt/firefox/firefox".to_owned());
        }
        Ok(Self { runtime, file: PathBuf::from(file) })
    }
}

impl BrowserPathArgs {
    /// Whether no browser is named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.browser_path.is_empty()
    }

    /// The runtimes with the files that are named for them.
    ///
    /// # Errors
    /// When a file is named for a runtime that is not among them, or two files for one.
    pub fn of(&self, runtimes: &[RuntimeId]) -> anyhow::Result<BrowserPaths> {
        let mut paths: BrowserPaths = runtimes.iter().map(|runtime| (*runtime, None)).collect();
        let usual = match paths.keys().collect::<Vec<_>>()[..] {
            [only] => *only,
            _ => RuntimeId::Chromium,
        };
        for BrowserPath { runtime, file } in &self.browser_path {
            let runtime = runtime.unwrap_or(usual);
            let name = runtime.name();
            let Some(path) = paths.get_mut(&runtime) else {
                anyhow::bail!(
                    "--browser-path {name}={}: nothing is to be measured in {}; help: add {name} to --runtime",
                    file.display(),
                    runtime.label()
                );
            };
            let earlier = path.replace(file.clone());
            ensure!(earlier.is_none(), "--browser-path: two files for {}; help: leave one out", runtime.label());
        }
        Ok(paths)
    }

    /// The file for Chromium on another machine, which starts no other browser.
    #[must_use]
    pub fn elsewhere(&self) -> Option<&Path> {
        self.browser_path.first().map(|path| path.file.as_path())
    }
}

#[cfg(test)]
mod tests {
    use RuntimeId::{Chromium, Firefox};

    use super::*;

    fn args(texts: &[&str]) -> BrowserPathArgs {
        BrowserPathArgs { browser_path: texts.iter().map(|text| text.parse().unwrap()).collect() }
    }

    #[test]
    fn a_file_is_for_the_runtime_that_it_names_or_the_only_one() {
        let path = |text: &str| Some(PathBuf::from(text));
        let of =
            |texts: &[&str], runtimes: &[RuntimeId]| args(texts).of(runtimes).unwrap().into_iter().collect::<Vec<_>>();
        assert_eq!(of(&["/f"], &[Firefox]), [(Firefox, path("/f"))]);
        assert_eq!(of(&["/c"], &[Firefox, Chromium]), [(Chromium, path("/c")), (Firefox, None)]);
        assert_eq!(of(&["firefox=/f", "/c"], &[Chromium, Firefox]), [(Chromium, path("/c")), (Firefox, path("/f"))]);
        assert_eq!(of(&["/a=b/c"], &[Chromium, Chromium]), [(Chromium, path("/a=b/c"))]);
        assert_eq!(of(&[], &[Firefox]), [(Firefox, None)]);
    }

    #[test]
    fn what_is_for_nothing_or_twice_is_refused() {
        let refused = |texts: &[&str], runtimes: &[RuntimeId]| args(texts).of(runtimes).unwrap_err().to_string();
        assert_eq!(
            refused(&["firefox=/f"], &[Chromium]),
            "--browser-path firefox=/f: nothing is to be measured in Firefox; help: add firefox to --runtime"
        );
        assert_eq!(
            refused(&["/c", "chromium=/d"], &[Chromium]),
            "--browser-path: two files for Chromium; help: leave one out"
        );
        assert!("firefox=".parse::<BrowserPath>().is_err() && "".parse::<BrowserPath>().is_err());
    }
}
