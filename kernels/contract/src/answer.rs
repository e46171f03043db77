//! What a contender may answer with.

/// An answer that can be made up at any length, to time its way out of the module without the job.
pub trait Answer: Sized {
    /// How many items it has: numbers, or bytes of text.
    fn items(&self) -> usize;

    /// Some answer of that many items; `None` when there is not that much memory.
    fn made_up(items: usize) -> Option<Self>;
}

/// A number.
///
/// # Safety
/// Every pattern of its bits must be a valid value.
pub unsafe trait Number: Copy {}

// SAFETY: integers and floats have no invalid patterns.
unsafe impl Number for u8 {}
// SAFETY: as above.
unsafe impl Number for f32 {}
// SAFETY: as above.
unsafe impl Number for f64 {}

impl<T: Number> Answer for Vec<T> {
    fn items(&self) -> usize {
        self.len()
    }

    fn made_up(items: usize) -> Option<Self> {
        // A zeroed or cloned answer would time the filling too, which is the job's own work.
        let mut answer = Self::new();
        answer.try_reserve_exact(items).ok()?;
        // SAFETY: the capacity was just reserved, every bit pattern is a valid number, and
        // linear memory is always initialised; nothing in Rust reads the items.
        unsafe { answer.set_len(items) };
        Some(answer)
    }
}

impl Answer for String {
    fn items(&self) -> usize {
        self.len()
    }

    fn made_up(items: usize) -> Option<Self> {
        // Text has to be valid, so this one is filled: the way out of a string is timed with a `memset` on top, which
        // is a small part of decoding it. Blanks stand for ASCII text; other text is decoded more slowly.
        let mut bytes = Vec::new();
        bytes.try_reserve_exact(items).ok()?;
        bytes.resize(items, b' ');
        // SAFETY: blanks are valid UTF-8; checking it would add a second pass to what is timed.
        Some(unsafe { Self::from_utf8_unchecked(bytes) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_made_up_at_the_asked_length() {
        assert_eq!(Vec::<u8>::made_up(5).map(|answer| answer.items()), Some(5));
        assert_eq!(String::made_up(3).as_deref(), Some("   "));
        assert_eq!(String::made_up(usize::MAX), None);
        assert_eq!(Vec::<f32>::made_up(usize::MAX), None);
    }
}
