//! The folders that the environment is about.

use std::path::{Path, PathBuf};

use super::pinned::{Pinned, node_files, tool_files};
use super::tools::Tools;

/// Where tools are, and where what is made goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// The JavaScript tools.
    pub tools: Tools,
    /// The Node.js that set-up brings where the machine has none.
    pub node: Pinned,
    /// The checkout of crossover that is used, if one is.
    pub checkout: Option<PathBuf>,
    /// Where the compiler is asked for; a `rust-toolchain.toml` there counts.
    pub rust: PathBuf,
    /// Where builds and caches go: cargo's target folder of a checkout, else the user's cache. They are kept in `crossover/`
    /// inside of it.
    pub target: PathBuf,
}

impl Root {
    /// The folders of this repository checked out in `folder`.
    #[must_use]
    pub fn of_repository(folder: &Path) -> Self {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
        let tools = folder.join(TOOLS);
        Self {
            node: Pinned::of_checkout(tools.join("node")),
            tools: Tools::Pinned(Pinned::of_checkout(tools)),
            checkout: Some(folder.to_owned()),
            rust: folder.to_owned(),
            target: folder.join(target),
        }
    }

    /// The folders of a program on its own, with what it makes and installs in the user's folder `cache`; `tools` are those of
    /// an installation, which stays as it is.
    #[must_use]
    pub fn of_user(cache: &Path, tools: Option<Tools>) -> Self {
        let own = cache.join(OWN);
        Self {
            tools: tools.unwrap_or_else(|| Tools::Pinned(Pinned::of_cache(tool_files(), &own))),
            node: Pinned::of_cache(node_files(), &own),
            checkout: None,
            rust: PathBuf::from("."),
            target: cache.to_owned(),
        }
    }

    /// Where crossover keeps what it makes: `<target>/crossover`.
    #[must_use]
    pub fn own(&self) -> PathBuf {
        self.target.join(OWN)
    }

    /// The npm packages that the kernels of a checkout are made of; none for any other suite.
    #[must_use]
    pub fn packages_of(&self, suite: Option<&Path>) -> Option<Pinned> {
        let checkout = self.checkout.as_deref()?;
        let real = |folder: &Path| folder.canonicalize().ok();
        let is_its = suite.is_some_and(|suite| real(suite).is_some() && real(suite) == real(checkout));
        is_its.then(|| Pinned::of_checkout(checkout.join("js-baselines")))
    }
}

const OWN: &str = "crossover";

/// Where a checkout has the pinned tools.
const TOOLS: &str = "runner/tools";

/// Whether a folder is a checkout of crossover.
#[must_use]
pub fn is_checkout(folder: &Path) -> bool {
    folder.join("crossover.toml").is_file() && folder.join(TOOLS).join("package.json").is_file()
}
