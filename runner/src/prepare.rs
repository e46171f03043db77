//! From a plan to what can be measured: builds contenders, makes inputs, and puts both where the server serves them.

mod calibration;
mod generated;
mod header;
mod inputs;
mod judging;
mod known_answers;
mod known_differences;
mod known_ways;
mod prepared;
mod sizes;
mod start_recipe;
mod symbolized;

pub use calibration::{CALIBRATIONS, calibration, calibration_name};
pub use header::{MeasuredUnder, header, machine, now};
pub use known_answers::KnownAnswers;
pub use known_differences::known_differences;
pub use known_ways::KnownWays;
pub use prepared::{Loadable, Prepared, PreparedGroup, take_stratum};
pub use start_recipe::StartRecipe;
pub use symbolized::Symbolized;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use anyhow::Context as _;
use crossover_reports::run;
use crossover_reports::run::{Failure, Kind, Revision, Stage};

use crate::all_cores::on_all_cores;
use crate::artifact::{self, Artifact, BuildSource, Names, Recipe, Role};
use crate::environment::{Environment, Say};
use crate::plan::{Group, Plan, PlannedKernel, PlannedStratum};
use crate::protocol::{ContenderUrls, InputUrl, KnownAnswer};
use crate::server::{Body, Store};
use crate::suite::{Asset, Contender, ContenderSource, Input, InputSource, Kernel, RevisionTree, Suite, field_of};
use generated::Generator;
use judging::Judging;
use known_answers::Called;

/// Everything built and made, and what the results file says of it.
#[derive(Debug, Default)]
pub struct Ready {
    /// What the server serves.
    pub store: Store,
    /// What can be loaded.
    pub groups: Prepared,
    /// The kernels for the header.
    pub kernels: Vec<run::Kernel>,
}

/// Builds every contender and makes every input of `plan`. `say` reports whatever takes long, and nothing twice.
/// What cannot be built or made becomes a failure of its cells.
pub fn prepare(suite: &Suite, plan: &Plan, environment: &Environment, say: Say<'_>) -> Ready {
    let said = Mutex::new(BTreeSet::new());
    // What contenders are built by is the same for many.
    let say_once = |line: &str| {
        if said.lock().unwrap_or_else(PoisonError::into_inner).insert(line.to_owned()) {
            say(line);
        }
    };
    let mut ready = Ready::default();
    let generator = Generator::new(environment);
    for (index, artifacts) in build(suite, plan, &generator, environment, &say_once).into_iter().enumerate() {
        ready.add(plan, index, artifacts, &generator, environment);
    }
    ready
}

/// Builds every contender of every kernel, on all cores: cargo builds one after the other, and meanwhile others are bundled,
/// optimised and compressed.
fn build(
    suite: &Suite,
    plan: &Plan,
    generator: &Generator<'_>,
    environment: &Environment,
    say: Say<'_>,
) -> Vec<Vec<anyhow::Result<Artifact>>> {
    let recipes = plan.kernels.iter().flat_map(|PlannedKernel { kernel, contenders, .. }| {
        contenders.iter().map(move |contender| recipe(suite, kernel, contender, generator))
    });
    let built = on_all_cores(recipes.collect(), |recipe: anyhow::Result<Recipe>| {
        recipe.and_then(|recipe| artifact::build(&recipe, environment, Names::Stripped, say))
    });
    let mut built = built.into_iter();
    plan.kernels.iter().map(|planned| built.by_ref().take(planned.contenders.len()).collect()).collect()
}

/// A contender as it is served, or why it could not be built.
type Built = Result<Served, Failure>;

#[derive(Clone)]
struct Served {
    urls: ContenderUrls,
    /// SHA-256 of its files.
    sha256: String,
    found: Option<StartRecipe>,
}

