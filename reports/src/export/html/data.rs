//! The page's own figures and samples, embedded: compressed, and saved by a link that needs no script.

use std::io::{self, Write};

use anyhow::Context as _;
use flate2::Compression;
use flate2::write::GzEncoder;
use maud::{Markup, html};
use serde::Serialize as _;

use super::packed::{base64, gzip};
use crate::export::Page;
use crate::report::{Report, units};
use crate::run::Run;

/// Most bytes of compressed samples in a page: it should stay small enough to be sent.
const MOST_SAMPLES: usize = 750_000;

/// Target for the bytes of packed figures in a page.
const MOST_FIGURES: usize = 500_000;

/// The section with the links.
///
/// # Errors
/// When something cannot be packed.
pub fn section(page: &Page<'_>) -> anyhow::Result<Markup> {
    let (report, is_whole) = figures(page.report)?;
    let samples = page.run.map(samples).transpose()?;
    Ok(html! {
        details.kernel #data {
            summary { h2 #data-title { "Data" } }
            ul.data {
                li { (link("report.json.gz", &report)) ": every figure of this page with seven digits, as " code { "crossover/report/2" } @if !is_whole { ", but without the samples by block and the warm-up, which do not fit" } }
                @match &samples {
                    Some(Some(samples)) => li { (link("run.jsonl.gz", samples)) ": every raw sample, " code { "crossover/run/2" } "; " code { "crossover report run.jsonl" } " makes this page from it, once it is unpacked" },
                    Some(None) => li { "The raw samples are left out, because they are more than " (units::bytes(MOST_SAMPLES as u64)) " even when compressed. They are in " code { "run.jsonl" } ", beside where this page was written." },
                    None => li { "The raw samples are in " code { "run.jsonl" } ", beside where this page was written." },
                }
            }
        }
    })
}

/// A link that saves packed data. The browser has the last word on the file name.
fn link(name: &str, packed: &str) -> Markup {
    html! { a download=(name) href={ "data:application/gzip;base64," (packed) } { (name) } " (" (units::bytes(packed.len() as u64 / 4 * 3)) ")" }
}

/// The report as JSON, packed, and whether it is complete.
fn figures(report: &Report) -> anyhow::Result<(String, bool)> {
    let json = rounded(report)?;
    if let Some(whole) = bounded(MOST_FIGURES / 4 * 3, Compression::best(), |packed| packed.write_all(&json))? {
        return Ok((whole, true));
    }
    let mut report = report.clone();
    for cell in &mut report.cells {
        cell.calls_by_block.clear();
        cell.warm_up.clear();
    }
    Ok((gzip(&rounded(&report)?)?, false))
}

/// The report as JSON with as many digits as a measurement has: further digits are noise, and half of the file.
fn rounded(report: &Report) -> anyhow::Result<Vec<u8>> {
    struct Rounded;
    impl serde_json::ser::Formatter for Rounded {
        fn write_f64<W: ?Sized + Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
            write!(writer, "{value:.6e}")
        }
    }
    let mut text = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut text, Rounded);
    report.serialize(&mut serializer).context("writing the report as JSON")?;
    Ok(text)
}

/// The run as a results file, packed; `None` if it is too large.
fn samples(run: &Run) -> anyhow::Result<Option<String>> {
    bounded(MOST_SAMPLES, Compression::default(), |packed| run.write(packed))
}

/// What is written, packed; `None` if that has more than `most` bytes. It is not packed to its end then.
fn bounded(
    most: usize,
    level: Compression,
    write: impl FnOnce(&mut GzEncoder<Bounded>) -> io::Result<()>,
) -> anyhow::Result<Option<String>> {
    let mut packed = GzEncoder::new(Bounded { bytes: Vec::new(), most }, level);
    match write(&mut packed).and_then(|()| packed.finish()) {
        Ok(Bounded { bytes, .. }) => Ok(Some(base64(&bytes))),
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => Ok(None),
        Err(error) => Err(error).context("packing a part of the page"),
    }
}

/// A writer that stops at so many bytes.
struct Bounded {
    bytes: Vec<u8>,
    most: usize,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
