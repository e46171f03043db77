//! The class of a decision, by which the style sheet colours it.

use crate::report::Decision;

/// The colour of a decision.
pub fn tone(decision: Option<Decision>) -> &'static str {
    match decision {
        Some(Decision::Port | Decision::Install | Decision::WorthATry) => "won-wasm",
        Some(Decision::UseBrowser) => "won-platform",
        Some(Decision::TuneJs | Decision::KeepJs | Decision::NotWorthATry) => "won-js",
        Some(Decision::NoDifference | Decision::CannotTell) | None => "unsure",
    }
}
