//! Building real contenders with the real tools, which are set up first where they are missing.

mod foreign;
mod kernels;
mod packages;

use std::sync::Mutex;
use std::sync::OnceLock;

use tempfile::TempDir;

use super::*;
use crate::environment::{BrowserPaths, Host, Installation, Library, Requirement, Requirements, Root, set_up};
use crate::suite::WasmOpt;

/// A loop that vectorises, an access that can panic, and a string that is made with the standard library.
const LIB: &str = r#"
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub fn run(input: &[u8]) -> Vec<u8> {
    let mut sums = [0u8; 64];
    for chunk in input.chunks_exact(64) {
        for (sum, byte) in sums.iter_mut().zip(chunk) {
            *sum = sum.wrapping_mul(3).wrapping_add(*byte);
        }
    }
    let last = format!("{:?}", input[input.len() / 2]);
    sums.into_iter().chain(last.bytes()).collect()
}
"#;

const CARGO: &str = r#"
[package]
name = "tiny-kernel"
version = "0.1.0"
edition = "2024"

[lib]
crate-type = ["cdylib", "rlib"]

[dependencies]
wasm-bindgen = "=0.2.130"

[workspace]
"#;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the repository is there")
}

fn environment() -> &'static Environment {
    static ENVIRONMENT: OnceLock<Environment> = OnceLock::new();
    ENVIRONMENT.get_or_init(|| {
        let requirements =
            Requirements { suite: Some(repository()), wasm: Requirement::Yes, browsers: BrowserPaths::new() };
        let root = Root::of_repository(&repository());
        set_up(&root, &Host::here(), &requirements, Installation::Allowed, &|line| eprintln!("{line}"))
            .unwrap_or_else(|error| panic!("{error}"))
    })
}

/// A suite in a folder of its own. Its name is part of every key, so nothing of it is in the cache.
struct Suite(TempDir);

impl Suite {
    fn new(files: &[(&str, &str)]) -> Self {
        let suite = Self(tempfile::tempdir().unwrap());
        files.iter().for_each(|(path, text)| suite.write(path, text));
        suite
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        // As if it had been written before the build that follows: a file that may have changed meanwhile is not kept.
        let before = SystemTime::now() - std::time::Duration::from_secs(5);
        fs::File::options().write(true).open(&path).unwrap().set_modified(before).unwrap();
    }

    /// A suite with a crate that has the profile of this workspace and its locked versions.
    fn with_crate() -> Self {
        let workspace = fs::read_to_string(repository().join("Cargo.toml")).unwrap();
        let profile = workspace.split("[profile.wasm]").nth(1).unwrap().split("\n[").next().unwrap();
        let manifest = format!("{CARGO}\n[profile.wasm]{profile}");
        let lock = fs::read_to_string(repository().join("Cargo.lock")).unwrap();
        Self::new(&[("tiny/Cargo.toml", &manifest), ("tiny/src/lib.rs", LIB), ("tiny/Cargo.lock", &lock)])
    }

    fn recipe(&self, source: BuildSource) -> Recipe {
        Recipe {
            kernel: "tiny".to_owned(),
            contender: "js".to_owned(),
            source,
            export: CallPath::export("run"),
            assets: Vec::new(),
            root: self.0.path().to_owned(),
            manifest: PathBuf::from("tiny/kernel.toml"),
        }
    }

    fn module(&self, path: &str) -> Recipe {
        self.recipe(BuildSource::Module { path: path.into() })
    }

    fn wasm(&self, target_features: &[&str]) -> Recipe {
        self.recipe(BuildSource::Crate {
            dir: "tiny".into(),
            features: Vec::new(),
            target_features: target_features.iter().map(|&name| name.to_owned()).collect(),
            needs: Vec::new(),
            wasm_opt: WasmOpt::USUAL,
            cargo_profile: "wasm".to_owned(),
            opt_level: None,
        })
    }
}

fn quietly(recipe: &Recipe) -> anyhow::Result<Artifact> {
    build(recipe, environment(), Names::Stripped, &|_| ())
}

fn message(recipe: &Recipe) -> String {
    format!("{:#}", quietly(recipe).unwrap_err())
}

