//! What manifests have generated: made once, and kept by all that decides it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::Context as _;
use crossover_reports::regular;
use serde_json::json;

use crate::artifact;
use crate::environment::Environment;
use crate::suite::{Function, Generate, GeneratorModule, MOST_GENERATED};

/// Calls a generator of the user's.
const SCRIPT: &str = include_str!("generated.mjs");

/// Modules by file and export.
type Bundled = HashMap<(PathBuf, String), Rc<[u8]>>;

/// Makes what is generated, or finds what was made before.
pub struct Generator<'a> {
    environment: &'a Environment,
    kept: PathBuf,
    /// The users' generators as they were bundled.
    bundled: RefCell<Bundled>,
}

impl<'a> Generator<'a> {
    /// One that keeps what it makes in this project's own folder.
    #[must_use]
    pub fn new(environment: &'a Environment) -> Self {
        Self { environment, kept: environment.root.own().join("inputs"), bundled: RefCell::default() }
    }

    /// The file that holds what `generate` makes; it is made if it is not there.
    ///
    /// # Errors
    /// When it cannot be made, or not be kept.
    pub fn file(&self, generate: &Generate) -> anyhow::Result<PathBuf> {
        let code = generate.module().map(|module| self.bundled(&module.function)).transpose()?;
        let key = generate.key(code.as_deref().unwrap_or_default());
        keep(&self.kept, &key, || {
            let made = generate.module().zip(code).map(|(module, code)| made(self.environment, module, &code));
            generate.bytes(made.transpose()?)
        })
    }

    /// A generator of the user's with all that it imports, as one module.
    fn bundled(&self, function: &Function) -> anyhow::Result<Rc<[u8]>> {
        let at = (function.file.clone(), function.export.as_str().to_owned());
        if let Some(code) = self.bundled.borrow().get(&at) {
            return Ok(Rc::clone(code));
        }
        let code = artifact::function(self.environment, &function.file, &function.export)
            .with_context(|| function.to_string())?;
        let code: Rc<[u8]> = code.into();
        self.bundled.borrow_mut().insert(at, Rc::clone(&code));
        Ok(code)
    }
}

/// The file of this key in a folder, with the bytes that `make` makes if it is not there.
fn keep(folder: &Path, key: &str, make: impl FnOnce() -> anyhow::Result<Vec<u8>>) -> anyhow::Result<PathBuf> {
    let file = folder.join(format!("{key}.bin"));
    if file.is_file() {
        return Ok(file);
    }
    let bytes = make()?;
    fs::create_dir_all(folder).with_context(|| format!("{}: the folder cannot be created", folder.display()))?;
    // A rename is all or nothing: a killed process leaves no half input under the final name.
    let partial = folder.join(format!("{key}.{}", std::process::id()));
    fs::write(&partial, &bytes)
        .and_then(|()| fs::rename(&partial, &file))
        .with_context(|| format!("{}: what was generated cannot be kept", file.display()))?;
    Ok(file)
}

/// What a generator of the user's makes. It runs as it was bundled, from a folder of its own: what it is made of is all in
/// `code`.
fn made(environment: &Environment, module: &GeneratorModule, code: &[u8]) -> anyhow::Result<Vec<u8>> {
    let GeneratorModule { function, arguments } = module;
    let folder = tempfile::tempdir().context("making a folder for a generator")?;
    let write = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        fs::write(&file, bytes).with_context(|| format!("writing {}", file.display()))
    };
    write("module.mjs", code)?;
    write("arguments.json", arguments.as_bytes())?;
    write("request.json", json!({ "entry": function.export.root(), "most": MOST_GENERATED }).to_string().as_bytes())?;
    artifact::evaluate(environment, SCRIPT, folder.path())
        .and_then(|_| Ok(regular::read(&folder.path().join("made"), MOST_GENERATED as u64)?))
        .map_err(|error| anyhow::anyhow!("{function} failed: {error:#}; correct that function"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_is_kept_by_its_key_and_what_failed_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let kept = folder.path().join("inputs");
        assert!(keep(&kept, "a", || anyhow::bail!("no")).is_err());
        let file = keep(&kept, "a", || Ok(vec![1, 2])).unwrap();
        assert_eq!(fs::read(&file).unwrap(), [1, 2]);
        assert_eq!(keep(&kept, "a", || panic!("it is there")).unwrap(), file);
        assert_ne!(keep(&kept, "b", || Ok(vec![3])).unwrap(), file);
        assert_eq!(fs::read_dir(&kept).unwrap().count(), 2);
    }
}
