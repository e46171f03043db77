//! Lists the functions of a module, for a user who has not named one yet.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::protocol::ListedFunction;
use crate::suite::ModuleTarget;

/// The largest declaration file that is read, bytes.
const LIMIT: u64 = 4 << 20;

/// One line per function, with its signature where the module declares one.
#[must_use]
pub fn listing(flag: &str, module: &str, found: &[ListedFunction], signatures: &BTreeMap<String, String>) -> String {
    let mut text = format!("functions of {module}:\n");
    for ListedFunction { path, arity } in found {
        let name = path.rsplit('.').next().unwrap_or(path);
        let signature = match signatures.get(name) {
            Some(signature) => signature.clone(),
            None if *arity == 1 => "(1 argument)".to_owned(),
            None => format!("({arity} arguments)"),
        };
        text.push_str(&format!("  {path}  {signature}\n"));
    }
    let example = found.first().map_or("FUNCTION", |first| first.path.as_str());
    text.push_str(&format!("name one, as in {flag} {module}#{example}\n"));
    text
}

/// Signatures by the names of functions and methods, as far as declarations of TypeScript are there.
#[must_use]
pub fn signatures(target: &ModuleTarget) -> BTreeMap<String, String> {
    let text = declarations(target).and_then(|file| read(&file)).unwrap_or_default();
    let mut found = BTreeMap::new();
    for line in text.lines().map(str::trim) {
        let line = line.trim_start_matches("export ").trim_start_matches("declare ").trim_start_matches("static ");
        let line = line.trim_start_matches("default ").trim_start_matches("function ");
        let Some((name, rest)) = line.split_once('(') else { continue };
        let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
        if !name.is_empty() && name.chars().all(is_name) && line.contains("):") {
            found.entry(name.to_owned()).or_insert_with(|| format!("({}", rest.trim_end_matches(['{', ';']).trim()));
        }
    }
    found
}

fn declarations(target: &ModuleTarget) -> Option<PathBuf> {
    let folder = match target {
        ModuleTarget::Path { path } if path.is_dir() => path.clone(),
        ModuleTarget::Path { path } => return beside(path),
        ModuleTarget::Package { folder, name } => folder.join("node_modules").join(name),
    };
    #[derive(Deserialize)]
    struct TypedPackage {
        types: Option<String>,
        typings: Option<String>,
        main: Option<String>,
        module: Option<String>,
    }
    let manifest: TypedPackage = serde_json::from_str(&read(&folder.join("package.json"))?).ok()?;
    match manifest.types.or(manifest.typings) {
        Some(types) => Some(folder.join(types)),
        None => beside(&folder.join(manifest.module.or(manifest.main)?)),
    }
}

fn beside(module: &Path) -> Option<PathBuf> {
    [module.with_extension("d.ts"), module.with_extension("d.mts")].into_iter().find(|file| file.is_file())
}

fn read(file: &Path) -> Option<String> {
    let is_small = fs::metadata(file).ok()?.len() <= LIMIT;
    if is_small { fs::read_to_string(file).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_listed_with_their_signatures() {
        let folder = tempfile::tempdir().unwrap();
        let module = folder.path().join("a.js");
        let types = "export function render(text: string, deep?: boolean): string;\nexport class P {\n  parse(text: string): void;\n}\n";
        fs::write(folder.path().join("a.d.ts"), types).unwrap();
        let signatures = signatures(&ModuleTarget::Path { path: module });
        assert_eq!(signatures["render"], "(text: string, deep?: boolean): string");
        let found = [("render", 2), ("P.new().parse", 1), ("other", 3)];
        let found = found.map(|(path, arity)| ListedFunction { path: path.to_owned(), arity });
        let text = listing("--wasm", "a.js", &found, &signatures);
        assert!(text.contains("  P.new().parse  (text: string): void\n"), "{text}");
        assert!(text.contains("  other  (3 arguments)\n") && text.ends_with("--wasm a.js#render\n"), "{text}");
    }
}
