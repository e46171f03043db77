//! Answers that an earlier run found right. A contender with the same files, the same baseline and the same input
//! need not be checked again before it is timed; each cold start still compares its answer with the one that was right.
//! Notes on an answer are shown again.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use crossover_reports::run::{Check, Input, Runtime};
use sha2::{Digest as _, Sha256};

use super::{Prepared, PreparedGroup};

/// Raise it whenever the page or the comparison judges answers differently.
const CHECK_VERSION: u32 = 3;

/// The code of a contender: the SHA-256 of all of its files, and the export that is called.
#[derive(Debug, Clone, Copy)]
pub struct Called<'a> {
    /// SHA-256.
    pub files: &'a str,
    /// Several contenders may ship the same files, and differ in this alone.
    pub export: &'a str,
    /// Whether its changed argument is its answer.
    pub in_place: bool,
}

/// What decides whether a contender's answer is right, as one SHA-256: the check, the user's own functions that judge it, as
/// their SHA-256, the input, the baseline and itself.
#[must_use]
pub fn fingerprint(check: &Check, judging: &str, input: &Input, baseline: Called<'_>, contender: Called<'_>) -> String {
    let Input { sha256, kind, .. } = input;
    let [baseline, contender] =
        [baseline, contender].map(|Called { files, export, in_place }| format!("{files} {export} {in_place}"));
    let all = format!("{CHECK_VERSION} {check:?} {judging} {kind:?} {sha256} {baseline} {contender}");
    crate::hex(&Sha256::digest(all))
}

/// A folder for each stratum with a file per right answer: named after the fingerprint, with the answer's kind and SHA-256,
/// and what was said of it.
pub struct KnownAnswers {
    folders: Vec<PathBuf>,
}

impl KnownAnswers {
    /// Those kept in `own`, the folder that is this project's own, for one version of each runtime.
    #[must_use]
    pub fn of<'a>(own: &Path, runtimes: impl IntoIterator<Item = &'a Runtime>) -> Self {
        Self { folders: runtimes.into_iter().map(|runtime| folder(&own.join("answers"), runtime)).collect() }
    }

    /// Fills in the answers of every group whose answers are all known.
    pub fn recall(&self, prepared: &mut Prepared) {
        for (at, group) in prepared {
            let folder = &self.folders[at.stratum];
            let live = group.live();
            let known =
                live.iter().map(|at| answer(folder, &group.contenders[*at].fingerprint)).collect::<Option<Vec<_>>>();
            for (at, Known { sha256, note }) in live.into_iter().zip(known.unwrap_or_default()) {
                group.contenders[at].answer_sha256 = Some(sha256);
                group.contenders[at].note = note;
            }
        }
    }

    /// Keeps the answers that were found right.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn keep(&self, prepared: &Prepared) -> anyhow::Result<()> {
        for (at, group) in prepared {
            let folder = &self.folders[at.stratum];
            let context = || format!("{}: the answers found right cannot be kept", folder.display());
            fs::create_dir_all(folder).with_context(context)?;
            for (fingerprint, known) in right(group).filter(|(fingerprint, _)| answer(folder, fingerprint).is_none()) {
                // Written whole or not at all, even if another process writes the same.
                let new = folder.join(format!("{fingerprint}.{}", std::process::id()));
                fs::write(&new, known.text()).with_context(context)?;
                fs::rename(&new, folder.join(fingerprint)).with_context(context)?;
            }
        }
        Ok(())
    }
}

fn answer(folder: &Path, fingerprint: &str) -> Option<Known> {
    fs::read_to_string(folder.join(fingerprint)).ok().map(|text| Known::of(&text))
}

/// Where `kept` has what is known of one version of a runtime.
pub fn folder(kept: &Path, runtime: &Runtime) -> PathBuf {
    kept.join(crate::hex(&Sha256::digest(format!("{} {}", runtime.id, runtime.version))))
}

/// An answer that was found right.
struct Known {
    /// Kind and SHA-256.
    sha256: String,
    /// A note on it.
    note: Option<String>,
}

impl Known {
    /// The note follows on lines of its own.
    fn of(text: &str) -> Self {
        match text.split_once('\n') {
            Some((sha256, note)) => Self { sha256: sha256.to_owned(), note: Some(note.to_owned()) },
            None => Self { sha256: text.to_owned(), note: None },
        }
    }

    fn text(&self) -> String {
        self.note.as_ref().map_or_else(|| self.sha256.clone(), |note| format!("{}\n{note}", self.sha256))
    }
}