#[test]
fn a_module_is_bundled_and_kept_until_it_changes() {
    let suite = Suite::new(&[
        ("a/index.js", "import { add } from './add.js';\nexport function run(input) { return add(input.length, 1); }"),
        ("a/add.js", "export const add = (left, right) => left + right; // a comment"),
        ("a/weights.bin", "weights"),
    ]);
    let assets = vec![("the weights".to_owned(), ShippedAsset::File("a/weights.bin".into()))];
    let recipe = Recipe { assets, ..suite.module("a/index.js") };

    let lines = Mutex::new(Vec::new());
    let first =
        build(&recipe, environment(), Names::Stripped, &|line| lines.lock().unwrap().push(line.to_owned())).unwrap();
    assert_eq!(lines.into_inner().unwrap(), ["build: js of tiny (esbuild)"]);
    assert!(!first.from_cache);
    let text = String::from_utf8(first.files[0].bytes.clone()).unwrap();
    assert!(text.contains("as run") && !text.contains("comment") && !text.contains("import"), "{text}");
    let names: Vec<_> = first.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["js.js", "asset-0-the-weights"]);
    assert_eq!(first.files[1].role, Role::Asset("the weights".to_owned()));
    assert_eq!(first.files[1].bytes, b"weights");

    let second = build(&recipe, environment(), Names::Stripped, &|line| panic!("{line}")).unwrap();
    assert_eq!(second, Artifact { from_cache: true, ..first.clone() });

    suite.write("a/add.js", "export const add = (left, right) => left - right;");
    let third = quietly(&recipe).unwrap();
    assert!(!third.from_cache && third.files[0].bytes != first.files[0].bytes);
    suite.write("a/weights.bin", "other");
    assert!(!quietly(&recipe).unwrap().from_cache);
}

#[test]
fn a_file_that_a_module_imports_for_its_address_ships_beside_it() {
    let module = "import address from './an engine.wasm';\nexport const run = () => new URL(address, import.meta.url);";
    let suite = Suite::new(&[("a.js", module), ("an engine.wasm", "wasm"), ("model.onnx", "graph")]);
    let artifact = quietly(&suite.module("a.js")).unwrap();
    let [module, engine] = &artifact.files[..] else { panic!("{:?}", artifact.files) };
    assert_eq!(
        (engine.bytes.as_slice(), &engine.role, engine.mime),
        (&b"wasm"[..], &Role::Fetched, "application/wasm")
    );
    assert!(String::from_utf8_lossy(&module.bytes).contains(&format!("\"./{}\"", engine.name)), "{}", engine.name);
    assert_eq!(quietly(&suite.module("a.js")).unwrap(), Artifact { from_cache: true, ..artifact.clone() });

    suite.write("an engine.wasm", "other");
    assert_ne!(quietly(&suite.module("a.js")).unwrap().sha256(), artifact.sha256());
    suite.write("a.js", "import graph from './model.onnx';\nexport const run = () => graph;");
    assert_eq!(quietly(&suite.module("a.js")).unwrap().files[1].mime, "application/octet-stream");
}

#[test]
fn threads_that_cannot_be_built_here_are_nobodys_failure() {
    let suite = Suite::with_crate();
    let mut bare = environment().clone();
    let wasm = bare.wasm.as_mut().unwrap();
    wasm.library = Library::Prebuilt;
    wasm.compiler.sysroot = suite.0.path().join("no sysroot");
    let error = build(&suite.wasm(&["simd128", "atomics"]), &bare, Names::Stripped, &|_| ()).unwrap_err();
    let failure = failure(&error, Stage::Build);
    assert_eq!(failure.stage, Stage::Available);
    assert!(failure.reason.ends_with("has no source of it; help: rustup component add rust-src"), "{}", failure.reason);
}

