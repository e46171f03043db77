//! Text in lines that fit a terminal.

/// A paragraph in lines of at most so many columns, as far as its words allow, every one of them indented.
#[must_use]
pub fn wrapped(indent: &str, text: &str, columns: usize) -> String {
    let mut lines = String::new();
    let mut line = indent.to_owned();
    for word in text.split_whitespace() {
        if line.chars().count() + word.chars().count() > columns && line != indent {
            lines.push_str(line.trim_end());
            lines.push('\n');
            line = indent.to_owned();
        }
        line.push_str(word);
        line.push(' ');
    }
    lines + line.trim_end() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_and_indented() {
        let text = wrapped("    ", &"eleven char ".repeat(20), 80);
        assert!(text.lines().count() > 2 && text.lines().all(|line| line.starts_with("    eleven")), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert_eq!(wrapped("", "one two three four", 7), "one two\nthree\nfour\n");
        assert_eq!(wrapped("  ", "longer-than-a-line", 7), "  longer-than-a-line\n");
    }
}
