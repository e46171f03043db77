//! Every shape of module that the gallery has, loaded and called in one real browser: `crossover verify` over a suite that is
//! made of them. The gallery itself measures them, in a lane of its own.
use std::collections::BTreeMap;
use std::fs;

use crate::common::{copy, crossover, root};
use serde::Deserialize;
use tempfile::TempDir;

#[derive(Deserialize)]
struct Gallery {
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    port: Vec<String>,
    want: String,
    #[serde(default)]
    says: String,
}

impl Entry {
    fn flags(&self) -> BTreeMap<&str, &str> {
        let pairs = self.port.chunks(2).map(|pair| (pair[0].as_str(), pair.get(1).map_or("", String::as_str)));
        pairs.collect()
    }

    /// As a kernel, unless it needs what manifests have no form for.
    fn kernel(&self) -> Option<String> {
        let flags = self.flags();
        let known = ["--js", "--wasm", "--args", "--tolerance"];
        if !self.port.len().is_multiple_of(2) || flags.keys().any(|flag| !known.contains(flag)) {
            return None;
        }
        let [js, js_path] = split(flags["--js"]);
        let [wasm, wasm_path] = split(flags["--wasm"]);
        let check = flags.get("--tolerance").map(|by| format!("check = {{ tolerance = {by} }}\n")).unwrap_or_default();
        Some(format!(
            "summary = \"s\"\ndomain = \"d\"\n{check}\n[[input]]\nname = \"i\"\nas = \"args\"\nfile = \"args.json\"\n\n\
             [contender.js]\nkind = \"js\"\nmodule = \"../../{js}\"\nexport = {js_path:?}\n\n\
             [contender.wasm]\nkind = \"wasm\"\npkg = \"../../{wasm}\"\nexport = {wasm_path:?}\n"
        ))
    }
}

fn split(module: &str) -> [&str; 2] {
    module.split_once('#').unwrap().into()
}

fn suite(entries: &[&Entry]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for part in ["shapes", "twins"] {
        copy(&root().join("runner/tests/gallery").join(part), &folder.path().join(part));
    }
    fs::write(folder.path().join("crossover.toml"), "kernels = [\"kernels/*\"]\n").unwrap();
    for entry in entries {
        let kernel = folder.path().join("kernels").join(&entry.name);
        fs::create_dir_all(&kernel).unwrap();
        fs::write(kernel.join("kernel.toml"), entry.kernel().unwrap()).unwrap();
        fs::write(kernel.join("args.json"), entry.flags()["--args"]).unwrap();
    }
    folder
}

#[test]
fn every_shape_of_the_gallery_is_loaded_and_called() {
    let text = fs::read_to_string(root().join("runner/tests/gallery/entries/shapes.toml")).unwrap();
    let gallery: Gallery = toml::from_str(&text).unwrap();
    let entries: Vec<&Entry> = gallery.entry.iter().filter(|entry| entry.kernel().is_some()).collect();
    assert!(entries.len() >= 20, "{}", entries.len());
    let folder = suite(&entries);
    let output = crossover(&["verify", "--suite", "crossover.toml"], folder.path());
    let mut wrong = Vec::new();
    for entry in entries {
        let cell = format!("{} i wasm", entry.name);
        let line = output.stdout.lines().find(|line| line.contains(&cell)).unwrap_or_default();
        let is_as_wanted = match entry.want.as_str() {
            "verdict" => line.starts_with("ok "),
            _ => line.starts_with("FAILED") && line.contains(&entry.says),
        };
        if !is_as_wanted {
            wrong.push(format!("{} (wanted: {} {:?}): {line:?}", entry.name, entry.want, entry.says));
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.join("\n"), output.stderr);
}
