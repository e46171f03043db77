//! The user's own functions that judge answers, served to the page.

use anyhow::Context as _;
use crossover_reports::run::{Check, Failure, Stage};
use sha2::{Digest as _, Sha256};

use crate::artifact;
use crate::environment::Environment;
use crate::plan::PlannedKernel;
use crate::protocol::{Normalise, UserFunction};
use crate::server::{Body, Store};
use crate::suite::{Contender, Function, Kernel, Normaliser, field_of};

/// What judges the answers of a kernel.
#[derive(Debug, Clone, Default)]
pub struct Judging {
    /// What is done with answers before they are compared.
    pub normalise: Option<Normalise>,
    /// What compares two of them.
    pub same: Option<UserFunction>,
    /// What compares those of a contender that has a check of its own, in the plan's order; or why it cannot.
    pub own: Vec<Option<Result<UserFunction, Failure>>>,
    /// SHA-256 of all that: other functions judge in another way.
    pub sha256: String,
}

impl Judging {
    /// Bundles what the kernel at `index` names, and puts it into the store.
    ///
    /// # Errors
    /// As a failure of all that are judged by it.
    pub fn prepare(
        planned: &PlannedKernel,
        index: usize,
        store: &mut Store,
        environment: &Environment,
    ) -> Result<Self, Failure> {
        let kernel = &planned.kernel;
        let mut functions = Functions { index, store, environment, all: String::new() };
        let normalise = match &kernel.judge.normalise {
            None => None,
            Some(Normaliser::Html) => Some(Normalise::BuiltIn { built_in: "html" }),
            Some(Normaliser::HtmlText) => Some(Normalise::BuiltIn { built_in: "html-text" }),
            Some(Normaliser::User(function)) => {
                let named_by = format!("--normalize {}", function.file.display());
                Some(Normalise::User(functions.serve("normalize", named_by, function)?))
            }
        };
        let same = kernel.judge.same.as_ref();
        let same = same.map(|function| functions.comparing(kernel, None, "same", function)).transpose()?;
        let mut own = Vec::new();
        for (at, contender) in planned.contenders.iter().enumerate() {
            let serve = |function| functions.comparing(kernel, Some(contender), &format!("same-{at}"), function);
            own.push(contender.same.as_ref().map(serve));
        }
        let built_in = match &normalise {
            Some(Normalise::BuiltIn { built_in }) => *built_in,
            Some(Normalise::User(_)) | None => "",
        };
        let sha256 = crate::hex(&Sha256::digest(format!("{built_in} {}", functions.all)));
        Ok(Self { normalise, same, own, sha256 })
    }

    /// What compares the answers of one contender.
    #[must_use]
    pub fn same(&self, at: usize, contender: &Contender) -> Option<UserFunction> {
        match &contender.check {
            Some(_) => self.own.get(at)?.as_ref()?.as_ref().ok().cloned(),
            None => self.same.clone(),
        }
    }
}

/// Bundles functions, and serves them.
struct Functions<'a> {
    index: usize,
    store: &'a mut Store,
    environment: &'a Environment,
    /// SHA-256 and export of each.
    all: String,
}

impl Functions<'_> {
    /// What compares answers: a function that the command line or the manifest names.
    fn comparing(
        &mut self,
        kernel: &Kernel,
        own: Option<&Contender>,
        name: &str,
        function: &Function,
    ) -> Result<UserFunction, Failure> {
        let (check, field) = match own.and_then(|own| Some((own.check.as_ref()?, &own.name))) {
            Some((check, name)) => (check, format!("contender.{name}.check")),
            None => (&kernel.check, "check".to_owned()),
        };
        let Check::Module(text) = check else {
            return self.serve(name, format!("--same {}", function.file.display()), function);
        };
        // Of a contender of another revision it is the manifest there.
        let file = own.and_then(|own| own.tree.as_deref()).map_or(&kernel.file, |tree| &tree.manifest);
        let named_by = format!("{}: `{text}`", field_of(file, &field));
        Ok(UserFunction { gets_input: true, ..self.serve(name, named_by, function)? })
    }

    fn serve(&mut self, name: &str, named_by: String, function: &Function) -> Result<UserFunction, Failure> {
        let module = artifact::function(self.environment, &function.file, &function.export)
            .with_context(|| named_by.clone())
            .map_err(|error| Failure { stage: Stage::Build, reason: format!("{error:#}") })?;
        let entry = function.export.root().to_owned();
        self.all.push_str(&format!("{} {entry} ", crate::hex(&Sha256::digest(&module))));
        let url = format!("/judge/{}/{name}.js", self.index);
        self.store.insert(&url, "text/javascript", Body::plain(module));
        Ok(UserFunction { module: url, entry, named_by, gets_input: false })
    }
}
