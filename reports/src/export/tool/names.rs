//! Names that are safe in other programs: as text, in a table of Markdown, as a path. Names come from manifests.

use std::collections::HashSet;

use crate::report::wording;

/// The longest part of a name, bytes. Four of them fit into Bencher's 1024.
const LONGEST_PART: usize = 240;

/// The longest part of a path, bytes: criterion's limit.
const LONGEST_PATH_PART: usize = 64;

/// Characters with a meaning in HTML, in Markdown, in a shell or in a path.
const UNSAFE: [char; 14] = ['<', '>', '&', '"', '\'', '`', '|', '\\', '/', '*', '?', ':', '^', '$'];

/// Parts as one name, from the general to the special: `hashing-blake3/1MB/wasm/chromium`.
#[must_use]
pub fn joined(parts: &[&str]) -> String {
    parts.iter().map(|part| safe(part, LONGEST_PART)).collect::<Vec<_>>().join("/")
}

/// A part of a path that equals criterion's for the same text.
#[must_use]
pub fn path_part(text: &str) -> String {
    let part = safe(text, LONGEST_PATH_PART);
    if part.starts_with('.') { part.replacen('.', "_", 1) } else { part }
}

fn safe(text: &str, longest: usize) -> String {
    let text = wording::printable(text).replace(UNSAFE, "_");
    let text = text.trim();
    let text = text[..text.floor_char_boundary(longest)].trim_end();
    if text.is_empty() { "_".to_owned() } else { text.to_owned() }
}

/// Gives out each name once.
#[derive(Default)]
pub struct Names(HashSet<String>);

impl Names {
    /// The name, or the first unused one of `name_2`, `name_3`, … Names that differ in case alone count as equal,
    /// because they are on some file systems.
    pub fn unique(&mut self, name: String) -> String {
        let numbered = (2..).map(|n| format!("{name}_{n}"));
        let mut candidates = std::iter::once(name.clone()).chain(numbered);
        // There are more numbers than names, so one is free.
        candidates.find(|name| self.0.insert(name.to_lowercase())).unwrap_or(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_no_code() {
        assert_eq!(joined(&["hashing-blake3", "1MB", "wasm-simd"]), "hashing-blake3/1MB/wasm-simd");
        assert_eq!(
            joined(&["<img src=x onerror=alert(1)>", "a/b\n`c`|d", ""]),
            "_img src=x onerror=alert(1)_/a_b _c__d/_"
        );
        assert_eq!(joined(&["\u{202e}x\u{1b}[2J"]), "x [2J");
        assert!(joined(&["名".repeat(500).as_str(); 4]).len() < 1000);
    }

    #[test]
    fn no_part_of_a_path_leads_elsewhere() {
        for (text, part) in [
            ("../../etc/passwd", "_._.._etc_passwd"),
            ("..", "_."),
            (".", "_"),
            ("C:\\x", "C__x"),
            ("plain name", "plain name"),
            (" \t", "_"),
        ] {
            assert_eq!(path_part(text), part);
        }
        assert_eq!(path_part(&"x".repeat(300)).len(), 64);
        assert_eq!(path_part(&"é".repeat(300)).len(), 64);
        assert_eq!(path_part(&format!("{} y", "x".repeat(63))), "x".repeat(63));
    }

    #[test]
    fn no_two_names_are_the_same() {
        let mut names = Names::default();
        let given = ["a", "A", "a", "a_2"].map(|name| names.unique(name.to_owned()));
        assert_eq!(given, ["a", "A_2", "a_3", "a_2_2"]);
    }
}
