//! Opens a profile, tells its format, and says what a file is instead.

use std::io::Read;
use std::path::Path;

use anyhow::{Context as _, bail, ensure};
use crossover_reports::regular;
use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::recording::Recording;
use super::{cpuprofile, firefox, gecko, trace};

/// No profile is larger, unpacked; DevTools itself gives up earlier.
const LARGEST_BYTES: u64 = 1 << 30;

/// What a file opens with that is packed by gzip.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Where profiles come from.
const FORMATS: &str = "scout reads a Chrome performance trace (DevTools, Performance, record, save profile), a .cpuprofile \
                       (node --cpu-prof, or the DevTools protocol) and a Firefox profile (profiler.firefox.com, record, save)";

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
    let reader = format(&text)?;
    reader(&text).map_err(|error| error.downcast().map_or_else(|error| error, not_json))
}

/// All of a file that has no more than so many bytes.
fn up_to(file: impl Read, most: u64) -> anyhow::Result<Vec<u8>> {
    let mut text = Vec::new();
    file.take(most + 1).read_to_end(&mut text).context("cannot read the profile")?;
    ensure!(text.len() as u64 <= most, "the profile is larger than {} MB; record a shorter one", most >> 20);
    Ok(text)
}

/// What reads a format.
type Reader = fn(&[u8]) -> anyhow::Result<Recording>;

/// The fields that tell formats apart, and nothing of what is in them.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Outline {
    nodes: Option<IgnoredAny>,
    trace_events: Option<IgnoredAny>,
    meta: Option<Meta>,
    threads: Option<IgnoredAny>,
    log: Option<IgnoredAny>,
    snapshot: Option<IgnoredAny>,
    lighthouse_version: Option<IgnoredAny>,
    mappings: Option<IgnoredAny>,
    head: Option<IgnoredAny>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Meta {
    preprocessed_profile_version: Option<IgnoredAny>,
}

fn format(text: &[u8]) -> anyhow::Result<Reader> {
    ensure!(!text.trim_ascii().is_empty(), "the file is empty; {FORMATS}");
    let outline: Outline = match text.trim_ascii_start().first() {
        Some(b'[') => return Ok(trace::read),
        Some(b'{') => serde_json::from_slice(text).map_err(not_json)?,
        _ => bail!("this is not JSON; {FORMATS}"),
    };
    let instead = match outline {
        Outline { trace_events: Some(_), .. } => return Ok(trace::read),
        Outline { snapshot: Some(_), .. } => "a heap snapshot, which holds no times",
        Outline { meta: Some(Meta { preprocessed_profile_version: Some(_) }), threads: Some(_), .. } => {
            return Ok(firefox::read);
        }
        Outline { meta: Some(_), threads: Some(_), .. } => return Ok(gecko::read),
        Outline { log: Some(_), .. } => "a HAR file, which holds requests",
        Outline { lighthouse_version: Some(_), .. } => "a Lighthouse report, which holds no call tree",
        Outline { mappings: Some(_), .. } => "a source map",
        Outline { nodes: Some(_), .. } => return Ok(cpuprofile::read),
        Outline { head: Some(_), .. } => "a heap sampling profile, or a CPU profile from before Chrome 58",
        _ => bail!("this JSON is no profile; {FORMATS}"),
    };
    bail!("this is {instead}; {FORMATS}")
}

fn not_json(error: serde_json::Error) -> anyhow::Error {
    match error.is_eof() {
        true => anyhow::anyhow!("the file is cut off: {error}; save the profile again"),
        false => anyhow::anyhow!("this is not JSON as profiles are: {error}; {FORMATS}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_its_bound_and_no_further() {
        assert_eq!(up_to(&b"1234"[..], 4).unwrap(), b"1234");
        let error = up_to(std::io::repeat(b'x'), 3 << 20).unwrap_err();
        assert_eq!(error.to_string(), "the profile is larger than 3 MB; record a shorter one");
    }
}
