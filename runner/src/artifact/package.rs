//! Wasm that somebody has built already, with the JavaScript that goes with it: what kind of package it is, and what
//! makes a contender of it.

mod form;
mod glue;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use serde::Deserialize;

use form::Form;

/// The largest file of a package that is read, bytes.
const LIMIT: u64 = 256 << 20;

/// A package, as its tool left it.
#[derive(Debug)]
pub struct Package {
    /// Absent for a bare `.wasm`.
    module: Option<Module>,
    wasm_file: PathBuf,
    /// The Wasm.
    pub wasm: Vec<u8>,
}

/// What imports or loads the Wasm.
#[derive(Debug)]
struct Module {
    file: PathBuf,
    text: String,
    form: Form,
}

/// What is handed to the bundler: a module whose default export instantiates the Wasm, and that exports the function then.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its text.
    pub text: String,
    /// Where its imports are relative to.
    pub folder: PathBuf,
}

impl Package {
    /// Finds and reads the package: a folder as wasm-pack writes it, a module, or a `.wasm` file.
    ///
    /// # Errors
    /// When there is none, or it is of a kind that runs in no browser; the message says what to do.
    pub fn find(path: &Path) -> anyhow::Result<Self> {
        let path = path.canonicalize().with_context(|| format!("{} is not there", path.display()))?;
        if path.is_dir() {
            return Self::of_module(&module_of(&path)?);
        }
        match path.extension().and_then(|extension| extension.to_str()) {
            // A module of that name may be something else, such as the function that the Wasm is to take the place of.
            Some("wasm") => match glue_beside(&path).map(|module| Self::of_module(&module)) {
                Some(Ok(package)) => Ok(package),
                _ => Ok(Self { module: None, wasm: read(&path)?, wasm_file: path }),
            },
            Some("js" | "mjs" | "cjs") => Self::of_module(&path),
            _ => bail!("{}: name a folder that wasm-pack made, a .js module or a .wasm file", path.display()),
        }
    }

    fn of_module(file: &Path) -> anyhow::Result<Self> {
        let text = read_text(file)?;
        let form = Form::of(&text).with_context(|| file.display().to_string())?;
        let wasm_file = wasm_of(file, &text)?;
        let module = Module { file: file.to_owned(), text, form };
        Ok(Self { module: Some(module), wasm: read(&wasm_file)?, wasm_file })
    }

    /// The files that decide what is built.
    #[must_use]
    pub fn files(&self) -> Vec<PathBuf> {
        self.module.iter().map(|module| &module.file).chain([&self.wasm_file]).cloned().collect()
    }

    /// What made it, for a person.
    #[must_use]
    pub fn made_by(&self) -> &'static str {
        self.module.as_ref().map_or("prebuilt: .wasm alone", |module| module.form.made_by())
    }

    /// The module to bundle, which exports `export` of the package.
    ///
    /// # Errors
    /// When the package has no such function.
    pub fn entry(&self, export: &str) -> anyhow::Result<Entry> {
        ensure!(export != "default", "which function of the package? Its default export is what loads it");
        let Some(Module { file, text, form }) = &self.module else {
            let text = glue::bare(&self.wasm, export).with_context(|| self.wasm_file.display().to_string())?;
            return Ok(Entry { text, folder: folder_of(&self.wasm_file) });
        };
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let text = match form {
            Form::Web | Form::Own => glue::web(&name, export),
            Form::Bundler => glue::bundler(&self.wasm, &name, export)?,
            Form::Node => glue::node(text, export),
            Form::AssemblyScript => glue::assembly_script(text, export)?,
            Form::Emscripten => glue::emscripten(&name, export),
        };
        Ok(Entry { text, folder: folder_of(file) })
    }
}

/// The module that a folder's `package.json` names, or the only one that has Wasm beside it.
fn module_of(folder: &Path) -> anyhow::Result<PathBuf> {
    #[derive(Deserialize)]
    struct Manifest {
        module: Option<String>,
        main: Option<String>,
    }
    let file = folder.join("package.json");
    if file.is_file() {
        let text = read_text(&file)?;
        let manifest: Manifest = serde_json::from_str(&text).with_context(|| format!("{}", file.display()))?;
        if let Some(name) = manifest.module.or(manifest.main) {
            let module = folder.join(&name);
            let real = module.canonicalize().with_context(|| format!("{}: `{name}` is not there", file.display()))?;
            ensure!(real.starts_with(folder), "{}: `{name}` leads out of the folder", file.display());
            return Ok(real);
        }
    }
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut found: Vec<PathBuf> =
        entries.filter_map(Result::ok).filter_map(|entry| glue_beside(&entry.path())).collect();
    found.sort();
    match found.as_slice() {
        [module] => Ok(module.clone()),
        [] => bail!("{}: no .wasm with its module is in there; name the module or the .wasm file", folder.display()),
        _ => bail!("{}: more than one .wasm is in there; name the module that is meant", folder.display()),
    }
}

/// The module that belongs to a `.wasm` file by its name, if it is there.
fn glue_beside(wasm: &Path) -> Option<PathBuf> {
    let name = wasm.file_name()?.to_str()?.strip_suffix(".wasm")?;
    let stem = name.strip_suffix("_bg").unwrap_or(name);
    ["js", "mjs", "cjs"]
        .map(|extension| wasm.with_file_name(format!("{stem}.{extension}")))
        .into_iter()
        .find(|file| file.is_file())
}

/// The Wasm that a module names, or that is beside it by its name.
fn wasm_of(module: &Path, text: &str) -> anyhow::Result<PathBuf> {
    let stem = module.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let beside = [format!("{stem}_bg.wasm"), format!("{stem}.wasm")].into_iter();
    let named = text
        .split(['"', '\'', '`'])
        .filter(|word| word.ends_with(".wasm"))
        .map(|word| word.trim_start_matches("${__dirname}").trim_start_matches(['.', '/']).to_owned());
    let is_name = |name: &String| !name.contains(['/', '\\']);
    let found = beside.chain(named).filter(is_name).map(|name| module.with_file_name(name)).find(|file| file.is_file());
    found.with_context(|| format!("{}: its .wasm is not beside it", module.display()))
}

fn folder_of(file: &Path) -> PathBuf {
    file.parent().unwrap_or(Path::new("/")).to_owned()
}

fn read_text(file: &Path) -> anyhow::Result<String> {
    String::from_utf8(read(file)?).with_context(|| format!("reading {}", file.display()))
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    let reading = || format!("reading {}", file.display());
    ensure!(fs::metadata(file).with_context(reading)?.len() <= LIMIT, "{} is larger than 256 MiB", file.display());
    fs::read(file).with_context(reading)
}
