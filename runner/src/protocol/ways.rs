//! How contenders are started, and the report of an attempt to find that out.

use serde::{Deserialize, Serialize};

/// How a contender is started.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// What its default export is there for.
    pub init: Init,
    /// Whether Wasm that it loads by itself is waited for.
    pub settle: bool,
    /// Arguments that have to be BigInts, by their places.
    pub bigints: Vec<usize>,
}

/// What a module's default export is there for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Init {
    /// Nothing that has to be done before the function is called.
    #[default]
    None,
    /// It loads the Wasm when it is called.
    Called,
    /// It is handed the Wasm, compiled, as `{ module_or_path }`.
    Handed,
}

/// The answer to [`TrialSpec::Attempt`](super::TrialSpec::Attempt).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptReport {
    /// There is an answer.
    Found {
        /// Paths of the files that were fetched.
        fetched: Vec<String>,
    },
    /// There is one once the arguments at these places are BigInts.
    Bigints(Vec<usize>),
    /// There is none.
    Failed(FailedAttempt),
}

/// What was seen of a start that came to nothing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FailedAttempt {
    /// Why, for a person.
    pub reason: String,
    /// How far it came.
    pub stage: AttemptStage,
    /// Whether Wasm was still on its way.
    pub is_loading: bool,
    /// Whether any had been instantiated.
    pub is_loaded: bool,
    /// Whether the module has a default export that can be called.
    pub has_default: bool,
}

/// How far a start came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptStage {
    /// The module was not evaluated.
    Import,
    /// The function was not found.
    Find,
    /// It was called, and threw.
    Call,
}

/// The answer to [`TrialSpec::List`](super::TrialSpec::List).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ListReport {
    /// The functions.
    pub paths: Vec<ListedFunction>,
}

/// A function that could be meant.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ListedFunction {
    /// Its path.
    pub path: String,
    /// How many arguments it declares.
    pub arity: u32,
}
