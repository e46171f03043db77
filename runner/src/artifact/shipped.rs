//! The files that a contender ships as, and the role of each.

use crossover_reports::run::SizeStep;
use serde::{Deserialize, Serialize};

use super::imports::imports;
use super::inputs::sha256;
use super::needs::needs;
use crate::protocol::Need;

/// A contender, built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// What ships. The module comes first.
    pub files: Vec<ShippedFile>,
    /// How it was built, one line per tool, for a person.
    pub build: Vec<String>,
    /// Its `.wasm` file alone after each step of its build; empty where there is none.
    pub size_steps: Vec<SizeStep>,
    /// Whether it was built already.
    pub from_cache: bool,
}

/// Where an artifact comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It was built now.
    Built,
    /// It was built earlier.
    Cache,
}

/// One file that ships.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShippedFile {
    /// Its name: ASCII letters, digits, `-`, `_` and dots; no other file of the artifact has it.
    pub name: String,
    /// Its content type.
    pub mime: &'static str,
    /// As built.
    pub bytes: Vec<u8>,
    /// What it is for.
    pub role: Role,
}

/// What a file is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// The ES module that is imported.
    Module,
    /// The Wasm module that its default export is given.
    Wasm,
    /// Handed to `setup` by this name.
    Asset(String),
    /// The module fetches it itself, from beside it.
    Fetched,
    /// A file that the module may fetch by this name, and may work without.
    Beside(String),
}

impl Artifact {
    /// Puts files together.
    #[must_use]
    pub fn new(files: Vec<ShippedFile>, build: Vec<String>, size_steps: Vec<SizeStep>, origin: Origin) -> Self {
        Self { files, build, size_steps, from_cache: origin == Origin::Cache }
    }

    /// SHA-256 of all that ships: what files are for, and their contents. Their names are ours.
    #[must_use]
    pub fn sha256(&self) -> String {
        let line = |file: &ShippedFile| format!("{:?} {}\n", file.role, sha256(&file.bytes));
        sha256(self.files.iter().map(line).collect::<String>().as_bytes())
    }

    /// What its `.wasm` file imports; nothing where there is none, or it cannot be read, which the browser will report.
    #[must_use]
    pub fn imports(&self) -> Vec<String> {
        self.wasm().and_then(|bytes| imports(bytes).ok()).unwrap_or_default()
    }

    /// What its `.wasm` file needs that not every browser has; nothing where there is none.
    #[must_use]
    pub fn needs(&self) -> Vec<Need> {
        self.wasm().map(needs).unwrap_or_default()
    }

    /// Its `.wasm` file; `None` where there is none, or several, of which the page chooses.
    #[must_use]
    pub fn wasm(&self) -> Option<&[u8]> {
        let mut all = self.files.iter().filter(|file| file.mime == WASM).map(|file| &*file.bytes);
        let first = all.next()?;
        all.all(|other| other == first).then_some(first)
    }
}

impl ShippedFile {
    /// A file.
    #[must_use]
    pub fn new(name: String, role: Role, bytes: Vec<u8>) -> Self {
        Self { mime: role.mime(&name), name, bytes, role }
    }
}

/// Browsers compile while they load only what has this type.
const WASM: &str = "application/wasm";

impl Role {
    fn mime(&self, name: &str) -> &'static str {
        match self {
            Self::Module => "text/javascript",
            Self::Wasm => WASM,
            Self::Fetched | Self::Beside(_) => match name.rsplit_once('.') {
                Some((_, "wasm")) => WASM,
                Some((_, "js" | "mjs")) => "text/javascript",
                _ => "application/octet-stream",
            },
            Self::Asset(_) => "application/octet-stream",
        }
    }
}
