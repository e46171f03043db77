//! The tokeniser: indentation, words, numbers and punctuation, each a number below the size of the vocabulary.
//!
//! Words and punctuation are hashed, so there is no vocabulary file. `train/tokens.py` and the JavaScript
//! contender cut and hash in the same way; a test on each side compares them on the reference snippets.

/// The longest sequence that the encoder sees, in tokens.
pub const POSITIONS: usize = 128;

/// The token that every sequence starts with; even an empty text has it.
const BOS: u32 = 0;
/// The first of ten tokens for a line that starts with 0..=8 or more spaces.
const INDENT_SPACES: u32 = 1;
/// The first of three tokens for a line that starts with 1, 2 or more tabs (and perhaps spaces too).
const INDENT_TABS: u32 = 11;
const NUMBER: u32 = 14;
const NON_ASCII: u32 = 15;
/// The first hashed token.
const HASHED: u32 = 16;
/// How much of a word is hashed, in bytes; the rest is passed over.
const HASHED_BYTES: usize = 24;

/// Writes the first tokens of `text` into `ids` and says how many there are: at least 1, at most `POSITIONS`.
///
/// A blank line has no token; any other line starts with its indentation. `vocabulary` is above `HASHED`.
pub fn tokenise(text: &str, vocabulary: u32, ids: &mut [u32; POSITIONS]) -> usize {
    let bytes = text.as_bytes();
    ids[0] = BOS;
    let (mut count, mut at) = (1, 0);
    let (mut at_line_start, mut spaces, mut tabs) = (true, 0, 0);
    while at < bytes.len() && count < POSITIONS {
        let first = bytes[at];
        let kind = Kind::of(first);
        if kind == Kind::Blank {
            at += 1;
            match first {
                b'\n' => (at_line_start, spaces, tabs) = (true, 0, 0),
                b' ' => spaces += 1,
                b'\t' => tabs += 1,
                _ => {}
            }
            continue;
        }
        if at_line_start {
            at_line_start = false;
            ids[count] = indentation(spaces, tabs);
            count += 1;
            if count == POSITIONS {
                break;
            }
        }
        let rest = &bytes[at..];
        let longest = if kind == Kind::Punctuation { 2.min(rest.len()) } else { rest.len() };
        let length = rest[..longest].iter().position(|&byte| Kind::of(byte) != kind).unwrap_or(longest);
        ids[count] = match kind {
            Kind::Digit => NUMBER,
            Kind::NonAscii => NON_ASCII,
            _ => HASHED + fnv1a(&rest[..length.min(HASHED_BYTES)]) % (vocabulary - HASHED),
        };
        count += 1;
        at += length;
    }
    count
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// White space and control characters: they part tokens and are none.
    Blank,
    Word,
    Digit,
    Punctuation,
    NonAscii,
}

impl Kind {
    fn of(byte: u8) -> Kind {
        match byte {
            0..=b' ' | 0x7f => Kind::Blank,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => Kind::Word,
            b'0'..=b'9' => Kind::Digit,
            0x80.. => Kind::NonAscii,
            _ => Kind::Punctuation,
        }
    }
}

fn indentation(spaces: u32, tabs: u32) -> u32 {
    match tabs {
        0 => INDENT_SPACES + spaces.min(9),
        _ => INDENT_TABS + tabs.min(3) - 1,
    }
}

/// The 32-bit FNV-1a hash (Fowler, Noll and Vo).
fn fnv1a(bytes: &[u8]) -> u32 {
    bytes.iter().fold(2_166_136_261, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(16_777_619))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<u32> {
        let mut ids = [0; POSITIONS];
        let count = tokenise(text, 4096, &mut ids);
        ids[..count].to_vec()
    }

    #[test]
    fn the_hash_is_fnv1a() {
        // From the test vectors of the authors.
        assert_eq!(fnv1a(b""), 0x811c_9dc5);
        assert_eq!(fnv1a(b"foobar"), 0xbf9c_f968);
    }

    #[test]
    fn blank_lines_and_white_space_are_no_tokens() {
        assert_eq!(tokens(""), [BOS]);
        assert_eq!(tokens(" \r\n\t\n\u{7f}\0"), [BOS]);
        assert_eq!(tokens("a\n\n  \nb"), tokens("a\nb"));
    }

    #[test]
    fn a_line_starts_with_its_indentation() {
        assert_eq!(tokens("1"), [BOS, INDENT_SPACES, NUMBER]);
        assert_eq!(tokens("    1")[1], INDENT_SPACES + 4);
        assert_eq!(tokens(&format!("{}1", " ".repeat(40)))[1], INDENT_SPACES + 9);
        assert_eq!(tokens("\t 1")[1], INDENT_TABS);
        assert_eq!(tokens("\t\t\t\t1")[1], INDENT_TABS + 2);
    }

    #[test]
    fn runs_are_cut_by_their_kind() {
        assert_eq!(tokens("é→1 2").len(), 5);
        assert_eq!(tokens("a_b1").len(), 4);
        // Punctuation goes in pairs: `()`, `=>`, `{`.
        assert_eq!(tokens("()=>{").len(), 5);
        assert_eq!(tokens(&"x".repeat(24)), tokens(&"x".repeat(25)));
    }

    #[test]
    fn a_long_text_fills_all_positions_and_no_more() {
        for text in ["a ", "\n1", "=", "é "] {
            assert_eq!(tokens(&text.repeat(500)).len(), POSITIONS);
        }
    }
}
