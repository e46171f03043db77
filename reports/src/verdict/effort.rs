//! What it takes to ship an option.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What it takes to ship an option, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Effort {
    /// Nothing: it is there already.
    Keep,
    /// The browser has it.
    Browser,
    /// A package that others maintain.
    Install,
    /// JavaScript written anew, to be fast.
    Tune,
    /// WebAssembly of one's own.
    Port,
    /// WebAssembly that is not written yet: a placeholder shows what loading and calling it would cost.
    Unwritten,
}

impl Effort {
    /// All of them, least first.
    pub const ALL: [Self; 6] = [Self::Keep, Self::Browser, Self::Install, Self::Tune, Self::Port, Self::Unwritten];
}
