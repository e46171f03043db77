//! The messages between the runner and the measured page: one [`TrialSpec`] in, its report out.
//!
//! `runner/page/harness.js` is the other side; the browser tests run both together.

pub mod ways;

use std::collections::BTreeMap;

use crossover_reports::run::{InputKind, Start};
use serde::{Deserialize, Serialize};

use crate::answer::AnswerKind;
use crate::call_path::CallPath;

pub use ways::{AttemptReport, FailedAttempt, Init, ListReport, ListedFunction, Way};

/// What a page is asked to do.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "trial", rename_all = "snake_case")]
pub enum TrialSpec {
    /// Measure the clock.
    Probe,
    /// Fetch an input and keep it for `Start`.
    Input {
        /// The input.
        input: InputUrl,
    },
    /// Fetch a contender's files and do nothing with them: they are in the HTTP cache then.
    Fetch {
        /// What to fetch.
        contender: ContenderUrls,
    },
    /// Load the contender, call it once with the page's input, keep it for `Batches`.
    Start {
        /// What to load.
        contender: ContenderUrls,
        /// How its Wasm is compiled.
        compile: Compile,
        /// Where to post the answer, if it is wanted. The contender is called a second time then, and has to answer the same.
        answer_to: Option<String>,
    },
    /// Load the contender, call it once with the page's input, and only then show something; without one, at once.
    FirstPaint {
        /// What the first paint waits for.
        contender: Option<ContenderUrls>,
    },
    /// Time batches of one part.
    Batches {
        /// What to call.
        part: Part,
        /// Calls per batch.
        calls: u32,
        /// Go on until this many milliseconds have passed; 0 gives one batch.
        at_least_ms: f64,
        /// Whether to time a fixed piece of work before and after, which shows what the machine is like.
        sentinel: bool,
    },
    /// Load one more instance of the contender and keep it for `Session`.
    Instance {
        /// What to load.
        contender: ContenderUrls,
        /// No two instances of a page have the same.
        number: u32,
    },
    /// One session in the newest instance: set up, and call once with the page's input.
    Session {
        /// What becomes of it.
        end: SessionEnd,
    },
    /// Fail unless the page can compute on the GPU.
    Webgpu,
    /// Report how much linear memory the page's instances have.
    Linear,
    /// Try whether the contender answers the page's input when it is started in this way.
    Attempt {
        /// What to load.
        contender: ContenderUrls,
    },
    /// List the functions of the contender's module.
    List {
        /// What to load.
        contender: ContenderUrls,
    },
    /// Compare two answers by a function of the user's, which may be given the page's input.
    Same {
        /// The function.
        by: UserFunction,
        /// The right answer.
        expected: SentAnswer,
        /// The other.
        got: SentAnswer,
    },
}

/// A function of the user's that judges answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UserFunction {
    /// The module, as a path on the page's own origin.
    pub module: String,
    /// Its export.
    pub entry: String,
    /// What named it, for messages: a flag, or the field of a manifest.
    pub named_by: String,
    /// Whether it is given the page's input after the answers.
    pub gets_input: bool,
}

/// What is done with answers before they are compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Normalise {
    /// By one of the page's own functions.
    BuiltIn {
        /// Its name.
        built_in: &'static str,
    },
    /// By the user's.
    User(UserFunction),
}

/// An answer on its way to a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentAnswer {
    /// What it is.
    pub kind: AnswerKind,
    /// Its bytes.
    pub base64: String,
}

/// What becomes of a session once its call is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionEnd {
    /// Nothing: it is left as it is.
    Kept,
    /// The contender's `release` is called.
    Released,
}

/// When Wasm is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Compile {
    /// While it streams in.
    Streaming,
    /// Once all of it is in a buffer.
    Buffered,
}

/// Where a contender's files are served; paths on the page's own origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContenderUrls {
    /// The folder of all that is served of it.
    pub folder: String,
    /// The ES module.
    pub module: String,
    /// The Wasm module that its default export may be handed.
    pub wasm: Option<String>,
    /// Assets for `setup`, by name.
    pub assets: BTreeMap<String, String>,
    /// What the module fetches itself.
    pub fetched: Vec<String>,
    /// What it may ask for by these names, wherever it believes them to be.
    pub beside: BTreeMap<String, String>,
    /// How it is started.
    pub way: Way,
    /// The function that is called.
    pub entry: CallPath,
    /// Whether a call changes its argument, which is the answer then: each gets a copy.
    pub in_place: bool,
    /// What its Wasm needs that not every browser has.
    pub needs: Vec<Need>,
}

