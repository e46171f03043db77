//! A build matrix in words: the rows, captions and sentences that every format shows.

use super::{BuildMatrix, HigherLevel, Setting};
use crate::comparison::Outcome;
use crate::report::units::{self, MISSING};
use crate::report::{Estimate, Report, wording};
use crate::run::{Size, Variant};

/// The headings of [`rows`].
pub const HEADINGS: [&str; 8] =
    ["Variant", "Raw", "gzip -9", "brotli -11", "Per call", "95 % interval", "Against the manifest's build", "Front"];

/// The headings of [`level_rows`].
pub const LEVEL_HEADINGS: [&str; 4] = ["Higher", "Lower", "With", "The higher is"];

/// The mark of a variant on the front.
const ON_FRONT: &str = "●";

/// The title of a matrix: `Which build of wasm in hashing-blake3?`
#[must_use]
pub fn title(matrix: &BuildMatrix) -> String {
    format!("Which build of {} in {}?", matrix.baseline, matrix.kernel)
}

/// Caption of the table of variants.
#[must_use]
pub fn caption(report: &Report, matrix: &BuildMatrix) -> String {
    format!(
        "Variants of {} on {} in {}: what ships, and the time per call. {ON_FRONT} is on the front: no other variant is as \
         small and certainly as fast.",
        matrix.baseline,
        matrix.input,
        report.label(&matrix.stratum)
    )
}

/// A variant for people: `opt-level 3, wasm-opt -O2, SIMD`.
#[must_use]
pub fn label(variant: &Variant) -> String {
    let settings = [Setting::OptLevel, Setting::WasmOpt, Setting::Simd].map(|setting| level(setting, variant));
    settings.join(", ")
}

/// The level that a variant has in one setting.
fn level(setting: Setting, variant: &Variant) -> String {
    match setting {
        Setting::OptLevel => format!("opt-level {}", variant.opt_level),
        Setting::WasmOpt => {
            variant.wasm_opt.as_ref().map_or_else(|| "no wasm-opt".to_owned(), |level| format!("wasm-opt {level}"))
        }
        Setting::Simd => if variant.simd { "SIMD" } else { "scalar" }.to_owned(),
    }
}

/// The manifest's build and every variant under [`HEADINGS`], each with its outcome against that build.
#[must_use]
pub fn rows(matrix: &BuildMatrix) -> Vec<([String; 8], Option<Outcome>)> {
    let missing = || MISSING.to_owned();
    let size = |size: Option<Size>| {
        let part = |part: fn(&Size) -> u64| size.map_or_else(missing, |size| units::bytes(part(&size)));
        [part(|size| size.raw), part(|size| size.gzip), part(|size| size.brotli)]
    };
    let row = |name: String, sizes: Option<Size>, call: Option<Estimate>, said: String, front: &str| {
        let [raw, gzip, brotli] = size(sizes);
        let median = call.map_or_else(missing, |call| units::time(call.median));
        let interval = call.and_then(|call| call.ci).map_or_else(missing, units::time_interval);
        [name, raw, gzip, brotli, median, interval, said, front.to_owned()]
    };
    let name = format!("{} (manifest)", matrix.baseline);
    let own = row(name, matrix.baseline_size_bytes, matrix.baseline_call_ns, "baseline".to_owned(), "");
    let variants = matrix.variants.iter().map(|variant| {
        let said = match (&variant.call_ns, &variant.failure) {
            (None, reason) => format!("not measured: {}", reason.as_deref().unwrap_or("no samples")),
            (Some(_), _) if variant.comparison.ratio.is_none() => missing(),
            (Some(_), _) => wording::comparison(&variant.comparison),
        };
        let outcome = variant.call_ns.map(|_| variant.comparison.outcome);
        let front = if variant.on_front { ON_FRONT } else { "" };
        (row(variant.contender.clone(), variant.size_bytes, variant.call_ns, said, front), outcome)
    });
    std::iter::once((own, None)).chain(variants).collect()
}

/// Every pair of [`BuildMatrix::higher_levels`] under [`LEVEL_HEADINGS`], with its outcome.
#[must_use]
pub fn level_rows(matrix: &BuildMatrix) -> Vec<([String; 4], Outcome)> {
    let row = |pair: &HigherLevel| {
        let [higher, lower] = [&pair.higher, &pair.lower].map(|variant| level(pair.setting, variant));
        ([higher, lower, others(pair), wording::comparison(&pair.comparison)], pair.comparison.outcome)
    };
    matrix.higher_levels.iter().map(row).collect()
}

/// How often a higher level paid, as a sentence; `None` if no two variants differ in one setting only.
#[must_use]
pub fn tally(matrix: &BuildMatrix) -> Option<String> {
    let count = |outcome| matrix.higher_levels.iter().filter(|pair| pair.comparison.outcome == outcome).count();
    let all = matrix.higher_levels.len();
    (all > 0).then(|| {
        format!(
            "Of {all} pairs that differ in one setting, the level that is meant to be faster is faster in {}, the same in \
             {}, slower in {}, and in {} it is unsure.",
            count(Outcome::Faster),
            count(Outcome::Same),
            count(Outcome::Slower),
            count(Outcome::Unsure)
        )
    })
}

/// Every higher level that is certainly slower, as a sentence.
#[must_use]
pub fn slower(matrix: &BuildMatrix) -> Vec<String> {
    let slower = matrix.higher_levels.iter().filter(|pair| pair.comparison.outcome == Outcome::Slower);
    let sentence = |pair: &HigherLevel| {
        let [higher, lower] = [&pair.higher, &pair.lower].map(|variant| level(pair.setting, variant));
        format!("{higher} is {} than {lower} with {}.", wording::comparison(&pair.comparison), others(pair))
    };
    slower.map(sentence).collect()
}

/// The settings that both of a pair share.
fn others(pair: &HigherLevel) -> String {
    let shared =
        [Setting::OptLevel, Setting::WasmOpt, Setting::Simd].into_iter().filter(|other| *other != pair.setting);
    shared.map(|setting| level(setting, &pair.higher)).collect::<Vec<_>>().join(", ")
}