impl Ready {
    fn add(
        &mut self,
        plan: &Plan,
        index: usize,
        artifacts: Vec<anyhow::Result<Artifact>>,
        generator: &Generator<'_>,
        environment: &Environment,
    ) {
        let planned = &plan.kernels[index];
        let kernel = &planned.kernel;
        let (mut built, mut records) = (Vec::new(), Vec::new());
        for (contender, artifact) in planned.contenders.iter().zip(artifacts) {
            records.push(record(kernel, contender, artifact.as_ref().ok()));
            built.push(match artifact {
                Ok(artifact) => Ok(self.serve(index, built.len(), contender, &artifact)),
                Err(error) => Err(artifact::failure(&error, Stage::Build)),
            });
        }
        let judging = Judging::prepare(planned, index, &mut self.store, environment).unwrap_or_else(|failure| {
            built.iter_mut().for_each(|built| *built = Err(failure.clone()));
            Judging::default()
        });
        for (built, own) in built.iter_mut().zip(&judging.own) {
            if let Some(Err(failure)) = own {
                *built = Err(failure.clone());
            }
        }
        let mut inputs = Vec::new();
        for (at, input) in planned.inputs.iter().enumerate() {
            let url = format!("/input/{index}/{at}");
            let loaded = inputs::load(input, |generate| generator.file(generate));
            let mut built = built.clone();
            match loaded {
                Ok(loaded) => {
                    self.store.insert(&url, "application/octet-stream", Body::plain(loaded.bytes));
                    inputs.push(loaded.record);
                }
                Err(error) => {
                    let failure = unmade(kernel, input, &error);
                    built.iter_mut().for_each(|built| *built = Err(failure.clone()));
                    inputs.push(run::Input {
                        name: input.name.clone(),
                        label: input.label.clone(),
                        kind: input.kind,
                        bytes: 0,
                        sha256: String::new(),
                        headline: input.headline,
                        payload: input.payload.clone(),
                        answer_bytes: None,
                    });
                }
            }
            let known_answer = input.known_answer.clone().map(|answer| {
                let url = format!("/answer/{index}/{at}");
                self.store.insert(&url, "application/octet-stream", Body::plain(answer.bytes));
                KnownAnswer { url, kind: answer.kind }
            });
            let normalise = judging.normalise.clone();
            let input_url = InputUrl { url, kind: input.kind, known_answer, normalise };
            for (stratum, PlannedStratum { id, .. }) in plan.strata.iter().enumerate() {
                let group = group(planned, id, &inputs[at], input_url.clone(), &judging, &built);
                self.groups.insert(Group { stratum, kernel: index, input: at }, group);
            }
        }
        self.kernels.push(run::Kernel {
            name: kernel.name.clone(),
            title: kernel.title.clone(),
            summary: kernel.summary.clone(),
            caveats: kernel.caveats.clone(),
            domain: kernel.domain.clone(),
            purpose: kernel.purpose,
            baseline: kernel.baseline.clone(),
            check: kernel.check.clone(),
            own_checks: planned
                .contenders
                .iter()
                .filter_map(|own| Some((own.name.clone(), own.check.clone()?)))
                .collect(),
            inputs,
            contenders: records,
            scenarios: kernel.scenarios.clone(),
            revisions_of: kernel.revisions_of.clone(),
            from: kernel.from.clone(),
        });
    }

    /// Puts an artifact's files into the store; where they are then.
    fn serve(&mut self, kernel: usize, at: usize, contender: &Contender, artifact: &Artifact) -> Served {
        let folder = sizes::folder(kernel, at);
        let mut urls = ContenderUrls {
            folder: folder.clone(),
            module: String::new(),
            wasm: None,
            assets: BTreeMap::new(),
            fetched: Vec::new(),
            beside: BTreeMap::new(),
            way: contender.source.way().unwrap_or_default(),
            entry: contender.export.clone(),
            in_place: contender.in_place,
            needs: artifact.needs(),
        };
        for file in &artifact.files {
            let url = format!("{folder}{}", file.name);
            self.store.insert(&url, file.mime, Body::plain(file.bytes.clone()));
            match &file.role {
                Role::Module => urls.module = url,
                Role::Wasm => urls.wasm = Some(url),
                Role::Asset(name) => {
                    urls.assets.insert(name.clone(), url);
                }
                Role::Fetched => urls.fetched.push(url),
                Role::Beside(name) => {
                    urls.fetched.push(url.clone());
                    urls.beside.insert(name.clone(), url);
                }
            }
        }
        // What it may fetch is not what it does.
        let is_known = contender.source.way().is_some() && urls.beside.is_empty();
        let names = urls.fetched.iter().filter_map(|url| url.strip_prefix(&folder)).map(str::to_owned).collect();
        let found = is_known.then(|| StartRecipe { way: urls.way.clone(), fetched: names });
        Served { urls, sha256: artifact.sha256(), found }
    }
}

/// A contender as the results file has it, built or not.
fn record(kernel: &Kernel, contender: &Contender, artifact: Option<&Artifact>) -> run::Contender {
    // What a base revision has is built from a tree of its own.
    let revision = if contender.tree.is_some() { Revision::Base } else { Revision::Head };
    run::Contender {
        name: contender.name.clone(),
        label: contender.label.clone(),
        link: contender.link.clone(),
        packages: contender.packages.clone(),
        kind: contender.kind,
        track: contender.track,
        build: artifact.map(|artifact| artifact.build.clone()).unwrap_or_default(),
        size_bytes: None,
        size_steps: artifact.map(|artifact| artifact.size_steps.clone()).unwrap_or_default(),
        revision: kernel.revisions_of.as_ref().map(|_| revision),
        variant: contender.variant.clone(),
        files_sha256: artifact.map(Artifact::sha256),
        imports: artifact.map(Artifact::imports).unwrap_or_default(),
    }
}

