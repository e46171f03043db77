//! The state in which a contender is started.

/// What exists already when a contender is started. States are never averaged together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Nothing: a page whose origin no cache knows. Wasm is compiled while it streams in.
    Cold,
    /// The same, but Wasm is compiled from a buffer, once all of it is there.
    Buffered,
    /// Every file, in the HTTP cache. The contender was never run there before.
    Warm,
    /// The same, for a contender that ran there to its steady state and was loaded once more since. The engine may have
    /// kept compiled code.
    Hot,
}

impl State {
    /// All states, in order.
    pub const ALL: [Self; 4] = [Self::Cold, Self::Buffered, Self::Warm, Self::Hot];

    /// The name as people read it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Cold => "cold",
            Self::Buffered => "cold, not streamed",
            Self::Warm => "warm",
            Self::Hot => "hot",
        }
    }

    /// Whether a start counts only when all files came from the HTTP cache.
    #[must_use]
    pub fn is_from_cache(self) -> bool {
        match self {
            Self::Cold | Self::Buffered => false,
            Self::Warm | Self::Hot => true,
        }
    }
}