fn right(group: &PreparedGroup) -> impl Iterator<Item = (&str, Known)> {
    let live = group.live().into_iter().map(|at| &group.contenders[at]);
    live.filter_map(|contender| {
        let (sha256, note) = (contender.answer_sha256.clone()?, contender.note.clone());
        Some((&*contender.fingerprint, Known { sha256, note }))
    })
}

#[cfg(test)]
mod tests {
    use crossover_reports::run::{Failure, Family, InputKind, Stage};

    use super::*;
    use crate::plan::Group;

    const GROUP: Group = Group { stratum: 0, kernel: 0, input: 0 };

    fn runtime(version: &str) -> Runtime {
        Runtime { id: "chromium".to_owned(), family: Family::Browser, version: version.to_owned(), flags: Vec::new() }
    }

    fn prepared(names: &[&str]) -> Prepared {
        Prepared::from([(GROUP, PreparedGroup::example(names))])
    }

    fn checked(names: &[&str]) -> Prepared {
        let mut prepared = prepared(names);
        for contender in prepared.values_mut().flat_map(|group| &mut group.contenders) {
            contender.answer_sha256 = Some(format!("bytes:{}", contender.name));
        }
        prepared
    }

    fn answers(prepared: &Prepared) -> Vec<Option<&str>> {
        prepared[&GROUP].contenders.iter().map(|contender| contender.answer_sha256.as_deref()).collect()
    }

    #[test]
    fn what_was_right_is_known_for_the_same_runtime() {
        let folder = tempfile::tempdir().unwrap();
        let mut right = checked(&["js", "wasm"]);
        right.get_mut(&GROUP).unwrap().contenders[1].note = Some("taken as equal".to_owned());
        KnownAnswers::of(folder.path(), [&runtime("156")]).keep(&right).unwrap();
        let mut again = prepared(&["js", "wasm"]);
        KnownAnswers::of(folder.path(), [&runtime("157")]).recall(&mut again);
        assert_eq!(answers(&again), [None, None]);
        KnownAnswers::of(folder.path(), [&runtime("156")]).recall(&mut again);
        assert_eq!(answers(&again), [Some("bytes:js"), Some("bytes:wasm")]);
        assert_eq!(again[&GROUP].notes(), ["kernel input wasm: taken as equal"]);
    }

    #[test]
    fn who_failed_is_not_known_and_a_group_is_known_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let known = KnownAnswers::of(folder.path(), [&runtime("156")]);
        let mut failed = checked(&["js", "wasm"]);
        let failure = Failure { stage: Stage::Verify, reason: "wrong".to_owned() };
        failed.get_mut(&GROUP).unwrap().fail(1, failure);
        known.keep(&failed).unwrap();
        let mut again = prepared(&["js", "wasm"]);
        known.recall(&mut again);
        assert_eq!(answers(&again), [None, None]);
    }

    #[test]
    fn whatever_decides_over_an_answer_changes_the_fingerprint() {
        let input = |kind, sha256: &str| {
            let sha256 = sha256.to_owned();
            Input {
                name: "input".to_owned(),
                label: None,
                kind,
                bytes: 1,
                sha256,
                headline: true,
                payload: None,
                answer_bytes: None,
            }
        };
        let bytes = input(InputKind::Bytes, "a");
        let [js, wasm, other] = ["js", "wasm", "other"].map(|files| Called { files, export: "run", in_place: false });
        let first = fingerprint(&Check::Exact, "", &bytes, js, wasm);
        let others = [
            fingerprint(&Check::Tolerance(1e-3), "", &bytes, js, wasm),
            fingerprint(&Check::Exact, "", &input(InputKind::String, "a"), js, wasm),
            fingerprint(&Check::Exact, "", &input(InputKind::Bytes, "b"), js, wasm),
            fingerprint(&Check::Exact, "a judge", &bytes, js, wasm),
            fingerprint(&Check::Exact, "", &bytes, js, Called { in_place: true, ..wasm }),
            fingerprint(&Check::Exact, "", &bytes, other, wasm),
            fingerprint(&Check::Exact, "", &bytes, js, other),
            fingerprint(&Check::Exact, "", &bytes, js, Called { export: "run_fast", ..wasm }),
            fingerprint(&Check::Exact, "", &bytes, Called { export: "run_fast", ..js }, wasm),
        ];
        assert!(others.iter().all(|other| *other != first), "{others:?}");
        assert_eq!(first, fingerprint(&Check::Exact, "", &bytes, js, wasm));
    }
}
