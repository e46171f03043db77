//! Levels of one setting, and which of two is meant to be the faster.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::Comparison;
use crate::run::{Contender, Variant};

/// A setting that variants differ in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// cargo's `opt-level`.
    OptLevel,
    /// The level of wasm-opt.
    WasmOpt,
    /// Whether 128-bit vectors were allowed.
    Simd,
}

/// Two variants that differ in one setting only: the level that is meant to be faster against the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HigherLevel {
    /// The setting.
    pub setting: Setting,
    /// The variant with the lower level, the comparison's baseline.
    pub lower: Variant,
    /// The variant with the higher level, the comparison's candidate.
    pub higher: Variant,
    /// Their time per call; all pairs hold together.
    pub comparison: Comparison,
}

/// cargo's levels by intended speed: `z` and `s` are for size.
const OPT_LEVELS: [&str; 6] = ["0", "1", "z", "s", "2", "3"];

/// wasm-opt's levels by intended speed, starting without wasm-opt.
const WASM_OPT_LEVELS: [Option<&str>; 9] =
    [None, Some("-O0"), Some("-O1"), Some("-Oz"), Some("-Os"), Some("-O"), Some("-O2"), Some("-O3"), Some("-O4")];

/// Every pair that differs in one setting only, as (setting, index of the lower, index of the higher). Unknown levels
/// have no order.
pub fn pairs(variants: &[(&Contender, &Variant)]) -> Vec<(Setting, usize, usize)> {
    let mut pairs = Vec::new();
    for (lower, (_, low)) in variants.iter().enumerate() {
        for (higher, (_, high)) in variants.iter().enumerate() {
            pairs.extend(raised(low, high).map(|setting| (setting, lower, higher)));
        }
    }
    pairs.sort_by_key(|(setting, ..)| *setting as u8);
    pairs
}

/// The only setting in which two variants differ, if `high` has its higher level.
fn raised(low: &Variant, high: &Variant) -> Option<Setting> {
    let is_same = |setting| match setting {
        Setting::OptLevel => low.opt_level == high.opt_level,
        Setting::WasmOpt => low.wasm_opt == high.wasm_opt,
        // The manifest's other settings for vectors belong to them.
        Setting::Simd => low.simd == high.simd,
    };
    let mut differing = [Setting::OptLevel, Setting::WasmOpt, Setting::Simd].into_iter().filter(|s| !is_same(*s));
    let (Some(setting), None) = (differing.next(), differing.next()) else { return None };
    (rank(setting, low)? < rank(setting, high)?).then_some(setting)
}

fn rank(setting: Setting, variant: &Variant) -> Option<usize> {
    match setting {
        Setting::OptLevel => OPT_LEVELS.iter().position(|level| *level == variant.opt_level),
        Setting::WasmOpt => WASM_OPT_LEVELS.iter().position(|level| *level == variant.wasm_opt.as_deref()),
        Setting::Simd => Some(usize::from(variant.simd)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variant(opt_level: &str, wasm_opt: Option<&str>, simd: bool) -> Variant {
        let features = if simd { vec!["simd128".to_owned()] } else { Vec::new() };
        Variant {
            opt_level: opt_level.to_owned(),
            wasm_opt: wasm_opt.map(str::to_owned),
            simd,
            cargo_profile: "release".to_owned(),
            features: features.clone(),
            target_features: features,
        }
    }

    #[test]
    fn the_higher_level_is_the_one_meant_to_be_faster() {
        let base = || variant("s", Some("-O2"), false);
        let cases = [
            (variant("3", Some("-O2"), false), Some(Setting::OptLevel)),
            (variant("z", Some("-O2"), false), None),
            (variant("s", Some("-O3"), false), Some(Setting::WasmOpt)),
            (variant("s", Some("-Oz"), false), None),
            (variant("s", None, false), None),
            (variant("s", Some("-O2"), true), Some(Setting::Simd)),
            (variant("3", Some("-O3"), false), None),
            (variant("<b>", Some("-O2"), false), None),
            (base(), None),
        ];
        for (other, expected) in cases {
            assert_eq!(raised(&base(), &other), expected, "{other:?}");
        }
        assert_eq!(raised(&variant("s", None, false), &base()), Some(Setting::WasmOpt));
    }
}
