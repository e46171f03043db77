//! How hard a crate is optimised, by cargo and by wasm-opt: the only lists of levels, for manifests, flags and builds.

use std::str::FromStr;

use serde::Serialize;

/// A level of cargo's `opt-level`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct OptLevel(&'static str);

impl OptLevel {
    const ALL: [&str; 6] = ["0", "1", "2", "3", "s", "z"];

    /// As cargo writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0
    }
}

impl FromStr for OptLevel {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|level| *level == text);
        known.map(Self).ok_or_else(|| format!("`{}` is not a level; help: use 0 to 3, s or z", text.escape_debug()))
    }
}

/// A level of wasm-opt, or `none`: wasm-opt is not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct WasmOpt(Option<&'static str>);

impl WasmOpt {
    const ALL: [&str; 7] = ["-O0", "-O1", "-O2", "-O3", "-O4", "-Os", "-Oz"];

    /// The level if a manifest names none.
    pub const USUAL: Self = Self(Some("-O3"));

    /// The level as wasm-opt's flag. `None` if wasm-opt is not run.
    #[must_use]
    pub fn level(self) -> Option<&'static str> {
        self.0
    }
}

impl FromStr for WasmOpt {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match Self::ALL.into_iter().find(|level| *level == text) {
            Some(level) => Ok(Self(Some(level))),
            None if text == "none" => Ok(Self(None)),
            None => Err(format!("`{}` is not a level; help: use -O0 to -O4, -Os, -Oz or none", text.escape_debug())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_levels_are_refused_with_the_known_ones() {
        assert_eq!("s".parse::<OptLevel>().unwrap().name(), "s");
        assert_eq!("-Oz".parse::<WasmOpt>().unwrap().level(), Some("-Oz"));
        assert_eq!("none".parse::<WasmOpt>().unwrap().level(), None);
        assert_eq!(WasmOpt::USUAL.level(), Some("-O3"));
        assert_eq!("4\u{1b}".parse::<OptLevel>().unwrap_err(), "`4\\u{1b}` is not a level; help: use 0 to 3, s or z");
        let error = "--version".parse::<WasmOpt>().unwrap_err();
        assert_eq!(error, "`--version` is not a level; help: use -O0 to -O4, -Os, -Oz or none");
    }
}
