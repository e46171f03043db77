//! The kernel `text-highlight`: a source file in, HTML with a class per token out.

use std::cmp::Ordering;
use std::sync::LazyLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

kernel_contract::contender!(highlight, str => String);

/// How the first line of a source begins that names its language, which follows.
pub const MARKER: &str = "// language: ";

/// What sources of either language are full of, and those of the other hardly ever have.
const TYPICAL_OF_RUST: [&str; 6] = ["fn ", "let mut ", "impl ", "pub ", "::", "#["];
const TYPICAL_OF_JAVASCRIPT: [&str; 6] = ["function", "const ", "var ", "===", "=>", "export "];

// The grammars that syntect ships, unpacked by the first call, as a page would meet it.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// The source as HTML, without its byte order mark: each token in a `span` whose classes are its scope.
///
/// # Errors
/// When the first line names a language that there is no grammar for, or none and the source looks like neither that is known.
pub fn highlight(source: &str) -> Result<String, String> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let language = language(source)?;
    let syntax = SYNTAXES
        .find_syntax_by_token(language)
        .ok_or_else(|| format!("there is no grammar for the language `{language}`"))?;
    let mut html = ClassedHTMLGenerator::new_with_class_style(syntax, &SYNTAXES, ClassStyle::Spaced);
    for line in LinesWithEndings::from(source) {
        html.parse_html_for_line_which_includes_newline(line).map_err(|error| error.to_string())?;
    }
    Ok(html.finalize())
}

fn language(source: &str) -> Result<&str, String> {
    let first = source.lines().next().unwrap_or_default();
    match first.strip_prefix(MARKER).map(str::trim_end) {
        Some(language) if !language.is_empty() => Ok(language),
        _ => guessed(source),
    }
}

/// The language of a source that does not name it. JavaScript guesses by the same count.
fn guessed(source: &str) -> Result<&'static str, String> {
    let count = |typical: [&str; 6]| typical.iter().map(|word| source.matches(word).count()).sum::<usize>();
    match count(TYPICAL_OF_RUST).cmp(&count(TYPICAL_OF_JAVASCRIPT)) {
        Ordering::Greater => Ok("rust"),
        Ordering::Less => Ok("javascript"),
        Ordering::Equal => Err(format!(
            "the source looks neither like JavaScript nor like Rust; name its language in a first line such as `{MARKER}rust`"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "// language: rust\nfn main() {\n    let text = \"1 < 2 && 'x'\";\n}\n";

    #[test]
    fn tokens_get_their_classes() {
        let html = highlight(SOURCE).unwrap();
        for part in ["<span class=\"comment line", "<span class=\"storage type function rust\">fn</span>"] {
            assert!(html.contains(part), "no {part} in: {html}");
        }
        assert_eq!(html.matches("<span").count(), html.matches("</span>").count());
    }

    #[test]
    fn the_text_stays_what_it_was() {
        let html = highlight(SOURCE).unwrap();
        let mut text: String = html.split('<').map(|part| part.rsplit('>').next().unwrap_or_default()).collect();
        for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            text = text.replace(entity, character);
        }
        assert_eq!(text, SOURCE);
    }

    #[test]
    fn both_languages_of_the_inputs_are_known() {
        for language in ["javascript", "rust"] {
            assert!(SYNTAXES.find_syntax_by_token(language).is_some(), "{language}");
        }
    }

    #[test]
    fn a_source_without_that_line_is_taken_for_what_it_looks_like() {
        for (language, source) in [
            ("javascript", include_str!("../inputs/javascript.txt")),
            ("rust", include_str!("../inputs/rust.txt")),
            ("rust", include_str!("../inputs/large.txt")),
            ("javascript", "!function(){var a=1}()"),
        ] {
            assert_eq!(guessed(source.strip_prefix(MARKER).unwrap_or(source)), Ok(language));
        }
    }

    #[test]
    fn a_byte_order_mark_is_left_out() {
        assert_eq!(highlight(&format!("\u{feff}{SOURCE}")), highlight(SOURCE));
    }

    #[test]
    fn a_source_of_no_known_language_is_an_error() {
        for source in ["", "\n", "a text\n", "// language: \n", "// language:rust\n"] {
            assert!(
                highlight(source).unwrap_err().contains("looks neither like JavaScript nor like Rust"),
                "{source:?}"
            );
        }
        let unknown = highlight("// language: klingon\n").unwrap_err();
        assert_eq!(unknown, "there is no grammar for the language `klingon`");
    }
}
