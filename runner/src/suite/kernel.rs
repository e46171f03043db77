//! One kernel, validated: code that gets one checks nothing again.

mod parts;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crossover_reports::run::{Check, InputKind, Kind, Package, Purpose, RevisionsOf, Scenario, Track, Variant};

use super::extra::Extra;
use super::generate::Generate;
use super::judge::{Function, Judge};
use super::manifest::{self, AssetToml, KernelToml, ManifestError};
use super::source::ContenderSource;
use super::texts::{read_caveats, read_title};
use crate::answer::Answer;
use crate::call_path::CallPath;
use crate::path_guard::inside;
use parts::{read_check, read_contender, read_generate, read_input, read_scenario, unique};

/// One job with its inputs and contenders.
#[derive(Debug, Clone)]
pub struct Kernel {
    /// The folder's name.
    pub name: String,
    /// The manifest.
    pub file: PathBuf,
    /// What people read instead of the name.
    pub title: Option<String>,
    /// One line that says what the kernel does.
    pub summary: String,
    /// Sentences that say where the figures can mislead.
    pub caveats: Vec<String>,
    /// Its domain, such as `image`.
    pub domain: String,
    /// Why it is measured.
    pub purpose: Purpose,
    /// The contender that the others are compared with.
    pub baseline: String,
    /// How answers are compared.
    pub check: Check,
    /// The user's functions for comparing answers.
    pub judge: Judge,
    /// At least one.
    pub inputs: Vec<Input>,
    /// Files for the contenders' `setup`, by name.
    pub assets: BTreeMap<String, Asset>,
    /// At least the baseline, in the manifest's order.
    pub contenders: Vec<Contender>,
    /// The manifest's scenarios, which may be none.
    pub scenarios: Vec<Scenario>,
    /// The contender whose two revisions this kernel compares. `None` for a kernel as its manifest has it.
    pub revisions_of: Option<RevisionsOf>,
    /// The user's function that a port would replace, as `crossover new --from` takes it. `None` for kernels of a suite.
    pub from: Option<String>,
}

/// Bytes, text or values with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Name.
    pub name: String,
    /// What people read instead of the name.
    pub label: Option<String>,
    /// What contenders get: bytes, text or a value.
    pub kind: InputKind,
    /// Where the bytes come from.
    pub source: InputSource,
    /// Whether the summary shows its results.
    pub headline: bool,
    /// What it is a size of. From several sizes of one payload, the report models the cost of crossing.
    pub payload: Option<String>,
    /// The right answer, if it is known without running the baseline.
    pub known_answer: Option<Answer>,
}

/// Where an input's bytes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputSource {
    /// A file of the suite, or one that the user named.
    File(PathBuf),
    /// The command line.
    Given(Vec<u8>),
    /// A generator.
    Generated(Generate),
}

/// Where an asset's bytes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asset {
    /// A file of the suite.
    File(PathBuf),
    /// A generator.
    Generated(Generate),
}

/// One implementation.
#[derive(Debug, Clone)]
pub struct Contender {
    /// Name.
    pub name: String,
    /// What people read instead of the name.
    pub label: Option<String>,
    /// A page about it.
    pub link: Option<String>,
    /// The npm packages that it is made of.
    pub packages: Vec<Package>,
    /// What it is.
    pub kind: Kind,
    /// Whether it is a library or the same algorithm as the others.
    pub track: Track,
    /// How its answers are compared, if not as the kernel's.
    pub check: Option<Check>,
    /// The function that compares them, if its own check is one.
    pub same: Option<Function>,
    /// The function that is called.
    pub export: CallPath,
    /// Whether a call changes its argument and the changed argument is the answer.
    pub in_place: bool,
    /// What it is built from.
    pub source: ContenderSource,
    /// What it needs beside Rust and a browser.
    pub needs: Vec<Extra>,
    /// How it was built, if it is a variant of a build matrix. `None` for a contender as its manifest has it.
    pub variant: Option<Variant>,
    /// The files that it is built from, if it is built at another revision.
    pub tree: Option<Arc<RevisionTree>>,
}

