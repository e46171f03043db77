//! Tests that the book has the help of every command as it is, and that every command line in it is one.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Command, CommandFactory as _};

use super::Cli;
use super::overview::command;

const PAGE: &str = "docs/src/reference/cli.md";

const INTRODUCTION: &str = "\
# Commands

This is the help of every command, as `crossover COMMAND --help` prints it. `-h` prints a short form. A test compares this page
with the program.

";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The help of a command and of those below it, each below its own heading.
fn help(command: &mut Command, name: &str, found: &mut String) {
    let text = command.render_long_help().to_string();
    let lines: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
    *found += &format!("## {name}\n\n```text\n{}\n```\n\n", lines.join("\n"));
    for one in command.get_subcommands_mut().filter(|one| one.get_name() != "help") {
        let name = format!("{name} {}", one.get_name());
        help(one, &name, found);
    }
}

#[test]
fn the_page_of_commands_is_their_help() {
    let mut command = command().term_width(80);
    command.build();
    let mut page = INTRODUCTION.to_owned();
    help(&mut command, "crossover", &mut page);
    let page = format!("{}\n", page.trim_end());
    let file = root().join(PAGE);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, page).unwrap();
        return;
    }
    let now = fs::read_to_string(&file).unwrap_or_default();
    let line = now.lines().zip(page.lines()).take_while(|(a, b)| a == b).count();
    assert!(
        now == page,
        "{PAGE} differs from line {}:\n  page: {}\n  help: {}\nif the change is meant, run with BLESS=1",
        line + 1,
        now.lines().nth(line).unwrap_or("(nothing)"),
        page.lines().nth(line).unwrap_or("(nothing)"),
    );
}

/// Markdown files below a folder.
fn pages(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() && !path.is_symlink() {
            pages(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
}

/// The arguments of every call of the program in a page's blocks of shell commands.
fn command_lines(text: &str) -> Vec<String> {
    let blocks = text.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    let lines = blocks.flat_map(|block| block.replace("\\\n", " ").lines().map(str::to_owned).collect::<Vec<_>>());
    let arguments = |line: String| {
        let line = line.trim_start_matches("here$").trim_start();
        let rest = line.strip_prefix("crossover ").or_else(|| line.strip_prefix("cargo run --release -- "))?;
        Some(rest.split(" #").next().unwrap_or_default().to_owned())
    };
    lines.filter_map(arguments).collect()
}

/// The words of a command line. Quotes hold a word together.
fn words(line: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut quote = None;
    for c in line.trim().chars() {
        match quote {
            None if c == '\'' || c == '"' => quote = Some(c),
            None if c.is_whitespace() => found.push(String::new()),
            Some(end) if c == end => quote = None,
            _ => found.last_mut().unwrap().push(c),
        }
    }
    found.retain(|word| !word.is_empty());
    found
}

#[test]
fn every_command_line_of_the_book_and_the_readme_is_accepted() {
    let mut files = vec![root().join("README.md")];
    pages(&root().join("docs/src"), &mut files);
    let mut count = 0;
    for file in files {
        for line in command_lines(&fs::read_to_string(&file).unwrap()) {
            let arguments = ["crossover".to_owned()].into_iter().chain(words(&line));
            if let Err(error) = Cli::command().try_get_matches_from(arguments) {
                panic!("{}: crossover {line}: {error}", file.display());
            }
            count += 1;
        }
    }
    assert!(count > 20, "{count} command lines");
}

#[test]
fn command_lines_are_found_and_split_as_a_shell_does() {
    let page = "```sh\ncrossover run 'a b' \\\n  --json   # why\ncargo test\n```\n```toml\ncrossover no\n```\n";
    let found = command_lines(page);
    assert_eq!(found.iter().map(|line| words(line)).collect::<Vec<_>>(), [["run", "a b", "--json"]]);
    assert_eq!(words("--args '[\"x\", 1]'"), ["--args", "[\"x\", 1]"]);
}