/// A proposal of Wasm that a browser may lack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Need {
    /// Its name, for a person.
    pub name: &'static str,
    /// A small module that is valid only where the browser has it.
    pub probe: Vec<u8>,
}

/// Where an input is served, and what it is handed over as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InputUrl {
    /// Path on the page's own origin.
    pub url: String,
    /// The JavaScript type.
    #[serde(rename = "as")]
    pub kind: InputKind,
    /// The right answer, where it is known beforehand: a stand-in gets it.
    pub known_answer: Option<KnownAnswer>,
    /// What is done with answers before they are compared.
    pub normalise: Option<Normalise>,
}

/// Where an answer is served, as the page encodes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KnownAnswer {
    /// Path on the page's own origin.
    pub url: String,
    /// What it is.
    pub kind: AnswerKind,
}

/// A timed part of a contender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The whole call, as any caller would make it.
    Call,
    /// Crossing with the input alone.
    CopyIn,
    /// Crossing back with the answer alone.
    CopyOut,
    /// The job on an input that is already inside.
    Resident,
}

/// The answer of a page: a report, what the contender or the page threw, or the address of another page in its place.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply<T> {
    /// It went well.
    Report(T),
    /// What was thrown, for a person.
    Error(String),
    /// What the browser lacks that the contender needs.
    Unavailable(String),
    /// The address of the page, which is not the one that the trials before were put to.
    Left(String),
}

/// The answer to [`TrialSpec::Probe`].
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ProbeReport {
    /// Whether the page's clock is the fine one.
    pub cross_origin_isolated: bool,
    /// Step of the clock, nanoseconds.
    pub quantum_ns: f64,
    /// What the browser reports of its machine.
    pub machine: MachineReport,
}

/// A machine as its browser reports it; what is unknown is empty.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MachineReport {
    /// The operating system.
    pub system: String,
    /// The CPU architecture.
    pub architecture: String,
    /// Logical cores.
    pub cores: u32,
}

/// The answer to [`TrialSpec::Input`] and [`TrialSpec::Fetch`].
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct FetchReport {
    /// Bytes that were fetched, as they are without compression.
    pub bytes: u64,
}

/// The answer to [`TrialSpec::FirstPaint`].
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct FirstPaintReport {
    /// From asking for the contender to the first contentful paint, nanoseconds.
    pub ns: f64,
}

/// The answer to [`TrialSpec::Start`].
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct StartReport {
    /// The phases.
    pub phases: Start,
    /// Kind and SHA-256 of the answer.
    pub answer_sha256: String,
    /// What can be timed in `Batches`.
    pub parts: Vec<Part>,
    /// When its phases ended.
    pub timeline: Timeline,
}

/// When a start began and each of its phases ended, in milliseconds of the page's clock.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Timeline {
    /// The contender was asked for.
    pub begin: f64,
    /// In their order; a phase may come more than once.
    pub phases: Vec<Span>,
}

/// A phase, from the end of the one before.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Span {
    /// Which.
    pub phase: Phase,
    /// When it ended.
    pub until: f64,
}

/// What a moment of a start belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Bytes come in.
    Fetch,
    /// Wasm is compiled.
    Compile,
    /// Wasm is instantiated.
    Instantiate,
    /// The module is evaluated.
    Evaluate,
    /// The contender is set up.
    SetUp,
    /// The function is called for the first time.
    FirstCall,
}

/// The answer to [`TrialSpec::Same`].
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SameReport {
    /// What differs, in words; `None` where nothing does.
    pub difference: Option<String>,
}

/// The answer to [`TrialSpec::Batches`].
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct BatchesReport {
    /// Nanoseconds of each batch.
    pub ns: Vec<f64>,
    /// Nanoseconds of the sentinel, if it was asked for: the mean of before and after.
    pub sentinel_ns: Option<f64>,
    /// Made of the last result after the last batch; so that no call is optimised away.
    pub checksum: f64,
}

/// The answer to [`TrialSpec::Instance`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct InstanceReport {
    /// Whether the contender exports `release`.
    pub releases: bool,
}

/// The answer to [`TrialSpec::Session`] and [`TrialSpec::Linear`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct LinearReport {
    /// Bytes of all linear memories of the page together; `None` where there is none.
    pub linear_bytes: Option<u64>,
}
