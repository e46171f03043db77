//! The help of `crossover` itself: its commands in groups, with examples.

use clap::{Command, CommandFactory as _, FromArgMatches as _};

use super::Cli;

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
    /// Parses this process' arguments. Ends the process where they ask for help or are wrong.
    #[must_use]
    pub fn of_process() -> Self {
        let mut command = command();
        let parsed = Self::from_arg_matches(&command.get_matches_mut());
        parsed.unwrap_or_else(|error| error.format(&mut command).exit())
    }
}

fn command() -> Command {
    let command = Cli::command();
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
    fn the_help_fits_a_terminal_of_80_columns() {
        let help = command().render_long_help().to_string();
        for line in help.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
        assert!(help.contains("\nStart here:\n  port          Decide whether"), "{help}");
    }
}
