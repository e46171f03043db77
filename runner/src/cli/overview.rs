//! The help of `crossover` itself: its commands in groups, with examples. And what it says to arguments that are wrong.

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Command, CommandFactory as _, FromArgMatches as _};

use super::Cli;
use super::examples::with_examples;
use crate::complaint;
use crate::progress::{Verbosity, say};

/// The commands by what a user wants to do, each in one group.
const GROUPS: [(&str, &[&str]); 4] = [
    ("Start here", &["port", "scout", "run", "compare"]),
    ("Look closer", &["profile", "build-matrix", "report", "charts", "history"]),
    ("Your own benchmarks", &["init", "new", "list", "verify", "merge"]),
    ("Your machine", &["doctor", "setup", "calibrate"]),
];

const EXAMPLES: &str = "\
Examples:
  crossover port --js src/md.js#render --input docs/*.md
  crossover run hashing --preset quick
";

impl Cli {
    /// Parses this process' arguments.
    ///
    /// # Errors
    /// The exit code, when they ask for help, which is printed, or are wrong, which is said.
    pub fn of_process() -> Result<Self, ExitCode> {
        let mut command = command();
        let matches = command.try_get_matches_from_mut(std::env::args_os());
        matches.and_then(|mut matches| Self::from_arg_matches_mut(&mut matches)).map_err(|error| {
            let error = error.format(&mut command);
            match error.kind() {
                ErrorKind::DisplayHelp
                | ErrorKind::DisplayVersion
                | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                    // There is no one left to say it to where it cannot be printed.
                    let _ = error.print();
                }
                _ => say(Verbosity::Normal, &complaint::about_arguments(&error.render().to_string())),
            }
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
        })
    }
}

/// The command with its groups and examples.
pub(super) fn command() -> Command {
    let command = with_examples(Cli::command());
    let template =
        format!("{{about}}\n\n{{usage-heading}} {{usage}}\n\n{}{EXAMPLES}\nOptions:\n{{options}}", groups(&command));
    command.help_template(template)
}

fn groups(command: &Command) -> String {
    let line = |name: &&str| {
        let about = command.find_subcommand(name).and_then(Command::get_about).map(ToString::to_string);
        format!("  {name:<13} {}\n", about.unwrap_or_default())
    };
    let group =
        |(title, names): &(&str, &[&str])| format!("{title}:\n{}\n", names.iter().map(line).collect::<String>());
    GROUPS.iter().map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_in_one_group() {
        let mut listed: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        listed.sort_unstable();
        let command = Cli::command();
        let mut commands: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
        commands.sort_unstable();
        assert_eq!(listed, commands);
    }

    #[test]
    fn every_help_fits_a_terminal_of_80_columns() {
        let mut command = command().term_width(80);
        command.build();
        let help = command.render_long_help().to_string();
        assert!(help.contains("\nStart here:\n  port          Decide whether"), "{help}");
        let of_commands = command.get_subcommands_mut().map(|one| one.render_long_help().to_string());
        for help in of_commands.chain([help]) {
            for line in help.lines() {
                assert!(line.chars().count() <= 80, "{line}");
            }
        }
    }

    #[test]
    fn every_command_says_in_one_line_what_it_does() {
        for one in command().get_subcommands() {
            let about = one.get_about().map(ToString::to_string).unwrap_or_default();
            assert!(!about.is_empty() && about.len() <= 64 && !about.contains('\n'), "{}: {about}", one.get_name());
            assert!(one.get_long_about().is_none() || about.len() > 10, "{}", one.get_name());
        }
    }
}
