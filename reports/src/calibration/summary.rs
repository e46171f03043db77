//! A calibration as a table for a terminal.

use std::fmt::Write as _;

use super::{Calibration, Identical, Injected, POWER, Tally};

/// Width of the rows' names and of a column.
const NAME: usize = 28;
const COLUMN: usize = 18;

/// The table, followed by its findings in sentences.
pub fn text(calibration: &Calibration) -> String {
    let Calibration { preset, sessions, stratum, machine, all, by_kind, .. } = calibration;
    let columns = [&by_kind.js, &by_kind.wasm, all];
    let mut out = format!(
        "Calibration of {} {} on {} ({} cores), preset {preset}, {sessions} {}\n\n",
        stratum.runtime.id,
        stratum.runtime.version,
        machine.cpu,
        machine.cores,
        if *sessions == 1 { "session" } else { "sessions" },
    );
    row(&mut out, "", &["js", "wasm", "together"].map(str::to_owned));
    let mut rows = |name: &str, cell: &dyn Fn(&Tally) -> String| row(&mut out, name, &columns.map(cell));
    rows("identical code", &|tally| tally.aa.comparisons.to_string());
    rows("  called different", &|tally| of(tally.aa.different, tally.aa.comparisons));
    rows("  faster, slower", &|tally| format!("{}, {}", tally.aa.faster, tally.aa.slower));
    rows("  ratio below, above 1", &|tally| format!("{}, {}", tally.aa.below_1, tally.aa.above_1));
    rows("  median ratio", &|tally| ratio(tally.aa.median_ratio));
    for (at, injected) in all.injected.iter().enumerate() {
        rows(&format!("{} % more work", injected.percent), &|tally| tally.injected[at].comparisons.to_string());
        rows("  found", &|tally| of(tally.injected[at].detected, tally.injected[at].comparisons));
        rows("  wrong sign", &|tally| tally.injected[at].wrong_sign.to_string());
        rows("  median ratio", &|tally| ratio(tally.injected[at].median_ratio));
    }
    rows("interval holds the truth", &|tally| {
        let covered = tally.aa.covered + tally.injected.iter().map(|injected| injected.covered).sum::<u32>();
        of(covered, tally.aa.comparisons + tally.injected.iter().map(|injected| injected.comparisons).sum::<u32>())
    });
    rows("blocks per comparison", &|tally| figure(tally.blocks, |blocks| format!("{blocks}")));
    rows("spread between blocks", &|tally| figure(tally.block_spread_percent, percent));
    rows("smallest difference", &|tally| figure(tally.smallest_difference_percent, percent));
    out.push('\n');
    sentences(&mut out, all, preset);
    out
}

fn sentences(out: &mut String, all: &Tally, preset: &str) {
    let Identical { different, comparisons, different_rate_ci, below_1, above_1, sign_p, .. } = &all.aa;
    // Writing to a string cannot fail.
    if let Some(ci) = different_rate_ci {
        let _ = writeln!(out, "False differences: {}, {}.", of(*different, *comparisons), rate(*ci));
    }
    if let Some(p) = sign_p {
        let _ = writeln!(
            out,
            "Sign symmetry: {below_1} ratios below 1 and {above_1} above; chance splits them so unevenly with p = {p:.2}."
        );
    }
    for Injected { percent, detected, comparisons, detected_rate_ci, .. } in &all.injected {
        if let Some(ci) = detected_rate_ci {
            let _ = writeln!(out, "{percent} % more work: found in {}, {}.", of(*detected, *comparisons), rate(*ci));
        }
    }
    if let Some(smallest) = all.smallest_difference_percent {
        let _ = writeln!(
            out,
            "Smallest difference detected at preset {preset} with {:.0} % probability: {}.",
            POWER * 100.0,
            percent(smallest)
        );
    }
}

fn row(out: &mut String, name: &str, cells: &[String; 3]) {
    let _ = write!(out, "{name:NAME$}");
    for cell in cells {
        let _ = write!(out, "{cell:>COLUMN$}");
    }
    out.push('\n');
}

fn of(count: u32, total: u32) -> String {
    match total {
        0 => figure(None, percent),
        _ => format!("{count} of {total} ({:.0} %)", 100.0 * f64::from(count) / f64::from(total)),
    }
}

fn rate([low, high]: [f64; 2]) -> String {
    format!("95 % interval {:.0} to {:.0} %", low * 100.0, high * 100.0)
}

fn ratio(ratio: Option<f64>) -> String {
    figure(ratio, |ratio| format!("{ratio:.4}"))
}

fn percent(percent: f64) -> String {
    format!("{percent:.2} %")
}

fn figure(figure: Option<f64>, text: impl Fn(f64) -> String) -> String {
    figure.map_or_else(|| "–".to_owned(), text)
}
