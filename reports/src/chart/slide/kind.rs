//! Kinds of slides.

use std::fmt;
use std::str::FromStr;

/// The subject of a slide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SlideKind {
    /// The whole run.
    Summary,
    /// Times per call: of all kernels, and of all contenders of each.
    SpeedUp,
    /// Times per call of every job, browser by browser.
    Across,
    /// Start and calls together, and from how many calls on an option takes less time.
    BreakEven,
    /// The input size from which something is faster.
    Crossover,
    /// The phases of a start until the first answer.
    ColdStart,
    /// Cost of crossing between JavaScript and Wasm.
    Boundary,
    /// Download size.
    Size,
    /// A figure over many runs.
    Trend,
}

impl SlideKind {
    /// All kinds, in the order in which slides are made.
    pub const ALL: [Self; 9] = [
        Self::Summary,
        Self::SpeedUp,
        Self::Across,
        Self::BreakEven,
        Self::Crossover,
        Self::ColdStart,
        Self::Boundary,
        Self::Size,
        Self::Trend,
    ];

    /// The name, as the command line and file names use it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::SpeedUp => "speed-up",
            Self::Across => "across",
            Self::BreakEven => "break-even",
            Self::Crossover => "crossover",
            Self::ColdStart => "cold-start",
            Self::Boundary => "boundary",
            Self::Size => "size",
            Self::Trend => "trend",
        }
    }
}

impl fmt::Display for SlideKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for SlideKind {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| format!("no kind of slide is `{name}`"))
    }
}
