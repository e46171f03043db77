//! The build of a Wasm contender: its size after each step, and the settings that make it one variant of several.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Size;

/// A step of a Wasm contender's build, in the order in which they happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BuildStep {
    /// The compiler.
    Rustc,
    /// Glue is generated, and everything that only served to generate it is removed.
    WasmBindgen,
    /// The optimiser, at the contender's level.
    WasmOpt,
}

impl BuildStep {
    /// The name used in every file format and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rustc => "rustc",
            Self::WasmBindgen => "wasm-bindgen",
            Self::WasmOpt => "wasm-opt",
        }
    }
}

/// The size of the `.wasm` file alone after a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SizeStep {
    /// The step.
    pub step: BuildStep,
    /// The file, bytes.
    #[serde(flatten)]
    pub size: Size,
}

/// The settings that make a contender one variant of a build matrix, and how its build would be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Variant {
    /// cargo's `opt-level`: `0` to `3`, `s` or `z`.
    pub opt_level: String,
    /// Level of wasm-opt, e.g. `-O3`; `null` without wasm-opt.
    pub wasm_opt: Option<String>,
    /// Whether 128-bit vectors were allowed.
    pub simd: bool,
    /// The cargo profile whose level was replaced.
    pub cargo_profile: String,
    /// Cargo features.
    pub features: Vec<String>,
    /// Features of the Wasm target.
    pub target_features: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_serialised_names() {
        for step in [BuildStep::Rustc, BuildStep::WasmBindgen, BuildStep::WasmOpt] {
            assert_eq!(serde_json::to_value(step).unwrap(), step.name());
        }
    }
}
