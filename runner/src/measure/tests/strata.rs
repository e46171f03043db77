//! Several runtimes in one run: each is measured as if it were alone, and they take turns.

use std::time::Duration;

use crossover_reports::run::Row;

use super::{Scene, prepared, scene};
use crate::plan::Preset;
use crate::runtime::fake::Behaviour;

/// Settled at the first look.
const CLEAR: [(&str, Behaviour); 2] = [("js", Behaviour::Takes(1e6)), ("wasm", Behaviour::Takes(1e5))];
/// Open to the end.
const OPEN: [(&str, Behaviour); 2] = [("js", Behaviour::Takes(1e6)), ("wasm", Behaviour::Wavers(5e5, 2e6))];

fn blocks(rows: &[Row], stratum: &str) -> Vec<u32> {
    let of = |row: &&Row| row.cell.stratum == stratum && row.cell.contender == "js";
    rows.iter().filter(of).map(|row| row.block).collect()
}

#[test]
fn a_kernel_that_is_decided_in_one_runtime_goes_on_in_the_others() {
    let alone = scene(&CLEAR, Preset::Standard).run(prepared(&CLEAR)).0;
    let (rows, _) = Scene { elsewhere: Some(&OPEN), ..scene(&CLEAR, Preset::Standard) }.run(prepared(&CLEAR));
    assert_eq!(blocks(&rows, "chromium"), (0..6).collect::<Vec<_>>());
    assert_eq!(blocks(&rows, "fake"), (0..20).collect::<Vec<_>>());
    // The order of contenders in its rounds, and so all that it measures, is what it is without another runtime.
    let beside: Vec<_> = rows.iter().filter(|row| row.cell.stratum == "chromium").map(|row| &row.cell).collect();
    assert_eq!(beside, alone.iter().map(|row| &row.cell).collect::<Vec<_>>());
}

#[test]
fn runtimes_take_turns_within_each_block_in_an_order_of_the_seed() {
    let (rows, _) = Scene { elsewhere: Some(&CLEAR), ..scene(&CLEAR, Preset::Quick) }.run(prepared(&CLEAR));
    let turns: Vec<(u32, &str)> = rows
        .chunk_by(|a, b| a.cell.stratum == b.cell.stratum && a.block == b.block)
        .map(|turn| (turn[0].block, turn[0].cell.stratum.as_str()))
        .collect();
    assert_eq!(turns.len(), 12, "{turns:?}");
    assert!(turns.chunks(2).all(|pair| pair[0].0 == pair[1].0 && pair[0].1 != pair[1].1), "{turns:?}");
    let first: Vec<_> = turns.chunks(2).map(|pair| pair[0].1).collect();
    assert!(first.contains(&"chromium") && first.contains(&"fake"), "none is always the first: {first:?}");
}

#[test]
fn sessions_are_watched_in_every_runtime() {
    let (rows, _) = Scene { elsewhere: Some(&CLEAR), ..scene(&CLEAR, Preset::Standard) }
        .work(super::Work::Sessions, prepared(&CLEAR));
    let cells: Vec<_> = rows.iter().map(|row| (row.cell.stratum.as_str(), row.cell.contender.as_str())).collect();
    assert_eq!(cells, [("chromium", "js"), ("chromium", "wasm"), ("fake", "js"), ("fake", "wasm")]);
}

#[test]
fn every_runtime_has_its_share_of_the_budget() {
    // No time for anything: no stratum is measured at the cost of another.
    let budget = Some(Duration::from_nanos(2));
    let (rows, _) = Scene { elsewhere: Some(&CLEAR), budget, ..scene(&CLEAR, Preset::Quick) }.run(prepared(&CLEAR));
    assert_eq!(blocks(&rows, "chromium").len(), blocks(&rows, "fake").len(), "{rows:?}");
}