impl Contender {
    /// A contender that nothing else is known of.
    #[must_use]
    pub fn new(name: &str, kind: Kind, export: CallPath, source: ContenderSource) -> Self {
        Self {
            name: name.to_owned(),
            label: None,
            link: None,
            packages: Vec::new(),
            kind,
            track: Track::default(),
            check: None,
            same: None,
            export,
            in_place: false,
            source,
            needs: Vec::new(),
            variant: None,
            tree: None,
        }
    }
}

/// A suite at another revision: the parts that a contender is built from.
#[derive(Debug, Clone)]
pub struct RevisionTree {
    /// The suite's folder at that revision.
    pub root: PathBuf,
    /// The cargo profile of crates at that revision.
    pub cargo_profile: String,
    /// The kernel's manifest at that revision.
    pub manifest: PathBuf,
    /// Files for the contenders' `setup` at that revision, by name.
    pub assets: BTreeMap<String, Asset>,
}

impl Kernel {
    /// Reads and validates a `kernel.toml`.
    ///
    /// # Errors
    /// When it cannot be read or is invalid.
    pub fn open(root: &Path, file: &Path) -> Result<Self, ManifestError> {
        let toml: KernelToml = manifest::read(file)?;
        let error = |field: &str, message: String| ManifestError::of(file, field, message);
        let folder = file.parent().unwrap_or(root).to_owned();
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let path = |field: &str, path: &str| {
            inside(root, &folder.join(path)).map_err(|message| error(field, format!("{message:#}")))
        };

        let mut inputs = Vec::new();
        for input in toml.input {
            inputs.push(read_input(input, &error, &path)?);
        }
        unique(inputs.iter().map(|input| input.name.as_str()))
            .map_err(|twice| error("input.name", format!("two inputs are called `{twice}`; help: rename one")))?;
        unique(inputs.iter().map(|input| input.label.as_deref().unwrap_or(&input.name)))
            .map_err(|twice| error("input.label", format!("two inputs are labelled `{twice}`; help: change one")))?;
        match inputs.iter().filter(|input| input.headline).count() {
            1 => {}
            0 if inputs.len() == 1 => inputs[0].headline = true,
            0 => {
                return Err(error(
                    "input.headline",
                    "no input is the headline; help: set `headline = true` on one".to_owned(),
                ));
            }
            _ => return Err(error("input.headline", "more than one input is the headline; help: keep one".to_owned())),
        }
        let mut contenders = Vec::new();
        for (name, contender) in toml.contender {
            contenders.push(read_contender(name, contender, &error, &path)?);
        }
        unique(contenders.iter().filter_map(|contender| contender.label.as_deref()))
            .map_err(|twice| error("contender", format!("two contenders are labelled `{twice}`; help: change one")))?;
        if !contenders.iter().any(|contender| contender.name == toml.baseline) {
            let known = contenders.iter().map(|contender| contender.name.as_str());
            return Err(error("baseline", super::unknown("contender", &toml.baseline, known)));
        }
        let mut assets = BTreeMap::new();
        for (name, asset) in toml.asset {
            let field = format!("asset.{name}");
            let asset = match asset {
                AssetToml::File(file) => Asset::File(path(&field, &file)?),
                AssetToml::Generated(generate) => Asset::Generated(read_generate(generate, &field, &error, &path)?),
            };
            assets.insert(name, asset);
        }
        let (check, same) = read_check(toml.check, "check", &error, &path)?;
        let scenarios = toml.scenario.into_iter().map(|(name, scenario)| read_scenario(name, &scenario, &error));
        let scenarios = scenarios.collect::<Result<_, _>>()?;
        Ok(Self {
            name,
            file: file.to_owned(),
            title: read_title(toml.title).map_err(|message| error("title", message))?,
            summary: toml.summary,
            caveats: read_caveats(toml.caveats).map_err(|message| error("caveats", message))?,
            domain: toml.domain,
            purpose: toml.purpose,
            baseline: toml.baseline,
            check,
            judge: Judge { normalise: None, same },
            inputs,
            assets,
            contenders,
            scenarios,
            revisions_of: None,
            from: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contender_may_have_a_check_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("kernel.toml");
        std::fs::write(folder.path().join("a.js"), "export const run = (x) => x;").unwrap();
        let text = "summary = 's'\ndomain = 'd'\n[[input]]\nname = 'i'\nas = 'bytes'\n\
                    generate = { random = { seed = 1, bytes = 1 } }\n\
                    [contender.js]\nkind = 'js'\nmodule = 'a.js'\n\
                    [contender.platform]\nkind = 'platform'\nmodule = 'a.js'\ncheck = { psnr_db = 25 }\n";
        std::fs::write(&file, text).unwrap();
        let kernel = Kernel::open(folder.path(), &file).unwrap();
        assert_eq!(kernel.check, Check::Exact);
        assert_eq!(
            kernel.contenders.iter().map(|own| own.check.clone()).collect::<Vec<_>>(),
            [None, Some(Check::PsnrDb(25.0))]
        );
    }

    #[test]
    fn the_users_modules_are_files_of_the_suite() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let file = root.join("kernel.toml");
        std::fs::write(root.join("a.js"), "").unwrap();
        let open = |check: &str, make: &str| {
            let text = format!(
                "summary = 's'\ndomain = 'd'\ncheck = {{ module = '{check}' }}\n[[input]]\nname = 'i'\nas = 'bytes'\n\
                 generate = {{ module = '{make}', seed = 1 }}\n[contender.js]\nkind = 'js'\nmodule = 'a.js'\n"
            );
            std::fs::write(&file, text).unwrap();
            Kernel::open(&root, &file).map_err(|error| error.to_string().replace(&root.display().to_string(), "ROOT"))
        };
        let kernel = open("a.js#same", "./a.js").unwrap();
        assert_eq!(kernel.check, Check::Module("a.js#same".to_owned()));
        let function = |export: &str| Function { file: root.join("a.js"), export: CallPath::parse(export).unwrap() };
        assert_eq!(kernel.judge.same, Some(function("same")));
        let InputSource::Generated(generate) = &kernel.inputs[0].source else { panic!("{:?}", kernel.inputs) };
        assert_eq!(generate.module().unwrap().function, function("default"));
        let gone = open("gone.js#same", "a.js").unwrap_err();
        assert!(gone.starts_with("ROOT/kernel.toml: line 3, field `check`: ROOT/gone.js is not there"), "{gone}");
        let gone = open("a.js", "gone.js").unwrap_err();
        assert!(
            gone.starts_with("ROOT/kernel.toml: line 7, field `input.generate`: ROOT/gone.js is not there"),
            "{gone}"
        );
        let none = open("a.js#", "a.js").unwrap_err();
        assert!(none.ends_with("field `check`: `module`: write FILE#EXPORT, as in src/md.js#render"), "{none}");
        assert!(
            open("a.js", "../../../../../../etc/hostname#x").unwrap_err().contains("leads out of the suite's folder")
        );
    }
    /// A kernel with these lines at the top, for its input and for its contenders.
    fn named(root: &Path, top: &str, input: &str, contender: &str) -> Result<Kernel, String> {
        let file = root.join("kernel.toml");
        std::fs::write(root.join("a.js"), "").unwrap();
        let text = format!(
            "summary = 's'\ndomain = 'd'\n{top}\n[[input]]\nname = 'i'\nas = 'bytes'\nfile = 'a.js'\nheadline = true\n\
             [[input]]\nname = 'j'\nas = 'bytes'\nfile = 'a.js'\n{input}\n\
             [contender.js]\nkind = 'js'\nmodule = 'a.js'\nlabel = 'plain JS'\n\
             [contender.other]\nkind = 'js'\n{contender}\n"
        );
        std::fs::write(&file, text).unwrap();
        Kernel::open(root, &file).map_err(|error| error.to_string().replace(&root.display().to_string(), "ROOT"))
    }

    #[test]
    fn names_that_people_know_are_optional_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let bare = named(&root, "", "", "module = 'a.js'").unwrap();
        assert_eq!((bare.title, bare.caveats.len(), bare.inputs[1].label.clone()), (None, 0, None));
        assert_eq!((&bare.contenders[1].label, &bare.contenders[1].link), (&None, &None));
        std::fs::write(
            root.join("package-lock.json"),
            r#"{ "packages": { "node_modules/pica": { "version": "10.0.3" } } }"#,
        )
        .unwrap();
        let contender = "module = 'a.js'\npackages = ['pica']\nlink = 'https://www.npmjs.com/package/pica'";
        let full = named(&root, "title = 'JPEG → 512 px'\ncaveats = ['One.', 'Two.']", "label = '12 MP'", contender);
        let full = full.unwrap();
        assert_eq!(full.title.as_deref(), Some("JPEG → 512 px"));
        assert_eq!(full.caveats, ["One.", "Two."]);
        assert_eq!(full.inputs[1].label.as_deref(), Some("12 MP"));
        assert_eq!(full.contenders[0].label.as_deref(), Some("plain JS"));
        assert_eq!(full.contenders[1].link.as_deref(), Some("https://www.npmjs.com/package/pica"));
        assert_eq!(full.contenders[1].packages[0].to_string(), "pica 10.0.3");
    }

