//! A browser that is updated in the middle of a run: what is complete stays, and nothing is measured with the other one.

use std::time::Duration;

use super::{Scene, Work, prepared, scene};
use crate::measure::verify::verify;
use crate::plan::Preset;
use crate::runtime::fake::{Behaviour, FakeLauncher, Fate, UPDATED, VERSION};
use crate::runtime::{DriverError, OneVersion, RuntimeId};
use crate::server::{Server, Store};

const CONTENDERS: [(&str, Behaviour); 2] = [("js", Behaviour::Takes(1e6)), ("wasm", Behaviour::Takes(1e5))];

fn is_of_the_update(error: &anyhow::Error) -> bool {
    let update =
        DriverError::OtherVersion { runtime: RuntimeId::Fake, was: VERSION.to_owned(), is: UPDATED.to_owned() };
    error.downcast_ref() == Some(&update)
}

#[test]
fn blocks_end_with_what_is_complete() {
    // In the third block, and where the second one needs another browser in its middle.
    for (fates, blocks) in
        [([Fate::Lives, Fate::Lives, Fate::IsUpdated], 2), ([Fate::Lives, Fate::DiesAt(3), Fate::IsUpdated], 1)]
    {
        let scene = Scene { fates: &fates, ..scene(&CONTENDERS, Preset::Quick) };
        let (outcome, rows, launched) = scene.outcome(Work::Blocks, prepared(&CONTENDERS));
        assert!(is_of_the_update(&outcome.unwrap_err()));
        assert_eq!((rows.len(), launched), (blocks * CONTENDERS.len(), 3));
        for row in rows {
            let version = row.conditions.and_then(|conditions| conditions.runtime_version);
            assert_eq!(version.as_deref(), Some(VERSION));
        }
    }
}

#[test]
fn sessions_end_with_what_is_complete() {
    // The first contender hangs in its sessions and costs three browsers.
    let contenders = [("js", Behaviour::HangsInSession), ("wasm", Behaviour::Takes(1e5))];
    let fates = [Fate::Lives, Fate::Lives, Fate::Lives, Fate::IsUpdated];
    let (complete, launched) = scene(&contenders, Preset::Standard).work(Work::Sessions, prepared(&contenders));
    let scene = Scene { fates: &fates[4 - launched as usize..], ..scene(&contenders, Preset::Standard) };
    let (outcome, rows, _) = scene.outcome(Work::Sessions, prepared(&contenders));
    assert!(is_of_the_update(&outcome.unwrap_err()));
    assert_eq!((complete.len(), rows.len()), (2, 1));
}

#[test]
fn no_answer_is_checked_with_another_browser() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut prepared = prepared(&CONTENDERS);
    for contender in prepared.values_mut().flat_map(|group| &mut group.contenders) {
        contender.answer_sha256 = None;
    }
    let launcher =
        OneVersion::new(Box::new(FakeLauncher::new(&CONTENDERS, &[Fate::IsUpdated])), RuntimeId::Fake, VERSION);
    let error = runtime.block_on(async {
        let server = Server::start(Store::default()).await.unwrap();
        verify(&launcher, &server, &mut prepared, Duration::from_secs(1), |_, _| {}).await.unwrap_err()
    });
    assert!(is_of_the_update(&error.into()));
    assert!(prepared.values().all(|group| group.live().len() == CONTENDERS.len()), "no contender is blamed");
}
