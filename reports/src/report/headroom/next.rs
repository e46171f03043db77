//! The command that begins a port.

use crate::report::KernelInfo;

/// The command; without the function where that is not an export of a file, or cannot be quoted for every shell.
#[must_use]
pub fn next(kernel: &KernelInfo) -> String {
    let is_of_name = |c: &char| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '-';
    let name: String = kernel.name.chars().filter(is_of_name).collect();
    let before = if name.starts_with(|c: char| c.is_ascii_lowercase()) { "" } else { "port-" };
    let from = kernel.from.as_deref().and_then(quoted).map(|from| format!(" --from {from}")).unwrap_or_default();
    format!("crossover new {before}{name}{from}")
}

/// An argument for a shell: as it is, or in quotes.
fn quoted(text: &str) -> Option<String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./@+#".contains(c);
    let is_quotable = |c: char| is_plain(c) || " $()[]{},=~".contains(c) || (c.is_alphabetic() && !c.is_control());
    match text {
        _ if text.is_empty() || text.starts_with(['-', '#']) => None,
        _ if text.chars().all(is_plain) => Some(text.to_owned()),
        _ if text.chars().all(is_quotable) => Some(format!("'{text}'")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn arguments_are_quoted_or_left_out() {
        let quoted = |text: &str| super::quoted(text);
        assert_eq!(quoted("src/lev.js#distance").as_deref(), Some("src/lev.js#distance"));
        assert_eq!(quoted("my src/c#/lév.js#$").as_deref(), Some("'my src/c#/lév.js#$'"));
        for wrong in ["", "-x.js#f", "a'b.js#f", "a.js#f; rm x", "a\nb.js#f", "`a`.js#f"] {
            assert_eq!(quoted(wrong), None, "{wrong}");
        }
    }
}
