//! What is ready to be measured: artifacts and inputs as the server offers them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crossover_reports::run::{Cell, Check, Failure};

use super::start_recipe::StartRecipe;
use crate::plan::Group;
use crate::protocol::{ContenderUrls, Init, InputUrl, UserFunction};

/// Every group of a plan, ready to be loaded.
pub type Prepared = BTreeMap<Group, PreparedGroup>;

/// One kernel and input with its contenders, in one stratum.
#[derive(Debug, Clone)]
pub struct PreparedGroup {
    /// Id of the stratum.
    pub stratum: String,
    /// Kernel's name.
    pub kernel: String,
    /// Input's name.
    pub input: String,
    /// Where the input is served.
    pub input_url: InputUrl,
    /// Index of the baseline.
    pub baseline: usize,
    /// Contenders in the plan's order.
    pub contenders: Vec<Loadable>,
    /// The contender that the others' answers were compared with, where the baseline gave none.
    pub reference: Option<usize>,
}

/// A contender that can be loaded, or the reason why it is not (any more).
#[derive(Debug, Clone)]
pub struct Loadable {
    /// Name.
    pub name: String,
    /// The file or folder that it is built from.
    pub source: PathBuf,
    /// How its answer is compared with the baseline's.
    pub check: Check,
    /// What compares them, where that is a function of the user's.
    pub same: Option<UserFunction>,
    /// What is served of it, or why it is not measured (any more).
    pub urls: Result<ContenderUrls, Failure>,
    /// How it is started, once that is known; of what is started as its manifest says it always is.
    pub found: Option<StartRecipe>,
    /// SHA-256 of all that decides whether its answer is right: its files, the baseline's, the input and the check.
    pub fingerprint: String,
    /// Kind and SHA-256 of its answer, once that is known to be right.
    pub answer_sha256: Option<String>,
    /// What was taken as equal in that answer although a program could distinguish it from the baseline's; in words.
    pub note: Option<String>,
}

impl Loadable {
    /// From now on it is started in this way.
    pub fn take(&mut self, found: StartRecipe) {
        if let Ok(urls) = &mut self.urls {
            urls.way = found.way.clone();
            urls.fetched.retain(|url| found.fetched.iter().any(|name| *url == format!("{}{name}", urls.folder)));
        }
        self.found = Some(found);
    }

    /// Paths of the files that ship of it: those that it was seen to fetch; `None` as long as that is not known.
    #[must_use]
    pub fn shipped(&self) -> Option<impl Iterator<Item = &String>> {
        let urls = self.urls.as_ref().ok().filter(|_| self.found.is_some())?;
        let handed = urls.wasm.iter().filter(|_| urls.way.init == Init::Handed);
        Some([&urls.module].into_iter().chain(handed).chain(urls.assets.values()).chain(&urls.fetched))
    }
}

impl PreparedGroup {
    /// The cell of one contender.
    #[must_use]
    pub fn cell(&self, contender: usize) -> Cell {
        Cell {
            kernel: self.kernel.clone(),
            input: self.input.clone(),
            contender: self.contenders[contender].name.clone(),
            stratum: self.stratum.clone(),
        }
    }

    /// Whether all live contenders' answers are known to be right.
    #[must_use]
    pub fn is_checked(&self) -> bool {
        self.live().into_iter().all(|at| self.contenders[at].answer_sha256.is_some())
    }

    /// Live contenders: those that can still be measured.
    #[must_use]
    pub fn live(&self) -> Vec<usize> {
        (0..self.contenders.len()).filter(|index| self.contenders[*index].urls.is_ok()).collect()
    }

    /// Notes on the answers of the live contenders, in words.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let said = |at| {
            let Loadable { name, note, .. } = &self.contenders[at];
            note.as_ref().map(|note| format!("{} {} {name}: {note}", self.kernel, self.input))
        };
        self.live().into_iter().filter_map(said).collect()
    }

    /// A note on the reference answer, where it is not the baseline's; else empty.
    #[must_use]
    pub fn reference_note(&self) -> String {
        self.reference.map_or_else(String::new, |reference| {
            let [baseline, reference] = [self.baseline, reference].map(|at| &self.contenders[at].name);
            format!(": the baseline `{baseline}` gave no answer, so that of `{reference}` is the reference")
        })
    }

    /// Takes a contender out of the run for good.
    pub fn fail(&mut self, contender: usize, failure: Failure) {
        self.contenders[contender].urls = Err(failure);
    }
}

/// Takes the groups of a stratum out.
#[must_use]
pub fn take_stratum(groups: &mut Prepared, stratum: usize) -> Prepared {
    groups.extract_if(.., |group, _| group.stratum == stratum).collect()
}

#[cfg(test)]
use crate::{call_path::CallPath, protocol::Way};

#[cfg(test)]
impl PreparedGroup {
    /// A group of contenders with these names, the first of them the baseline, none checked yet.
    pub fn example(names: &[&str]) -> Self {
        let loadable = |name: &&str| Loadable {
            name: (*name).to_owned(),
            source: PathBuf::from(*name),
            check: Check::Exact,
            same: None,
            urls: Ok(ContenderUrls {
                folder: String::new(),
                module: (*name).to_owned(),
                wasm: None,
                assets: BTreeMap::new(),
                fetched: Vec::new(),
                beside: BTreeMap::new(),
                way: Way::default(),
                entry: CallPath::export("run"),
                in_place: false,
                needs: Vec::new(),
            }),
            found: Some(StartRecipe::default()),
            fingerprint: format!("fingerprint-of-{name}"),
            answer_sha256: None,
            note: None,
        };
        Self {
            stratum: "chromium".to_owned(),
            kernel: "kernel".to_owned(),
            input: "input".to_owned(),
            input_url: InputUrl {
                url: "/input/0/0".to_owned(),
                kind: crossover_reports::run::InputKind::Bytes,
                known_answer: None,
                normalise: None,
            },
            baseline: 0,
            contenders: names.iter().map(loadable).collect(),
            reference: None,
        }
    }
}
