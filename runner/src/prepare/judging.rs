//! The user's own functions that judge answers, served to the page.

use anyhow::Context as _;
use crossover_reports::run::{Failure, Stage};
use sha2::{Digest as _, Sha256};

use crate::artifact;
use crate::environment::Environment;
use crate::protocol::{Normalise, UserFunction};
use crate::server::{Body, Store};
use crate::suite::{Function, Kernel, Normaliser};

/// What judges the answers of a kernel beside its check.
#[derive(Debug, Clone, Default)]
pub struct Judging {
    /// What is done with answers before they are compared.
    pub normalise: Option<Normalise>,
    /// What compares two of them.
    pub same: Option<UserFunction>,
    /// SHA-256 of all that: other functions judge in another way.
    pub sha256: String,
}

impl Judging {
    /// Bundles what the kernel at `index` names, and puts it into the store.
    ///
    /// # Errors
    /// As a failure of all that are judged by it.
    pub fn prepare(
        kernel: &Kernel,
        index: usize,
        store: &mut Store,
        environment: &Environment,
    ) -> Result<Self, Failure> {
        let mut all = String::new();
        let mut serve = |flag: &'static str, function: &Function| {
            let module = artifact::function(environment, &function.file, &function.export)
                .with_context(|| format!("{flag} {}", function.file.display()))
                .map_err(|error| Failure { stage: Stage::Build, reason: format!("{error:#}") })?;
            all.push_str(&crate::hex(&Sha256::digest(&module)));
            let url = format!("/judge/{index}/{}.js", flag.trim_start_matches('-'));
            store.insert(&url, "text/javascript", Body::plain(module));
            Ok(UserFunction { module: url, entry: function.export.root().to_owned(), flag })
        };
        let normalise = match &kernel.judge.normalise {
            None => None,
            Some(Normaliser::Html) => Some(Normalise::BuiltIn { built_in: "html" }),
            Some(Normaliser::HtmlText) => Some(Normalise::BuiltIn { built_in: "html-text" }),
            Some(Normaliser::User(function)) => Some(Normalise::User(serve("--normalize", function)?)),
        };
        let same = kernel.judge.same.as_ref().map(|function| serve("--same", function)).transpose()?;
        let sha256 = crate::hex(&Sha256::digest(format!("{all}{normalise:?}{same:?}")));
        Ok(Self { normalise, same, sha256 })
    }
}
