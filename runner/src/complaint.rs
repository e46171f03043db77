//! Errors and warnings as a user reads them: `error: …`, and on a line of its own `help: …`.
//!
//! A message says what is wrong, and behind [`HELP`] what to do about it, so that it can also stand on one line of a report.

/// Divides a message from the advice that ends it.
const HELP: &str = "; help: ";

/// An error, as the command ends with it.
#[must_use]
pub fn error(error: &anyhow::Error) -> String {
    of_chain("error", error.chain().map(ToString::to_string))
}

/// One message about something that failed, while the command goes on to say more.
#[must_use]
pub fn error_line(message: &str) -> String {
    of_chain("error", [message.to_owned()])
}

/// A message about something that is not as expected. The work goes on.
#[must_use]
pub fn warning(message: &str) -> String {
    of_chain("warning", [message.to_owned()])
}

/// What the parser of arguments says of one that is wrong.
#[must_use]
pub fn about_arguments(text: &str) -> String {
    // Its usual words for advice, in a paragraph of their own.
    text.replace("\n\n  tip: ", "\nhelp: ").replace("\n  tip: ", "\nhelp: ").replace(HELP, "\nhelp: ")
}

/// A message on one line, without the advice that ends it, and the advice.
#[must_use]
pub fn parted(message: &str) -> (&str, Option<&str>) {
    message.split_once(HELP).map_or((message, None), |(what, help)| (what, Some(help)))
}

/// The messages of an error and its causes on one line, and the advice in them on lines below.
fn of_chain(severity: &str, messages: impl IntoIterator<Item = String>) -> String {
    let (mut said, mut advice) = (Vec::new(), String::new());
    for message in messages {
        let (what, help) = parted(&message);
        said.push(what.to_owned());
        if let Some(help) = help {
            advice += &format!("\nhelp: {help}");
        }
    }
    format!("{severity}: {}{advice}", said.join(": "))
}

#[cfg(test)]
mod tests {
    use anyhow::Context as _;

    use super::*;
    use crate::exit::Unable;

    #[test]
    fn advice_has_a_line_of_its_own_wherever_it_is_in_the_chain() {
        let plain = anyhow::anyhow!("run.jsonl: the file is empty");
        assert_eq!(error(&plain), "error: run.jsonl: the file is empty");
        let within = anyhow::anyhow!("there is no kernel `summ`; help: did you mean `sum`?").context("--input");
        assert_eq!(error(&within), "error: --input: there is no kernel `summ`\nhelp: did you mean `sum`?");
        let around =
            std::fs::read("/no/such/file").context("out: cannot be written; help: name another one").unwrap_err();
        let text = error(&around);
        assert!(text.starts_with("error: out: cannot be written: No such file"), "{text}");
        assert!(text.ends_with("\nhelp: name another one"), "{text}");
    }

    #[test]
    fn what_is_missing_on_the_machine_reads_like_any_other_error() {
        let missing =
            Err::<(), _>(anyhow::anyhow!("the cause")).context("Chromium did not start; help: run it by hand");
        let text = error(&anyhow::Error::new(Unable(missing.unwrap_err())).context("--js"));
        assert_eq!(text, "error: --js: Chromium did not start: the cause\nhelp: run it by hand");
    }

    #[test]
    fn what_the_parser_of_arguments_advises_is_help() {
        let text =
            "error: unexpected argument '--presett' found\n\n  tip: a similar argument exists: '--preset'\n\nUsage: x";
        let expected =
            "error: unexpected argument '--presett' found\nhelp: a similar argument exists: '--preset'\n\nUsage: x";
        assert_eq!(about_arguments(text), expected);
        assert_eq!(
            about_arguments("error: `4` is not a level; help: use 0 to 3"),
            "error: `4` is not a level\nhelp: use 0 to 3"
        );
    }

    #[test]
    fn a_warning_has_the_same_form() {
        assert_eq!(warning("a.txt: it is odd; help: save it again"), "warning: a.txt: it is odd\nhelp: save it again");
        assert_eq!(error_line("it failed"), "error: it failed");
    }
}
