//! Comparing HTML by its text: two highlighters name their tags as they like, but neither may change the source.

use super::shown::text_difference;

/// How many characters of an entity's name are shown.
const SHOWN: usize = 24;

/// Whether two pieces of HTML have the same text once tags are removed and entities decoded.
///
/// This is stricter than a browser: a tag without an end, a `<` that begins none and an unknown entity are errors,
/// because a highlighter that leaves such behind has not escaped the source.
pub fn same(expected: &str, got: &str) -> Result<(), String> {
    let expected = text_of(expected).map_err(|reason| format!("the expected answer is no HTML: {reason}"))?;
    let got = text_of(got).map_err(|reason| format!("the answer is no HTML: {reason}"))?;
    if expected == got {
        return Ok(());
    }
    Err(text_difference(&expected, &got))
}

fn text_of(html: &str) -> Result<String, String> {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        let place = html.len() - rest.len() + at;
        rest = &rest[at..];
        let length = if rest.starts_with('<') { tag(rest) } else { entity(rest, &mut text) };
        rest = &rest[length.map_err(|reason| format!("byte {place}: {reason}"))?..];
    }
    text.push_str(rest);
    Ok(text)
}

/// The length of the tag that `html` begins with.
fn tag(html: &str) -> Result<usize, String> {
    if !html[1..].starts_with(|c: char| c == '/' || c.is_ascii_alphabetic()) {
        return Err("a `<` that begins no tag; in text it has to be `&lt;`".to_owned());
    }
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Ok(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    Err("a tag without an end".to_owned())
}

/// Appends what the entity that `html` begins with stands for, and returns its length. An `&` that no name or number
/// follows is text.
fn entity(html: &str, text: &mut String) -> Result<usize, String> {
    if !html[1..].starts_with(|c: char| c == '#' || c.is_ascii_alphanumeric()) {
        text.push('&');
        return Ok(1);
    }
    let name = html[1..].split(|c: char| c != '#' && !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let shown: String = name.chars().take(SHOWN).collect();
    if !html[1 + name.len()..].starts_with(';') {
        return Err(format!("the entity `&{shown}` has no semicolon"));
    }
    text.push(decoded(name).ok_or_else(|| format!("`&{shown};` is no entity that is known here"))?);
    Ok(name.len() + 2)
}

fn decoded(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_may_differ_and_nest() {
        let one = "<span class=\"a\">fn <span class='b'>main</span></span>()";
        assert_eq!(same(one, "<b>fn</b> main<i>()</i><br/>"), Ok(()));
        assert_eq!(same("", "<b></b>"), Ok(()));
    }

    #[test]
    fn a_tag_ends_outside_its_quotes() {
        assert_eq!(text_of("<a title=\"x > y\" alt='\">'>z</a>").as_deref(), Ok("z"));
    }

    #[test]
    fn entities_are_decoded_once() {
        assert_eq!(text_of("&lt;&gt;&amp;&quot;&apos;&#39;&#x27;&#X27;&#215;").as_deref(), Ok("<>&\"''''×"));
        assert_eq!(text_of("&amp;lt;").as_deref(), Ok("&lt;"));
        assert_eq!(text_of("a && b &").as_deref(), Ok("a && b &"));
    }

    #[test]
    fn what_is_no_html_is_an_error_that_names_the_place() {
        let reason = |html: &str| text_of(html).unwrap_err();
        assert_eq!(reason("ab<span class=\"x>"), "byte 2: a tag without an end");
        assert_eq!(reason("×<span"), "byte 2: a tag without an end");
        assert!(reason("1 < 2").starts_with("byte 2: a `<` that begins no tag"));
        assert!(reason("<").starts_with("byte 0: a `<` that begins no tag"));
        assert_eq!(reason("x &lt y"), "byte 2: the entity `&lt` has no semicolon");
        for unknown in ["&bogus;", "&#;", "&#x110000;", "&#xd800;", "&#-1;", "&#99999999999;"] {
            assert!(text_of(unknown).is_err(), "{unknown}");
        }
    }

    #[test]
    fn the_first_difference_is_shown() {
        let message = same("<b>ab</b>c\n", "abd").unwrap_err();
        assert_eq!(message, "the texts differ from character 2 on (line 1): expected \"c\\n\", got \"d\"");
        assert_eq!(
            same("ab", "a").unwrap_err(),
            "the texts differ from character 1 on (line 1): expected \"b\", got \"\""
        );
        assert!(same("a", "<").unwrap_err().starts_with("the answer is no HTML: byte 0"));
        assert!(same("<", "a").unwrap_err().starts_with("the expected answer is no HTML: byte 0"));
    }
}
