//! Values and differences as messages show them.

use super::token::Token;

/// How many characters of a text are shown.
const SHOWN: usize = 24;

/// A value as JavaScript would write it, shortened.
#[must_use]
pub fn shown(token: &Token<'_>) -> String {
    match token {
        Token::Null => "null".to_owned(),
        Token::Undefined => "undefined".to_owned(),
        Token::Bool(bool) => bool.to_string(),
        Token::Number(of) => number(*of),
        Token::BigInt(digits) => format!("the BigInt {}n", digits.chars().take(2 * SHOWN).collect::<String>()),
        Token::Text(text) => format!("{:?}", String::from_utf8_lossy(text).chars().take(SHOWN).collect::<String>()),
        Token::Numbers(numbers) if numbers.name() == "Array" => format!("an array of {}", numbers.count()),
        Token::Numbers(numbers) => format!("{} {} of {}", article(numbers.name()), numbers.name(), numbers.count()),
        Token::List(length) => format!("an array of {length}"),
        Token::Object { class: "", keys, .. } => {
            let keys: Vec<_> = keys.iter().map(|key| String::from_utf8_lossy(key)).collect();
            format!("an object with the keys {:?}", keys.join(", ").chars().take(SHOWN).collect::<String>())
        }
        Token::Object { class, .. } => format!("{} {class}", article(class)),
        Token::Map(_) => "a Map".to_owned(),
        Token::Set(_) => "a Set".to_owned(),
    }
}

fn article(name: &str) -> &'static str {
    if name.starts_with(['A', 'E', 'I']) { "an" } else { "a" }
}

/// A number as text, with an exponent if it would have many zeros.
#[must_use]
pub fn number(number: f64) -> String {
    match number.abs() {
        f64::INFINITY if number > 0.0 => "Infinity".to_owned(),
        f64::INFINITY => "-Infinity".to_owned(),
        size if size >= 1e21 || size > 0.0 && size < 1e-4 => format!("{number:e}"),
        _ => number.to_string(),
    }
}

/// The first difference of two texts.
#[must_use]
pub fn text_difference(expected: &str, got: &str) -> String {
    let at = expected.chars().zip(got.chars()).take_while(|(a, b)| a == b).count();
    let line = expected.chars().take(at).filter(|c| *c == '\n').count() + 1;
    let from = |text: &str| text.chars().skip(at).take(SHOWN).collect::<String>();
    format!("the texts differ from character {at} on (line {line}): expected {:?}, got {:?}", from(expected), from(got))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_as_javascript_writes_them() {
        for (token, words) in [
            (Token::Number(-0.0), "-0"),
            (Token::Number(f64::NEG_INFINITY), "-Infinity"),
            (Token::Number(2e-6), "2e-6"),
            (Token::Number(1e300), "1e300"),
            (Token::Number(0.178_030_282_580_776), "0.178030282580776"),
            (Token::BigInt("-7".into()), "the BigInt -7n"),
            (Token::Text(b"a\n"), "\"a\\n\""),
            (Token::Object { class: "Error", keys: vec![], order: b"" }, "an Error"),
            (Token::Object { class: "", keys: vec![b"a", b"b"], order: b"" }, "an object with the keys \"a, b\""),
        ] {
            assert_eq!(shown(&token), words);
        }
    }
}
