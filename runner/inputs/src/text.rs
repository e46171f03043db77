//! Text of a given length in bytes and of a given script, and arrays of numbers as JSON text.
//!
//! The words mean nothing: what matters is how many bytes a character takes in UTF-8 and in a JavaScript string.

use std::fmt::Write as _;

use crate::Rng;

/// Letters and spaces, about as often as English has them.
const ASCII: &[u8] = b"eeeeeettttaaaaooooiiinnnn          sssshhhrrrddlllucmfwypvbgk.,";
/// One byte each in a JavaScript string, two in UTF-8.
const ACCENTED: [char; 12] = ['ä', 'ö', 'ü', 'ß', 'é', 'è', 'à', 'ç', 'ñ', 'å', 'æ', 'ø'];
/// One in this many characters of Latin-1 text is accented.
const ACCENTED_ONE_IN: u64 = 8;
/// The first of the CJK unified ideographs that Unicode 1.1 had, and how many those were.
const CJK: (u32, u64) = (0x4E00, 20_902);
/// The first of the emoticons, and how many they are.
const EMOJI: (u32, u64) = (0x1F600, 80);

/// What a text is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// One byte per character in UTF-8, one in a JavaScript string.
    Ascii,
    /// One or two bytes in UTF-8, one in a JavaScript string.
    Latin1,
    /// Three bytes in UTF-8, two in a JavaScript string.
    Cjk,
    /// Four bytes in UTF-8, four (a surrogate pair) in a JavaScript string.
    Emoji,
}

/// A text of exactly `bytes` bytes of UTF-8. Where the last character does not fit, full stops take its place.
#[must_use]
pub fn text(seed: u64, bytes: usize, script: Script) -> String {
    let mut rng = Rng::new(seed);
    let mut text = String::with_capacity(bytes);
    while text.len() < bytes {
        let next = script.draw(&mut rng);
        text.push(if text.len() + next.len_utf8() <= bytes { next } else { '.' });
    }
    text
}

/// A JSON array of numbers with four decimals. With its comma each takes eight bytes, as it does in a `Float64Array`,
/// so that the text is one byte longer than the numbers are.
#[must_use]
pub fn numbers(seed: u64, bytes: usize) -> String {
    let mut rng = Rng::new(seed);
    let mut text = String::with_capacity(bytes + 2);
    text.push('[');
    for at in 0..bytes / 8 {
        let separator = if at == 0 { "" } else { "," };
        let number = rng.below(900_000);
        write!(text, "{separator}{}.{:04}", 10 + number / 10_000, number % 10_000)
            .expect("a String takes everything that is written to it");
    }
    text.push(']');
    text
}

impl Script {
    fn draw(self, rng: &mut Rng) -> char {
        let mut of = |(first, count): (u32, u64)| first + rng.below(count) as u32;
        match self {
            // Both ranges hold characters only.
            Self::Cjk => char::from_u32(of(CJK)).unwrap_or_default(),
            Self::Emoji => char::from_u32(of(EMOJI)).unwrap_or_default(),
            Self::Latin1 if rng.below(ACCENTED_ONE_IN) == 0 => ACCENTED[rng.below(ACCENTED.len() as u64) as usize],
            Self::Ascii | Self::Latin1 => char::from(ASCII[rng.below(ASCII.len() as u64) as usize]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPTS: [Script; 4] = [Script::Ascii, Script::Latin1, Script::Cjk, Script::Emoji];

    #[test]
    fn a_text_has_the_length_that_was_asked_for() {
        for script in SCRIPTS {
            for bytes in [0, 1, 2, 3, 4, 5, 1000, 1001] {
                assert_eq!(text(7, bytes, script).len(), bytes, "{script:?}");
            }
            assert_eq!(text(7, 1000, script), text(7, 1000, script));
            assert_ne!(text(7, 1000, script), text(8, 1000, script));
        }
    }

    #[test]
    fn characters_are_of_their_script() {
        let widest = |script| text(7, 9000, script).chars().map(char::len_utf8).max();
        assert_eq!(SCRIPTS.map(widest), [Some(1), Some(2), Some(3), Some(4)]);
        assert!(text(7, 9000, Script::Latin1).chars().all(|c| u32::from(c) < 0x100));
        assert!(text(7, 9000, Script::Cjk).chars().all(|c| c.len_utf8() == 3));
        assert!(text(7, 9000, Script::Emoji).chars().all(|c| c.len_utf16() == 2));
    }

    #[test]
    fn numbers_are_as_long_as_they_are_in_memory() {
        assert_eq!(numbers(7, 0), "[]");
        let text = numbers(7, 8000);
        assert_eq!(text.len(), 8001);
        let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap();
        let values: Vec<f64> = inner.split(',').map(|number| number.parse().unwrap()).collect();
        assert_eq!(values.len(), 1000);
        assert!(values.iter().all(|value| (10.0..100.0).contains(value)));
    }
}
