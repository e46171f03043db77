//! Figures of starts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A start with its phases.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StartFigures {
    /// Median over blocks of the medians within.
    pub median: f64,
    /// 95 % interval over blocks; absent with fewer than two blocks.
    pub ci: Option<[f64; 2]>,
    /// Median of each phase, nanoseconds; `null` if the contender has no such phase.
    pub phases: Phases,
    /// Median of the part of the total outside of the phases, nanoseconds.
    pub residual: f64,
    /// Starts over all blocks.
    pub samples: u32,
    /// Starts whose phases add up to the total within 5 %.
    pub adding_up: u32,
}

/// Nanoseconds per phase.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Phases {
    /// Bytes on the wire.
    pub fetch: Option<f64>,
    /// Compiling Wasm.
    pub compile: Option<f64>,
    /// Instantiating Wasm.
    pub instantiate: Option<f64>,
    /// Parsing and running the JavaScript module.
    pub evaluate: Option<f64>,
    /// The contender's `setup`.
    pub setup: Option<f64>,
    /// The first call.
    pub first_call: Option<f64>,
}

impl Phases {
    /// The phases in the order of [`crate::metric::Phase::ALL`].
    #[must_use]
    pub fn in_order(&self) -> [Option<f64>; 6] {
        let Self { fetch, compile, instantiate, evaluate, setup, first_call } = *self;
        [fetch, compile, instantiate, evaluate, setup, first_call]
    }
}

/// A difference of two times with its interval; negative for a gain, or noise.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Delay {
    /// Median over blocks.
    pub median: f64,
    /// 95 % interval over blocks; absent with fewer than two blocks.
    pub ci: Option<[f64; 2]>,
}