    #[test]
    fn names_that_cannot_be_shown_are_refused_with_file_field_and_fix() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::fs::write(root.join("package-lock.json"), r#"{ "packages": {} }"#).unwrap();
        let long = "x".repeat(81);
        for (top, input, contender, said) in [
            (&*format!("title = '{long}'"), "", "", "line 3, field `title`: a title has at most 80 characters"),
            (
                &*format!("caveats = ['{}']", "x".repeat(401)),
                "",
                "",
                "line 3, field `caveats`: a caveat has at most 400",
            ),
            (
                "caveats = ['1', '2', '3', '4', '5', '6', '7', '8', '9']",
                "",
                "",
                "field `caveats`: there are 9; help: keep the 8",
            ),
            ("title = \"a\\u001b\"", "", "", "has a control character"),
            ("", &*format!("label = '{long}'"), "", "field `input.label`: input `j`: a label has at most 60"),
            ("", "label = 'i'", "", "field `input.label`: two inputs are labelled `i`; help: change one"),
            ("", "", "label = ' x'", "field `contender.other.label`: a label has at least one character and no space"),
            ("", "", "label = 'plain JS'", "two contenders are labelled `plain JS`; help: change one"),
            ("", "", "link = 'javascript:alert(1)'", "field `contender.other.link`: `javascript:alert(1)` is not the"),
            ("", "", "link = 'http://a.example'", "give one that begins with https://"),
            ("", "", "packages = ['../a']", "`../a` is not the name of an npm package"),
            (
                "",
                "",
                "packages = ['pica']",
                "field `contender.other.packages`: `pica` is not in ROOT/package-lock.json",
            ),
        ] {
            let error = named(&root, top, input, &format!("module = 'a.js'\n{contender}")).unwrap_err();
            assert!(error.starts_with("ROOT/kernel.toml: ") && error.contains(said), "{error}");
        }
        let error = named(&root, "", "", "crate = '.'\npackages = ['pica']").unwrap_err();
        assert!(error.contains("is for npm packages that a `module` or `pkg` is made of"), "{error}");
    }
}
