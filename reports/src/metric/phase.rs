//! The parts of a start.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A part of a start, in the order in which the parts happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Bytes on the wire, up to the last byte of what the next phase needs.
    Fetch,
    /// `WebAssembly.compileStreaming`, after the last byte arrived.
    Compile,
    /// `WebAssembly.instantiate` through the glue's initialiser.
    Instantiate,
    /// Parsing and running the JavaScript module's top level.
    Evaluate,
    /// The contender's own `setup(assets)`.
    Setup,
    /// The first `run(input)`.
    FirstCall,
}

impl Phase {
    /// All phases, in order.
    pub const ALL: [Self; 6] =
        [Self::Fetch, Self::Compile, Self::Instantiate, Self::Evaluate, Self::Setup, Self::FirstCall];

    /// The name used in every file format and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fetch => "fetch",
            Self::Compile => "compile",
            Self::Instantiate => "instantiate",
            Self::Evaluate => "evaluate",
            Self::Setup => "setup",
            Self::FirstCall => "first_call",
        }
    }

    /// The name as people read it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::FirstCall => "first call",
            other => other.name(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_serialised_names() {
        for phase in Phase::ALL {
            assert_eq!(serde_json::to_value(phase).unwrap(), phase.name());
        }
    }
}
