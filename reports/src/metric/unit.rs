//! Units of figures.

/// The unit of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Nanoseconds of wall-clock time.
    Nanoseconds,
    /// Bytes.
    Bytes,
    /// A count of things.
    Count,
    /// Calls per second.
    CallsPerSecond,
}

impl Unit {
    /// The unit as programs read it.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Nanoseconds => "ns",
            Self::Bytes => "B",
            Self::Count => "count",
            Self::CallsPerSecond => "calls/s",
        }
    }

    /// Words for less and for more.
    #[must_use]
    pub fn comparatives(self) -> [&'static str; 2] {
        match self {
            Self::Nanoseconds => ["faster", "slower"],
            Self::Bytes => ["smaller", "larger"],
            Self::Count => ["fewer", "more"],
            Self::CallsPerSecond => ["slower", "faster"],
        }
    }
}