/// Why there is no input; of a generated one with its field.
fn unmade(kernel: &Kernel, input: &Input, error: &anyhow::Error) -> Failure {
    let reason = match &input.source {
        InputSource::Generated(_) => {
            format!("{}: field `input.generate` of input `{}`: {error:#}", kernel.file.display(), input.name)
        }
        InputSource::File(_) | InputSource::Given(_) => format!("{error:#}"),
    };
    Failure { stage: Stage::Build, reason }
}

fn group(
    planned: &PlannedKernel,
    stratum: &str,
    input: &run::Input,
    input_url: InputUrl,
    judging: &Judging,
    built: &[Built],
) -> PreparedGroup {
    let is_baseline = |contender: &Contender| contender.name == planned.kernel.baseline;
    // The plan always takes the baseline in.
    let baseline = planned.contenders.iter().position(is_baseline).unwrap_or(0);
    let called = |at: usize| match &built[at] {
        Ok(served) => {
            Called { files: &served.sha256, export: served.urls.entry.as_str(), in_place: served.urls.in_place }
        }
        // It has no answer to be known.
        Err(_) => Called { files: "", export: "", in_place: false },
    };
    let check = |contender: &Contender| contender.check.as_ref().unwrap_or(&planned.kernel.check).clone();
    let loadable = |(at, contender): (usize, &Contender)| Loadable {
        name: contender.name.clone(),
        source: contender.source.path().to_owned(),
        check: check(contender),
        same: judging.same(at, contender),
        urls: built[at].as_ref().map(|served| served.urls.clone()).map_err(Failure::clone),
        found: built[at].as_ref().ok().and_then(|served| served.found.clone()),
        fingerprint: known_answers::fingerprint(
            &check(contender),
            &judging.sha256,
            input,
            called(baseline),
            called(at),
        ),
        answer_sha256: None,
        note: None,
    };
    PreparedGroup {
        stratum: stratum.to_owned(),
        kernel: planned.kernel.name.clone(),
        input: input.name.clone(),
        input_url,
        baseline,
        contenders: planned.contenders.iter().enumerate().map(loadable).collect(),
        reference: None,
    }
}

fn recipe(suite: &Suite, kernel: &Kernel, contender: &Contender, generator: &Generator<'_>) -> anyhow::Result<Recipe> {
    let own = || RevisionTree {
        root: suite.root.clone(),
        cargo_profile: suite.cargo_profile.clone(),
        manifest: kernel.file.clone(),
        assets: kernel.assets.clone(),
    };
    let RevisionTree { root, cargo_profile, manifest, assets } = contender.tree.as_deref().cloned().unwrap_or_else(own);
    let source = match &contender.source {
        ContenderSource::Module(path) => BuildSource::Module { path: path.clone() },
        ContenderSource::Package(target) => {
            BuildSource::Package { target: target.clone(), starts: contender.kind == Kind::Wasm }
        }
        ContenderSource::Whole(target) => BuildSource::Whole { target: target.clone() },
        ContenderSource::Handed(path) => BuildSource::Handed { path: path.clone() },
        ContenderSource::Foreign(path) => BuildSource::Foreign { path: path.clone() },
        ContenderSource::Crate(build) => BuildSource::Crate {
            dir: build.folder.clone(),
            features: build.features.clone(),
            target_features: build.target_features.clone(),
            needs: contender.needs.clone(),
            wasm_opt: build.wasm_opt,
            cargo_profile,
            opt_level: build.opt_level,
        },
    };
    let asset = |(name, asset): (String, Asset)| {
        let asset = match asset {
            Asset::File(path) => artifact::ShippedAsset::File(path),
            Asset::Generated(generate) => artifact::ShippedAsset::Generated(
                generator.file(&generate).with_context(|| field_of(&manifest, &format!("asset.{name}.generate")))?,
            ),
        };
        Ok((name, asset))
    };
    Ok(Recipe {
        kernel: kernel.name.clone(),
        contender: contender.name.clone(),
        source,
        export: contender.export.clone(),
        assets: assets.into_iter().map(asset).collect::<anyhow::Result<_>>()?,
        root,
        manifest,
    })
}

/// Whether any planned contender is built from a crate.
#[must_use]
pub fn wants_wasm(plan: &Plan) -> bool {
    plan.kernels
        .iter()
        .flat_map(|planned| &planned.contenders)
        .any(|contender| matches!(contender.source, ContenderSource::Crate(_)))
}
