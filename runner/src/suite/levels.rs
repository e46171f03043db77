//! How hard a crate is optimised, by cargo and by wasm-opt. Levels are read here, whoever writes them.

use std::str::FromStr;

/// A level of cargo's `opt-level`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptLevel(&'static str);

impl OptLevel {
    const ALL: [&str; 6] = ["0", "1", "2", "3", "s", "z"];

    /// As cargo has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0
    }
}

impl FromStr for OptLevel {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|level| *level == text);
        known.map(Self).ok_or_else(|| format!("`{}` is no level; use 0 to 3, s or z", text.escape_debug()))
    }
}

/// A level of wasm-opt, or that it is not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WasmOpt(Option<&'static str>);

impl WasmOpt {
    const ALL: [&str; 7] = ["-O0", "-O1", "-O2", "-O3", "-O4", "-Os", "-Oz"];

    /// Where a manifest names none.
    pub const USUAL: Self = Self(Some("-O3"));

    /// The level; `None` where wasm-opt is not run.
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
            None => Err(format!("`{}` is no level; use -O0 to -O4, -Os, -Oz or none", text.escape_debug())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_known_and_others_are_refused_with_those_that_are() {
        assert_eq!("s".parse::<OptLevel>().unwrap().name(), "s");
        assert_eq!("-Oz".parse::<WasmOpt>().unwrap().level(), Some("-Oz"));
        assert_eq!("none".parse::<WasmOpt>().unwrap().level(), None);
        assert_eq!(WasmOpt::USUAL.level(), Some("-O3"));
        assert_eq!("4\u{1b}".parse::<OptLevel>().unwrap_err(), "`4\\u{1b}` is no level; use 0 to 3, s or z");
        let error = "--version".parse::<WasmOpt>().unwrap_err();
        assert_eq!(error, "`--version` is no level; use -O0 to -O4, -Os, -Oz or none");
    }
}
