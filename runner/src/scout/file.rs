//! Opens a profile and detects its format; for other files it says what they are.

use std::io::{ErrorKind, Read};
use std::path::Path;

use anyhow::{Context as _, bail, ensure};
use crossover_reports::regular;
use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::recording::Recording;
use super::shape::Shape;
use super::{cpuprofile, firefox, gecko, safari, trace};

/// No profile is larger, unpacked; DevTools itself gives up earlier.
const LARGEST_BYTES: u64 = 1 << 30;

/// What a file opens with that is packed by gzip.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// What a file opens with that is an archive.
const ZIP: &[u8] = b"PK\x03\x04";

/// Where profiles come from.
const FORMATS: &str = "scout reads a Chrome performance trace (DevTools, Performance, record, save profile), a .cpuprofile \
                       (node --cpu-prof, or the DevTools protocol), a Firefox profile (profiler.firefox.com, record, save) and \
                       a timeline recording of Safari's Web Inspector";

/// Reads a profile of any format.
///
/// # Errors
/// When the file cannot be read or is no profile; the message says what to do instead.
pub fn read(path: &Path) -> anyhow::Result<Recording> {
    read_file(path).with_context(|| format!("{}", path.display()))
}

fn read_file(path: &Path) -> anyhow::Result<Recording> {
    let file = regular::open(path).context("cannot read the profile")?;
    let mut text = up_to(file, LARGEST_BYTES)?;
    if text.starts_with(&GZIP) {
        text = up_to(MultiGzDecoder::new(text.as_slice()), LARGEST_BYTES).context("the file cannot be unpacked")?;
    }
    // Some tools write a profile as text within JSON.
    if text.trim_ascii_start().starts_with(b"\"") {
        text = serde_json::from_slice::<String>(&text).map_err(|error| not_json(&error))?.into_bytes();
    }
    let reader = format(&text)?;
    reader(&text).map_err(|error| match error.downcast_ref() {
        Some(wrong) if error.chain().count() == 1 => not_json(wrong),
        // A part of the file, which the reader has named.
        Some(wrong) => anyhow::anyhow!("{error}: {}; help: {FORMATS}", what_is_wrong(wrong)),
        None => error,
    })
}

/// All of a file that has no more than so many bytes.
fn up_to(file: impl Read, most: u64) -> anyhow::Result<Vec<u8>> {
    let mut text = Vec::new();
    let mut part = vec![0; 1 << 16];
    let mut file = file.take(most + 1);
    loop {
        let read = match file.read(&mut part) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            read => read.context("cannot read the profile")?,
        };
        if read == 0 {
            break;
        }
        // Where memory is short that is an error like any other.
        text.try_reserve(read).context("the profile does not fit into memory; help: record a shorter one")?;
        text.extend_from_slice(&part[..read]);
    }
    ensure!(text.len() as u64 <= most, "the profile is larger than {} MB; help: record a shorter one", most >> 20);
    Ok(text)
}

/// What reads a format.
type Reader = fn(&[u8]) -> anyhow::Result<Recording>;

/// The fields that distinguish the formats, without their contents.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Outline {
    nodes: Option<IgnoredAny>,
    trace_events: Option<IgnoredAny>,
    meta: Option<Shape>,
    threads: Option<Shape>,
    log: Option<IgnoredAny>,
    snapshot: Option<IgnoredAny>,
    lighthouse_version: Option<IgnoredAny>,
    mappings: Option<IgnoredAny>,
    head: Option<Shape>,
    recording: Option<Shape>,
    profile: Option<Shape>,
    #[serde(rename = "profileJSON")]
    profile_json: Option<IgnoredAny>,
}

fn format(text: &[u8]) -> anyhow::Result<Reader> {
    ensure!(!text.trim_ascii().is_empty(), "the file is empty; help: {FORMATS}");
    let outline: Outline = match text.trim_ascii_start().first() {
        Some(b'[') => return Ok(trace::read),
        Some(b'{') => serde_json::from_slice(text).map_err(|error| not_json(&error))?,
        _ if text.starts_with(ZIP) => bail!("this is a ZIP archive; help: unpack it and name the profile in it"),
        _ => bail!("this is not JSON; help: {FORMATS}"),
    };
    let instead = match &outline {
        Outline { trace_events: Some(_), .. } => return Ok(trace::read),
        Outline { snapshot: Some(_), .. } => "a heap snapshot, which holds no times",
        Outline { meta: Some(meta), threads: Some(threads), .. } => {
            // The first version of the processed format is known by its columns alone.
            let is_processed = meta.has("preprocessedProfileVersion") || threads.has("stringArray");
            return Ok(if is_processed { firefox::read } else { gecko::read });
        }
        Outline { profile: Some(profile), .. } if profile.has("meta") && profile.has("threads") => {
            return Ok(gecko::read_panel);
        }
        Outline { recording: Some(recording), .. } if SAFARI.iter().any(|field| recording.has(field)) => {
            return Ok(safari::read);
        }
        Outline { profile_json: Some(_), .. } => "a profile of Cleopatra, the first profiler of Firefox",
        Outline { log: Some(_), .. } => "a HAR file, which holds requests",
        Outline { lighthouse_version: Some(_), .. } => "a Lighthouse report, which holds no call tree",
        Outline { mappings: Some(_), .. } => "a source map",
        Outline { nodes: Some(_), .. } => return Ok(cpuprofile::read),
        Outline { head: Some(head), .. } if head.has("selfSize") => "a heap sampling profile, which holds no times",
        Outline { head: Some(_), .. } => return Ok(cpuprofile::read_head),
        _ => bail!("this JSON is no profile; help: {FORMATS}"),
    };
    bail!("this is {instead}; help: {FORMATS}")
}

/// What a timeline recording of Safari's has, with or without samples.
const SAFARI: [&str; 2] = ["sampleStackTraces", "instrumentTypes"];

/// So much is printed of what is wrong with JSON, which quotes the file.
const LONGEST_ERROR: usize = 200;

/// What is wrong with JSON, in one line.
fn what_is_wrong(error: &serde_json::Error) -> String {
    let text = error.to_string();
    if text.chars().count() <= LONGEST_ERROR {
        return text;
    }
    let beginning: String = text.chars().take(LONGEST_ERROR).collect();
    format!("{beginning}… at line {} column {}", error.line(), error.column())
}

fn not_json(error: &serde_json::Error) -> anyhow::Error {
    let wrong = what_is_wrong(error);
    match error.is_eof() {
        true => anyhow::anyhow!("the file is cut off: {wrong}; help: save the profile again"),
        false => anyhow::anyhow!("this is not JSON as profiles are: {wrong}; help: {FORMATS}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_its_bound_and_no_further() {
        assert_eq!(up_to(&b"1234"[..], 4).unwrap(), b"1234");
        let error = up_to(std::io::repeat(b'x'), 3 << 20).unwrap_err();
        assert_eq!(error.to_string(), "the profile is larger than 3 MB; help: record a shorter one");
    }
}
