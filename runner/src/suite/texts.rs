//! The texts of a manifest that people read beside or instead of its names: each is bounded, and has something to read.

/// The longest title of a kernel, characters.
pub const LONGEST_TITLE: usize = 80;

/// The longest label of an input or a contender, characters.
pub const LONGEST_LABEL: usize = 60;

/// The longest caveat, characters.
const LONGEST_CAVEAT: usize = 400;

/// The most caveats of a kernel.
const MOST_CAVEATS: usize = 8;

/// A title.
///
/// # Errors
/// When it is empty or too long, with what to write.
pub fn read_title(title: Option<String>) -> Result<Option<String>, String> {
    title.map(|text| bounded("a title", text, LONGEST_TITLE)).transpose()
}

/// A label.
///
/// # Errors
/// As [`read_title`].
pub fn read_label(label: Option<String>) -> Result<Option<String>, String> {
    label.map(|text| bounded("a label", text, LONGEST_LABEL)).transpose()
}

/// Caveats.
///
/// # Errors
/// As [`read_title`], and when they are too many.
pub fn read_caveats(caveats: Vec<String>) -> Result<Vec<String>, String> {
    if caveats.len() > MOST_CAVEATS {
        return Err(format!("there are {}; help: keep the {MOST_CAVEATS} that matter most", caveats.len()));
    }
    caveats.into_iter().map(|text| bounded("a caveat", text, LONGEST_CAVEAT)).collect()
}

fn bounded(what: &str, text: String, most: usize) -> Result<String, String> {
    let length = text.chars().count();
    if length > most {
        return Err(format!("{what} has at most {most} characters, and this one has {length}; help: shorten it"));
    }
    if text.trim() != text || text.is_empty() {
        return Err(format!("{what} has at least one character and no space at its ends, unlike \"{text}\""));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_bounded() {
        let title = |text: &str| read_title(Some(text.to_owned()));
        assert_eq!(read_title(None), Ok(None));
        assert_eq!(title("JPEG → 512 px thumbnail"), Ok(Some("JPEG → 512 px thumbnail".to_owned())));
        assert_eq!(title(&"→".repeat(80)), Ok(Some("→".repeat(80))));
        assert_eq!(
            title(&"→".repeat(81)).unwrap_err(),
            "a title has at most 80 characters, and this one has 81; help: shorten it"
        );
        for blank in ["", " ", "a ", "\u{a0}a"] {
            assert!(title(blank).unwrap_err().contains("no space at its ends"), "{blank:?}");
        }
        assert!(read_label(Some("x".repeat(61))).unwrap_err().contains("at most 60"));
        assert!(read_caveats(vec!["x".repeat(401)]).unwrap_err().contains("at most 400"));
        assert!(read_caveats(vec!["x".to_owned(); 8]).is_ok());
        assert_eq!(
            read_caveats(vec!["x".to_owned(); 9]).unwrap_err(),
            "there are 9; help: keep the 8 that matter most"
        );
    }
}
