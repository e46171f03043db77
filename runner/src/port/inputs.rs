//! What a hotspot is called with: files, arguments on the command line, or what a module makes.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};
use crossover_reports::run::InputKind;
use serde::Deserialize;

use crate::artifact::evaluate;
use crate::environment::Environment;
use crate::suite::{Input, InputSource};

/// What is read of a file to guess whether it is text, bytes.
const LOOKED_AT: u64 = 64 << 20;

/// Evaluates the user's module.
const SCRIPT: &str = include_str!("inputs.mjs");

/// A file as an input.
///
/// # Errors
/// When it cannot be read.
pub fn of_file(file: &Path, kind: Option<InputKind>) -> anyhow::Result<Input> {
    let real = file.canonicalize().with_context(|| format!("--input {}: cannot be opened", file.display()))?;
    ensure!(real.is_file(), "--input {}: name a file", file.display());
    let kind = match kind {
        Some(kind) => kind,
        None => guessed(&real)?,
    };
    let name = real.file_name().unwrap_or_default().to_string_lossy().chars().take(60).collect();
    Ok(input(name, kind, InputSource::File(real)))
}

/// Text is handed over as a string, and anything else as a `Uint8Array`.
///
/// # Errors
/// When the file cannot be read.
fn guessed(file: &Path) -> anyhow::Result<InputKind> {
    let unreadable = || format!("--input {}: cannot be read", file.display());
    if fs::metadata(file).with_context(unreadable)?.len() > LOOKED_AT {
        return Ok(InputKind::Bytes);
    }
    let bytes = fs::read(file).with_context(unreadable)?;
    let is_text = !bytes.contains(&0) && std::str::from_utf8(&bytes).is_ok();
    Ok(if is_text { InputKind::String } else { InputKind::Bytes })
}

/// The arguments of one call, as JSON.
///
/// # Errors
/// When they are no JSON array.
pub fn of_arguments(json: &str) -> anyhow::Result<Input> {
    let list: Result<Vec<serde_json::Value>, _> = serde_json::from_str(json);
    list.context("--args: write one call's arguments as a JSON array, as in '[\"kitten\", \"sitting\"]'")?;
    Ok(input("args".to_owned(), InputKind::Args, InputSource::Given(json.as_bytes().to_vec())))
}

/// A call without arguments.
#[must_use]
pub fn no_arguments() -> Input {
    input("args".to_owned(), InputKind::Args, InputSource::Given(b"[]".to_vec()))
}

/// What a module makes: it exports `inputs`, an array of `{ name, args }` or a function that returns one.
///
/// # Errors
/// When it fails, or makes something else; the message is the module's own.
pub fn made_by(module: &Path, environment: &Environment) -> anyhow::Result<Vec<Input>> {
    #[derive(Deserialize)]
    struct Made {
        name: String,
        /// JSON.
        args: String,
    }
    let told = || format!("--input-module {}", module.display());
    let real = module.canonicalize().with_context(told)?;
    let printed = evaluate(environment, SCRIPT, &real).with_context(told)?;
    let list: Vec<Made> =
        serde_json::from_str(&printed).context("it printed something of its own").with_context(told)?;
    ensure!(!list.is_empty(), "{}: it exports no inputs; export at least one {{ name, args }}", module.display());
    let made = |Made { name, args }: Made| input(name, InputKind::Args, InputSource::Given(args.into_bytes()));
    Ok(list.into_iter().map(made).collect())
}

fn input(name: String, kind: InputKind, source: InputSource) -> Input {
    Input { name, kind, source, headline: false, payload: None, known_answer: None }
}

/// Bytes; nothing where a file has gone.
pub fn length(input: &Input) -> u64 {
    match &input.source {
        InputSource::File(file) => fs::metadata(file).map_or(0, |data| data.len()),
        InputSource::Given(bytes) => bytes.len() as u64,
        InputSource::Generated(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_a_string_and_the_rest_are_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x");
        for (bytes, kind) in [
            (&b"# Title\n"[..], InputKind::String),
            ("Grüße".as_bytes(), InputKind::String),
            (b"\xff\xd8\xff", InputKind::Bytes),
            (b"a\0b", InputKind::Bytes),
        ] {
            fs::write(&file, bytes).unwrap();
            assert_eq!(of_file(&file, None).unwrap().kind, kind);
        }
        assert_eq!(of_file(&file, Some(InputKind::Json)).unwrap().kind, InputKind::Json);
        let message = of_file(folder.path(), None).unwrap_err().to_string();
        assert!(message.contains("name a file"), "{message}");
    }

    #[test]
    fn arguments_are_a_json_array() {
        assert_eq!(of_arguments("[1, \"two\"]").unwrap().kind, InputKind::Args);
        for wrong in ["", "1", "{}", "[1"] {
            let message = format!("{:#}", of_arguments(wrong).unwrap_err());
            assert!(message.contains("--args: write one call's arguments"), "{message}");
        }
    }
}
