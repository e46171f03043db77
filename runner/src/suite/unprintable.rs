//! Finds control characters in a manifest: terminals and tables cannot show names and texts that have them.

use crossover_reports::report::wording::is_printable;
use toml::de::{DeTable, DeValue};

/// The only key whose text may have several lines: the reason for an exception.
const PROSE: &str = "reason";

/// A text with a control character.
pub struct Unprintable {
    /// Where it begins in the manifest, bytes.
    pub at: usize,
    /// The field that has it. If the name of a key or table has it, the table around that.
    pub field: String,
    /// The text, with its control characters escaped.
    pub text: String,
}

/// The first name or value that has a control character, in the order of the tables.
pub fn first_unprintable(table: &DeTable<'_>) -> Option<Unprintable> {
    in_table(table, "")
}

fn in_table(table: &DeTable<'_>, field: &str) -> Option<Unprintable> {
    table.iter().find_map(|(key, value)| {
        let name = key.get_ref();
        if !name.chars().all(is_printable) {
            return Some(unprintable(key.span().start, field, name));
        }
        let below = if field.is_empty() { name.to_string() } else { format!("{field}.{name}") };
        in_value(value.get_ref(), value.span().start, &below)
    })
}

fn in_value(value: &DeValue<'_>, at: usize, field: &str) -> Option<Unprintable> {
    match value {
        DeValue::String(text) => {
            let is_prose = field.rsplit('.').next() == Some(PROSE);
            let is_plain = |c: char| is_printable(c) || is_prose && matches!(c, '\n' | '\r' | '\t');
            (!text.chars().all(is_plain)).then(|| unprintable(at, field, text))
        }
        DeValue::Array(items) => items.iter().find_map(|item| in_value(item.get_ref(), item.span().start, field)),
        DeValue::Table(table) => in_table(table, field),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => None,
    }
}

fn unprintable(at: usize, field: &str, text: &str) -> Unprintable {
    Unprintable { at, field: field.to_owned(), text: text.escape_debug().to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(usize, String)> {
        first_unprintable(DeTable::parse(text).unwrap().get_ref()).map(|found| (found.at, found.field))
    }

    #[test]
    fn control_characters_are_found_in_names_and_values_at_any_depth() {
        assert_eq!(found("a = 'b'\n[c.\"d e\"]\nf = [1, 2.5, { g = 'Grüße 🦀' }]\n"), None);
        assert_eq!(found("a = \"\\u0000\"\n"), Some((4, "a".to_owned())));
        assert_eq!(found("[[a]]\nb = 1\n[[a]]\nb = \"x\\ny\"\n"), Some((22, "a.b".to_owned())));
        assert_eq!(found("[a.\"\\u001b\"]\nb = 1\n"), Some((3, "a".to_owned())));
        assert_eq!(found("a = [\n'b',\n\"\\u202e\"]\n"), Some((11, "a".to_owned())));
    }

    #[test]
    fn a_reason_may_have_several_lines() {
        assert_eq!(found("reason = '''\nb\n\tc'''\n"), None);
        assert_eq!(found("reason = \"\\u001b\"\n"), Some((9, "reason".to_owned())));
    }
}
