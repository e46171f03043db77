//! The bytes of the planned inputs: read, or generated once and kept.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use crossover_reports::run::InputKind;
use crossover_reports::{regular, run};
use sha2::{Digest as _, Sha256};

use crate::encoding;
use crate::suite::{Generate, Input, InputSource};

/// The largest file that is read as an input, bytes.
const LIMIT: u64 = 1 << 30;

/// An input's bytes and what the results file says of them.
#[derive(Debug)]
pub struct InputBytes {
    /// The bytes, UTF-8 for strings and JSON.
    pub bytes: Vec<u8>,
    /// For the header.
    pub record: run::Input,
}

/// Reads an input, from the file that `generated` has where it is generated.
///
/// # Errors
/// When a file cannot be read, is too large or is not text where text is wanted, or when a generator fails.
pub fn load(input: &Input, generated: impl FnOnce(&Generate) -> anyhow::Result<PathBuf>) -> anyhow::Result<InputBytes> {
    let bytes = match &input.source {
        InputSource::File(file) => read(file)?,
        InputSource::Given(bytes) => bytes.clone(),
        InputSource::Generated(generate) => {
            let file = generated(generate)?;
            fs::read(&file).with_context(|| format!("{}: the generated input cannot be read", file.display()))?
        }
    };
    check_kind(input, &bytes)?;
    let record = run::Input {
        name: input.name.clone(),
        label: input.label.clone(),
        kind: input.kind,
        bytes: bytes.len() as u64,
        sha256: crate::hex(&Sha256::digest(&bytes)),
        headline: input.headline,
        payload: input.payload.clone(),
        answer_bytes: input.known_answer.as_ref().map(|answer| answer.bytes.len() as u64),
    };
    Ok(InputBytes { bytes, record })
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    regular::read(file, LIMIT).with_context(|| format!("{}: the input cannot be read", file.display()))
}

fn check_kind(input: &Input, bytes: &[u8]) -> anyhow::Result<()> {
    let name = &input.name;
    match input.kind {
        InputKind::Bytes => Ok(()),
        InputKind::String => std::str::from_utf8(bytes).map(|_| ()).with_context(|| {
            format!("input `{name}` is handed over as a string, but it is not UTF-8 text{}", advice(bytes))
        }),
        InputKind::Json | InputKind::Args => {
            serde_json::from_slice::<serde::de::IgnoredAny>(bytes).map(|_| ()).with_context(|| {
                format!("input `{name}` is handed over as a JSON value, but it is not JSON{}", advice(bytes))
            })
        }
    }
}

/// Why a text cannot be read, as far as its first bytes show.
fn advice(bytes: &[u8]) -> String {
    match encoding::of(bytes) {
        Some(encoding) => format!(": it {}", encoding.advice()),
        None if encoding::has_mark(bytes) => {
            ": it begins with a byte-order mark, which JSON does not have; help: save it without one".to_owned()
        }
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(kind: InputKind, source: InputSource) -> Input {
        Input { name: "x".to_owned(), label: None, kind, source, headline: true, payload: None, known_answer: None }
    }

    fn none(_: &Generate) -> anyhow::Result<PathBuf> {
        anyhow::bail!("nothing is generated here")
    }

    #[test]
    fn a_file_is_hashed_and_must_be_of_its_kind() {
        let folder = std::env::temp_dir().join(format!("crossover-inputs-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("abc");
        fs::write(&file, b"abc").unwrap();
        let loaded = load(&input(InputKind::String, InputSource::File(file.clone())), none).unwrap();
        assert_eq!(loaded.record.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert!(load(&input(InputKind::Json, InputSource::File(file.clone())), none).is_err());
        fs::write(&file, [0xff]).unwrap();
        let message = |kind| load(&input(kind, InputSource::File(file.clone())), none).unwrap_err().to_string();
        assert!(message(InputKind::String).ends_with("it is not UTF-8 text"));
        fs::write(&file, b"\xff\xfea\0").unwrap();
        assert!(message(InputKind::String).contains("not UTF-8 text: it is text in UTF-16"));
        assert!(message(InputKind::Json).contains("iconv -f UTF-16 -t UTF-8"));
        fs::write(&file, b"caf\xe9").unwrap();
        assert!(message(InputKind::String).contains("looks like text that is not UTF-8"));
        fs::write(&file, "\u{feff}{}").unwrap();
        assert!(message(InputKind::Json).contains("a byte-order mark, which JSON does not have"));
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_generated_input_is_read_from_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let generate: Generate = toml::from_str("random = { seed = 1, bytes = 100 }").unwrap();
        let made = load(&input(InputKind::Bytes, InputSource::Generated(generate.clone())), |asked| {
            assert_eq!(*asked, generate);
            let file = folder.path().join("made");
            fs::write(&file, asked.bytes(None)?)?;
            Ok(file)
        });
        assert_eq!(made.unwrap().bytes.len(), 100);
    }
}
