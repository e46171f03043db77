//! A contender as a run has it: what it is, what ships, and the names that people know it by.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Package, Revision, Size, SizeStep, Variant};

/// A contender that was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Contender {
    /// Name.
    pub name: String,
    /// What people read instead of the name, such as `Rust + SIMD` or `createImageBitmap`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// A page about it, https only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The npm packages that it is made of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packages: Vec<Package>,
    /// Its kind.
    pub kind: Kind,
    /// Its track.
    pub track: Track,
    /// Its build, for people: flags, features, levels.
    pub build: Vec<String>,
    /// Everything that ships; absent when the build failed.
    pub size_bytes: Option<Size>,
    /// The `.wasm` file alone after each step of its build, in order; empty without one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub size_steps: Vec<SizeStep>,
    /// Its revision, if the run compares revisions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<Revision>,
    /// Its build settings, if the run is a build matrix.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Variant>,
    /// SHA-256 of everything that ships, names and contents, hexadecimal; absent when the build failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files_sha256: Option<String>,
    /// Imports of its `.wasm` file, as `module.name`, without the hashes that wasm-bindgen appends to names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub imports: Vec<String>,
}

impl Contender {
    /// A contender that ships no files, so that only its kind is known.
    #[must_use]
    pub fn new(name: &str, kind: Kind, track: Track) -> Self {
        Self {
            name: name.to_owned(),
            label: None,
            link: None,
            packages: Vec::new(),
            kind,
            track,
            build: Vec::new(),
            size_bytes: None,
            size_steps: Vec::new(),
            revision: None,
            variant: None,
            files_sha256: None,
            imports: Vec::new(),
        }
    }

    /// Whether it is Wasm that people get by installing npm packages.
    #[must_use]
    pub fn is_package(&self) -> bool {
        self.kind == Kind::Wasm && !self.packages.is_empty()
    }
}

/// The longest link to a page about a contender, bytes.
const LONGEST_LINK: usize = 300;

/// Whether a text may be linked to: the https address of a page, in printable ASCII.
#[must_use]
pub fn is_link(text: &str) -> bool {
    let host = text.strip_prefix("https://").and_then(|rest| rest.split('/').next());
    text.len() <= LONGEST_LINK
        && text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"'<>\\`".contains(&byte))
        && host.is_some_and(|host| !host.is_empty() && !host.contains('@'))
}

/// Kind of a contender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// JavaScript.
    Js,
    /// WebAssembly with its glue.
    Wasm,
    /// A browser API.
    Platform,
    /// Native code, as a ceiling.
    Native,
    /// Stands in for Wasm that is not written yet: it crosses the boundary, and does no work.
    StandIn,
}

impl Kind {
    /// The name used in every file format and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Js => "js",
            Self::Wasm => "wasm",
            Self::Platform => "platform",
            Self::Native => "native",
            Self::StandIn => "stand_in",
        }
    }

    /// What people read for it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Js => "JavaScript",
            Self::Wasm => "WebAssembly",
            Self::Platform => "browser API",
            Self::Native => "native code, outside the browser",
            Self::StandIn => "placeholder that does no work",
        }
    }
}

/// Which contenders are alike enough to compare: only those of one track show the language's own effect.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Track {
    /// The library a good engineer would install.
    #[default]
    Ecosystem,
    /// The same algorithm as the others of this track, written to be as fast as possible.
    Controlled,
}

impl Track {
    /// The name used in every file format and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ecosystem => "ecosystem",
            Self::Controlled => "controlled",
        }
    }
}
