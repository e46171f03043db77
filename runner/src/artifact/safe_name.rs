//! Names that are safe in a folder and in an address.

/// `name` with everything but ASCII letters, digits, `-`, `_` and inner dots made `-`.
#[must_use]
pub fn safe_name(name: &str) -> String {
    let keep = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let kept: String = name.chars().map(keep).collect();
    // A leading dot hides a file, and a name of dots alone is a folder.
    let trimmed = kept.trim_matches('.');
    if trimmed.is_empty() { "unnamed".to_owned() } else { trimmed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe() {
        let cases = [
            ("wasm-simd", "wasm-simd"),
            ("../../x", "-..-x"),
            (".hidden", "hidden"),
            ("..", "unnamed"),
            ("é/ñ", "---"),
        ];
        for (name, safe) in cases {
            assert_eq!(safe_name(name), safe, "{name}");
        }
    }
}
