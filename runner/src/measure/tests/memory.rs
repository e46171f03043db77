//! What is recorded of memory, and that whatever happens in sessions takes nothing from what is timed.

use crossover_reports::run::{BlockMemory, Memory, MemoryReadings, Row, RowOutcome, Sessions, Stopped};

use super::{BLOCKS, Scene, Work, prepared, sampled, scene};
use crate::plan::Preset;
use crate::runtime::fake::{Behaviour, EMPTY_PAGE_BYTES, Fate};

const USUAL: Behaviour = Behaviour::Takes(1e6);

fn empty() -> Memory {
    Memory { js_heap: Some(EMPTY_PAGE_BYTES), buffers: None, linear: None }
}

/// Watches the sessions of the contenders; the rows, and how many browsers it took.
fn watch(scene: &Scene<'_>) -> (Vec<Row>, u32) {
    scene.work(Work::Sessions, prepared(scene.contenders))
}

fn sessions<'a>(rows: &'a [Row], contender: &str) -> &'a Sessions {
    let of = |row: &'a Row| match &row.outcome {
        RowOutcome::Sessions(sessions) if row.cell.contender == contender => Some(&**sessions),
        _ => None,
    };
    rows.iter().find_map(of).unwrap_or_else(|| panic!("no sessions of {contender} in {rows:?}"))
}

fn heaps(series: &MemoryReadings) -> Vec<u64> {
    series.memory.iter().map(|memory| memory.js_heap.unwrap() - EMPTY_PAGE_BYTES).collect()
}

#[test]
fn every_block_tells_what_its_pages_hold() {
    let (rows, _) = super::run(&[("js", USUAL), ("wasm", USUAL)], &[]);
    for row in rows {
        let RowOutcome::Samples(samples) = row.outcome else { panic!("{row:?}") };
        assert_eq!(samples.memory, Some(BlockMemory { empty: empty(), end: empty() }));
    }
}

#[test]
fn sessions_are_had_with_and_without_release_and_at_once() {
    let contenders = [("js", USUAL), ("wasm", Behaviour::Keeps(1000))];
    let (rows, launched) = watch(&scene(&contenders, Preset::Standard));
    assert_eq!((rows.len(), launched), (2, 1));
    let wasm = sessions(&rows, "wasm");
    assert_eq!(heaps(&wasm.kept), (0..=50).map(|session| session * 1000).collect::<Vec<_>>());
    assert_eq!(heaps(wasm.released.as_ref().unwrap()), [0; 51]);
    assert_eq!(heaps(&wasm.at_once), (0..=8).map(|session| session * 1000).collect::<Vec<_>>());
    assert!(wasm.series().all(|series| series.stopped.is_none()));
    let js = sessions(&rows, "js");
    assert_eq!((heaps(&js.kept), &js.released), (vec![0; 51], &None), "it has nothing to release");
}

#[test]
fn quick_has_no_sessions() {
    let (rows, launched) = watch(&scene(&[("js", USUAL)], Preset::Quick));
    assert_eq!((rows, launched), (Vec::new(), 0));
}

#[test]
fn what_throws_or_hangs_in_a_session_ends_its_own_series_alone() {
    let contenders = [("js", USUAL), ("throws", Behaviour::ThrowsInSession), ("hangs", Behaviour::HangsInSession)];
    let (rows, launched) = watch(&scene(&contenders, Preset::Standard));
    // The first page that hangs takes its browser along, which all before it had shared.
    assert_eq!((rows.len(), launched), (3, 2));
    assert_eq!(heaps(&sessions(&rows, "js").kept).len(), 51);
    for (contender, reason) in [("throws", "Error: no"), ("hangs", "no answer within")] {
        let Sessions { kept, at_once, .. } = sessions(&rows, contender);
        for series in [kept, at_once] {
            let Some(Stopped::Failure(failure)) = &series.stopped else { panic!("{series:?}") };
            assert!(failure.starts_with(reason), "{failure}");
            assert_eq!(heaps(series), [0; 4], "three sessions and the page before them");
        }
    }
}

#[test]
fn a_browser_that_cannot_be_launched_costs_a_series() {
    let contenders = [("js", USUAL)];
    let scene = Scene { fates: &[Fate::NotLaunched], ..scene(&contenders, Preset::Standard) };
    let (rows, launched) = watch(&scene);
    let Sessions { kept, at_once, .. } = sessions(&rows, "js");
    assert_eq!((launched, kept.memory.len(), at_once.memory.len()), (2, 0, 9));
    assert_eq!(kept.stopped, Some(Stopped::Failure("the browser did not start".to_owned())));
}

#[test]
fn sessions_of_an_earlier_part_are_not_had_again_and_are_no_block() {
    let contenders = [("js", USUAL), ("wasm", Behaviour::Takes(1e5))];
    let (rows, _) = watch(&scene(&contenders, Preset::Standard));
    let one = Scene { earlier: rows[..1].to_vec(), ..scene(&contenders, Preset::Standard) };
    assert_eq!(watch(&one).0, rows[1..]);
    let all = Scene { earlier: rows, ..scene(&contenders, Preset::Quick) };
    let (blocks, launched) = all.run(prepared(&contenders));
    assert_eq!((sampled(&blocks, "js"), sampled(&blocks, "wasm"), launched), (6, 6, BLOCKS));
}
