//! A contender built once more, with the names of its functions, beside the one that ships.

use std::collections::HashMap;

use anyhow::Context as _;
use crossover_reports::run::{Failure, Stage};

use super::generated::Generator;
use super::{Ready, recipe};
use crate::artifact::{self, Names, function_names, same_code};
use crate::environment::{Environment, Say};
use crate::plan::PlannedKernel;
use crate::protocol::ContenderUrls;
use crate::suite::{Contender, Suite};

/// A contender with names.
#[derive(Debug, Clone)]
pub struct Symbolized {
    /// Where it is served.
    pub urls: ContenderUrls,
    /// The text of its module.
    pub module: String,
    /// The names of its Wasm's functions, by their numbers.
    pub functions: HashMap<u32, String>,
    /// Whether its Wasm does the same as the one that ships, byte for byte; `None` where there is no `.wasm` file.
    pub same_code: Option<bool>,
    /// SHA-256 of all that ships.
    pub files_sha256: String,
}

impl Ready {
    /// Builds a contender of the plan's only kernel with names, and has it served.
    ///
    /// # Errors
    /// A failure of the build.
    pub fn add_symbolized(
        &mut self,
        suite: &Suite,
        planned: &PlannedKernel,
        contender: &Contender,
        environment: &Environment,
        say: Say<'_>,
    ) -> Result<Symbolized, Failure> {
        let generator = Generator::new(environment);
        let mut build = || {
            let recipe = recipe(suite, &planned.kernel, contender, &generator)?;
            let shipped = artifact::build(&recipe, environment, Names::Stripped, say)?;
            let named = artifact::build(&recipe, environment, Names::Kept, say)?;
            let wasm = shipped.wasm().zip(named.wasm());
            let same_code = wasm.map(|(shipped, named)| same_code(shipped, named)).transpose()?;
            // The module comes first.
            let module = named.files.first().context("the contender has no module")?;
            Ok(Symbolized {
                module: String::from_utf8_lossy(&module.bytes).into_owned(),
                functions: named.wasm().map(function_names).unwrap_or_default(),
                same_code,
                files_sha256: shipped.sha256(),
                // A place that none of the plan's contenders has.
                urls: self.serve(0, planned.contenders.len(), contender, &named).urls,
            })
        };
        build().map_err(|error| artifact::failure(&error, Stage::Build))
    }
}
