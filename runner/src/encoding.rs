//! The encoding of a text that is not plain UTF-8, as far as its bytes show. Pure.

/// The byte-order mark of UTF-8.
const UTF_8_MARK: &[u8] = b"\xef\xbb\xbf";

/// A text that a JavaScript string cannot be made of as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-16, by its byte-order mark.
    Utf16,
    /// One byte per character, as ISO-8859-1 and Windows-1252 have it: only a guess, for they have no mark.
    OneByte,
}

impl Encoding {
    /// What it is and how to convert it, as the end of "the file …".
    #[must_use]
    pub fn advice(self) -> &'static str {
        match self {
            Self::Utf16 => {
                "is text in UTF-16, by its byte-order mark; help: convert it with `iconv -f UTF-16 -t UTF-8`"
            }
            Self::OneByte => {
                "looks like text that is not UTF-8 (Latin-1 or Windows-1252); help: convert it with \
                 `iconv -f WINDOWS-1252 -t UTF-8`"
            }
        }
    }
}

/// The encoding of a text that is not UTF-8; `None` where it is, or where it looks like no text.
#[must_use]
pub fn of(bytes: &[u8]) -> Option<Encoding> {
    if is_utf16(bytes) {
        return Some(Encoding::Utf16);
    }
    (std::str::from_utf8(bytes).is_err() && is_one_byte_text(bytes)).then_some(Encoding::OneByte)
}

/// Whether UTF-8 begins with a byte-order mark.
#[must_use]
pub fn has_mark(bytes: &[u8]) -> bool {
    bytes.starts_with(UTF_8_MARK)
}

/// A byte-order mark alone proves nothing: other files begin so, too. What follows has to be characters.
fn is_utf16(bytes: &[u8]) -> bool {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return false,
    };
    let (pairs, rest) = bytes[2..].as_chunks::<2>();
    let is_text = |c: Result<char, _>| c.is_ok_and(|c| !c.is_control() || c.is_whitespace());
    rest.is_empty() && char::decode_utf16(pairs.iter().copied().map(unit)).all(is_text)
}

/// Text is mostly letters, and has no control characters but those of lines and pages.
fn is_one_byte_text(bytes: &[u8]) -> bool {
    let is_control = |byte: &u8| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    let letters = bytes.iter().filter(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace()).count();
    !bytes.iter().any(is_control) && letters * 2 > bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf_16_is_known_by_its_mark_and_what_follows() {
        for text in ["", "Grüße 🦀\n"] {
            assert_eq!(of(&utf16(text, u16::to_le_bytes)), Some(Encoding::Utf16));
            assert_eq!(of(&utf16(text, u16::to_be_bytes)), Some(Encoding::Utf16));
        }
        // A lone surrogate, a byte too many, and a picture's bytes.
        for bytes in [&b"\xff\xfe\x00\xd8"[..], b"\xff\xfea", b"\xff\xfe\x01\x00\x02\x00"] {
            assert_ne!(of(bytes), Some(Encoding::Utf16), "{bytes:?}");
        }
    }

    #[test]
    fn text_of_one_byte_per_character_is_guessed() {
        assert_eq!(of(b"const gr\xfc\xdfe = 'caf\xe9';\n"), Some(Encoding::OneByte));
        for bytes in [&b"plain"[..], "Grüße".as_bytes(), b"", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\xe9\xe8\xe0\xfc"] {
            assert_eq!(of(bytes), None, "{bytes:?}");
        }
    }
}
