//! The dep-info files (`.d`) that cargo writes beside what it builds: which source files went in.

use std::path::PathBuf;

/// The prerequisites of every rule in a dep-info file, each once, in order.
#[must_use]
pub fn sources(text: &str) -> Vec<PathBuf> {
    let mut sources = Vec::new();
    for line in text.lines() {
        // Other rules name single files without prerequisites, and comments carry variables.
        let Some((_, prerequisites)) = line.split_once(": ").filter(|_| !line.starts_with('#')) else { continue };
        for word in words(prerequisites) {
            let path = PathBuf::from(word);
            if !sources.contains(&path) {
                sources.push(path);
            }
        }
    }
    sources
}

/// Splits at spaces; a space inside of a path is written `\ `.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, characters.peek(), words.last_mut()) {
            ('\\', Some(' '), Some(word)) => {
                word.push(' ');
                characters.next();
            }
            (' ', ..) => words.push(String::new()),
            (other, _, Some(word)) => word.push(other),
            (_, _, None) => {}
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn prerequisites_are_read() {
        let text =
            "/t/x.wasm: /a/lib.rs /a/with\\ space.rs /b/c.rs\n\n/a/lib.rs:\n# env-dep:X=a: b\n/t/y: /b/c.rs /d.rs\n";
        let expected = ["/a/lib.rs", "/a/with space.rs", "/b/c.rs", "/d.rs"];
        assert_eq!(sources(text), expected.map(Path::new));
        assert!(sources("").is_empty());
    }

    #[test]
    fn backslashes_of_windows_are_kept() {
        assert_eq!(sources(r"C:\t\x.wasm: C:\a\lib.rs"), [Path::new(r"C:\a\lib.rs")]);
    }
}
