//! Inputs of a hotspot: files, arguments on the command line, or those of a module.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use crossover_reports::regular;
use crossover_reports::run::InputKind;
use serde::Deserialize;

use crate::artifact::evaluate;
use crate::complaint;
use crate::encoding::{self, Encoding};
use crate::environment::Environment;
use crate::progress::{Verbosity, say};
use crate::suite::{Input, InputSource, distinct_names};

/// Larger files are not looked at to guess whether they are text, bytes.
const LOOKED_AT: u64 = 64 << 20;

/// Evaluates the user's module.
const SCRIPT: &str = include_str!("inputs.mjs");

/// Files as inputs. Without `--as`, a note on stderr says where the chosen type may not be meant.
///
/// # Errors
/// When one cannot be read, or is in an encoding that no string can be made of.
pub fn of_files(files: &[PathBuf], kind: Option<InputKind>) -> anyhow::Result<Vec<Input>> {
    let real = |file: &PathBuf| {
        regular::look(file).and_then(|()| file.canonicalize()).with_context(|| format!("--input {}", file.display()))
    };
    let real = files.iter().map(real).collect::<anyhow::Result<Vec<_>>>()?;
    let names = distinct_names(&real.iter().map(PathBuf::as_path).collect::<Vec<_>>());
    let made = names.into_iter().zip(files).zip(real).map(|((name, file), real)| {
        let (kind, note) = match kind {
            Some(kind) => (kind, None),
            None => guessed(&real).with_context(|| format!("--input {}", file.display()))?,
        };
        if let Some(note) = note {
            say(Verbosity::Normal, &complaint::warning(&format!("--input {}: {note}", file.display())));
        }
        Ok(input(name, kind, InputSource::File(real)))
    });
    made.collect()
}

/// Text is passed as a string, anything else as a `Uint8Array`; with a note where that may not be meant.
///
/// # Errors
/// When the file cannot be read, or is text that is not handed over as such.
fn guessed(file: &Path) -> anyhow::Result<(InputKind, Option<String>)> {
    if fs::metadata(file)?.len() > LOOKED_AT {
        return Ok((InputKind::Bytes, None));
    }
    let bytes = regular::read(file, LOOKED_AT)?;
    Ok(match encoding::of(&bytes) {
        Some(Encoding::Utf16) => {
            bail!("the file {}, or hand it over as bytes with `--as bytes`", Encoding::Utf16.advice())
        }
        Some(Encoding::OneByte) => {
            let advice = Encoding::OneByte.advice();
            let note = format!(
                "is handed over as bytes, but {advice} to have it handed over as a string (`--as bytes` silences this)"
            );
            (InputKind::Bytes, Some(note))
        }
        None if bytes.contains(&0) || std::str::from_utf8(&bytes).is_err() => (InputKind::Bytes, None),
        None if encoding::has_mark(&bytes) => {
            let note = "begins with a byte-order mark, which the string has as its first character, U+FEFF; help: save the file \
                        without one if the function is to get the text alone (`--as string` silences this)";
            (InputKind::String, Some(note.to_owned()))
        }
        None => (InputKind::String, None),
    })
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
/// When it fails, or exports something else. The message is the module's own.
pub fn made_by(module: &Path, environment: &Environment) -> anyhow::Result<Vec<Input>> {
    #[derive(Deserialize)]
    struct MadeInput {
        name: String,
        /// JSON.
        args: String,
    }
    let expected = || format!("--input-module {}", module.display());
    let real = regular::look(module).and_then(|()| module.canonicalize()).with_context(expected)?;
    let printed = evaluate(environment, SCRIPT, &real).with_context(expected)?;
    let list: Vec<MadeInput> =
        serde_json::from_str(&printed).context("it printed something of its own").with_context(expected)?;
    ensure!(!list.is_empty(), "{}: it exports no inputs; help: export at least one {{ name, args }}", module.display());
    let made =
        |MadeInput { name, args }: MadeInput| input(name, InputKind::Args, InputSource::Given(args.into_bytes()));
    Ok(list.into_iter().map(made).collect())
}

fn input(name: String, kind: InputKind, source: InputSource) -> Input {
    Input { name, label: None, kind, source, headline: false, payload: None, known_answer: None }
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
        for (bytes, kind, expected) in [
            (&b"# Title\n"[..], InputKind::String, None),
            ("Grüße".as_bytes(), InputKind::String, None),
            (b"\xff\xd8\xff", InputKind::Bytes, None),
            (b"a\0b", InputKind::Bytes, None),
            (b"caf\xe9", InputKind::Bytes, Some("`--as bytes` silences this")),
            (b"\xef\xbb\xbfx", InputKind::String, Some("U+FEFF")),
        ] {
            fs::write(&file, bytes).unwrap();
            let (guess, note) = guessed(&file).unwrap();
            assert_eq!(guess, kind, "{bytes:?}");
            assert!(
                note.is_some() == expected.is_some()
                    && expected.is_none_or(|expected| note.unwrap().contains(expected)),
                "{bytes:?}"
            );
        }
        assert_eq!(of_files(&[file], Some(InputKind::Json)).unwrap()[0].kind, InputKind::Json);
    }

    #[test]
    fn utf_16_is_refused_unless_bytes_are_meant() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x");
        fs::write(&file, b"\xff\xfea\0").unwrap();
        let message = format!("{:#}", of_files(std::slice::from_ref(&file), None).unwrap_err());
        assert!(message.contains("UTF-16") && message.contains("`iconv -f UTF-16 -t UTF-8`"), "{message}");
        assert_eq!(of_files(&[file], Some(InputKind::Bytes)).unwrap()[0].kind, InputKind::Bytes);
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