#[test]
fn what_is_wrong_with_a_module_is_reported() {
    let suite = Suite::new(&[
        ("a.js", "export const work = 1, other = 2;"),
        ("b.js", "import x from 'no-such-package';\nexport const run = x;"),
    ]);
    let expected = message(&suite.module("a.js"));
    assert!(expected.starts_with("tiny/kernel.toml: contender js of kernel tiny: "), "{expected}");
    assert!(expected.contains("it has no export `run`; help: it exports other, work"), "{expected}");
    let named = Recipe { export: CallPath::export("work"), ..suite.module("a.js") };
    quietly(&named).unwrap();
    let expected = message(&suite.module("b.js"));
    assert!(
        expected.contains("it imports `no-such-package`, which is not installed; help: npm install no-such-package"),
        "{expected}"
    );
    assert!(message(&suite.module("../x.js")).contains("x.js"));
    assert!(message(&suite.module("/bin/sh")).contains("leads out of the suite's folder"));
}

#[test]
fn a_crate_is_built_scalar_and_simd_without_the_machines_paths() {
    let suite = Suite::with_crate();
    let simd = quietly(&suite.wasm(&["simd128"])).unwrap();
    // cargo has just taken out of the lock file what this crate does not need; such a build is not kept.
    suite.write("tiny/Cargo.lock", &fs::read_to_string(suite.0.path().join("tiny/Cargo.lock")).unwrap());
    let scalar = quietly(&suite.wasm(&[])).unwrap();
    let wasm = |artifact: &Artifact| {
        artifact.files.iter().find(|file| file.role == Role::Wasm).expect("it has a Wasm module").bytes.clone()
    };
    assert_eq!(v128_opcodes(&wasm(&scalar)).unwrap(), 0);
    assert!(v128_opcodes(&wasm(&simd)).unwrap() > 0);
    let names: Vec<_> = scalar.files.iter().map(|file| (file.name.as_str(), file.mime)).collect();
    assert_eq!(names, [("tiny_kernel.js", "text/javascript"), ("tiny_kernel_bg.wasm", "application/wasm")]);

    let toolchain = environment().wasm.as_ref().unwrap();
    let mut folders = vec![suite.0.path().to_owned(), repository(), toolchain.compiler.sysroot.join("lib/rustlib")];
    folders.extend(environment().home.clone());
    folders.extend(environment().cargo_home.clone());
    folders.extend(toolchain.compiler.library_source().and_then(|source| source.canonicalize().ok()));
    for file in scalar.files.iter().chain(&simd.files) {
        let text = String::from_utf8_lossy(&file.bytes);
        for folder in &folders {
            assert!(!text.contains(folder.to_str().unwrap()), "{} is in {}", folder.display(), file.name);
        }
    }

    let again = build(&suite.wasm(&[]), environment(), Names::Stripped, &|line| panic!("{line}")).unwrap();
    assert_eq!(again, Artifact { from_cache: true, ..scalar.clone() });
    // Written now, and not as if before the last build: cargo goes by the times of files.
    fs::write(suite.0.path().join("tiny/src/lib.rs"), LIB.replace("wrapping_mul(3)", "wrapping_mul(5)")).unwrap();
    let changed = quietly(&suite.wasm(&[])).unwrap();
    assert!(!changed.from_cache, "a changed crate came from the cache");
    assert_ne!(wasm(&changed), wasm(&scalar), "a changed crate was not compiled again");

    fs::write(suite.0.path().join("tiny/src/lib.rs"), "fn broken(").unwrap();
    let expected = message(&suite.wasm(&[]));
    assert!(expected.contains("error: this file contains an unclosed delimiter"), "{expected}");
}

#[test]
fn what_is_wrong_with_a_crate_is_reported_before_it_is_built() {
    let suite = Suite::new(&[("tiny/README.md", "")]);
    assert!(message(&suite.wasm(&["avx2"])).contains("\"avx2\" is not known"));
    assert!(message(&suite.wasm(&[])).contains("holds no Cargo.toml"));
}

#[test]
fn the_header_of_a_run_gets_the_tools() {
    let tools = toolchain(environment()).unwrap();
    assert_eq!(tools.wasm_bindgen.as_deref(), Some(bindgen::version().as_str()));
    assert!(tools.rustc.unwrap().starts_with("rustc 1."));
    assert!(tools.esbuild.is_some() && tools.binaryen.is_some());
}
