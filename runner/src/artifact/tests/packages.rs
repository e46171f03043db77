//! Packages as their own tools write them, evaluated by Node.js as a page would.

use std::process::Command;

use super::*;

/// Answers for a page's server; the rest is as in `runner/page/load.js`.
const CALL: &str = "import { readFileSync } from 'node:fs';\n\
    import { fileURLToPath, pathToFileURL } from 'node:url';\n\
    const [folder, init] = process.argv.slice(1);\n\
    globalThis.fetch = async (url) =>\n\
      new Response(readFileSync(fileURLToPath(new URL(url, pathToFileURL(`${folder}/`)))), { headers: { 'Content-Type': 'application/wasm' } });\n\
    globalThis.XMLHttpRequest = class {\n\
      open(method, name) { this.name = name; }\n\
      overrideMimeType() {}\n\
      send() { [this.status, this.responseText] = [200, readFileSync(`${folder}/${this.name}`, 'latin1')]; }\n\
    };\n\
    const contender = await import(`${folder}/module.mjs`);\n\
    if (init === 'called') await contender.default();\n\
    if (init === 'handed') await contender.default({ module_or_path: new WebAssembly.Module(readFileSync(`${folder}/wasm`)) });\n\
    console.log(String(contender.run(Uint8Array.from({ length: 100 }, (_, i) => i))));\n";

/// What the artifact's function answers, or why it does not.
pub(super) fn called(artifact: &Artifact, init: &str) -> Result<String, String> {
    let folder = tempfile::tempdir().unwrap();
    for file in &artifact.files {
        let name = match &file.role {
            Role::Module => "module.mjs",
            Role::Wasm => "wasm",
            Role::Beside(name) => name,
            Role::Fetched | Role::Asset(_) => &file.name,
        };
        fs::write(folder.path().join(name), &file.bytes).unwrap();
    }
    let mut node = Command::new(&environment().node.path);
    let output = node.args(["--input-type=module", "--eval", CALL]).arg(folder.path()).arg(init).output().unwrap();
    if output.status.success() {
        Ok(String::from_utf8(output.stdout).unwrap())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

fn package(suite: &Suite, path: &str) -> Recipe {
    let target = ModuleTarget::Path { path: path.into() };
    suite.recipe(BuildSource::Package { target, starts: true })
}

#[test]
fn every_target_of_wasm_bindgen_makes_the_same_contender() {
    let suite = Suite::with_crate();
    let root = suite.0.path();
    let expected = called(&quietly(&suite.wasm(&[])).unwrap(), "handed").unwrap();
    let (dir, wasm) = (&root.join("tiny"), environment().wasm.as_ref().unwrap());
    let crate_build =
        CrateBuild { dir, features: &[], target_features: &[], profile: "wasm", clang: None, opt_level: None };
    let compiled = crate_build.run(environment(), wasm).unwrap();
    for (target, init) in [("web", "handed"), ("bundler", "none"), ("nodejs", "none"), ("no-modules", "handed")] {
        let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
        bindgen.input_bytes("tiny", compiled.bytes.clone());
        match target {
            "web" => bindgen.web(true).unwrap(),
            "bundler" => bindgen.bundler(true).unwrap(),
            "nodejs" => bindgen.nodejs(true).unwrap(),
            _ => bindgen.no_modules(true).unwrap(),
        };
        bindgen.generate(root.join(target)).unwrap();
        // As wasm-pack does.
        suite.write(&format!("{target}/package.json"), "{ \"name\": \"tiny\", \"main\": \"tiny.js\" }");
        let artifact = quietly(&package(&suite, target)).unwrap();
        if target == "no-modules" {
            assert!(artifact.wasm().is_some(), "its script is handed the Wasm of its name");
        } else {
            assert_eq!(called(&artifact, init).as_ref(), Ok(&expected), "{target}");
        }
    }
    // Named by its Wasm, or without the manifest, it is the same package.
    fs::remove_file(root.join("web/package.json")).unwrap();
    for path in ["web", "web/tiny.js", "web/tiny_bg.wasm"] {
        let artifact = quietly(&package(&suite, path)).unwrap();
        assert_eq!(called(&artifact, "handed").as_ref(), Ok(&expected), "{path}");
    }
}

#[test]
fn what_is_wrong_with_a_package_is_reported() {
    let suite = Suite::new(&[
        ("empty/readme.txt", ""),
        ("gone/package.json", "{ \"main\": \"gone.js\" }"),
        ("own.js", "export const other = 1;"),
        ("nothing.js", "1 + 1;"),
        ("lacks.js", "import x from 'not-installed-anywhere/deep';\nexport const run = x;"),
        ("alias.js", "import x from '@/lib/x';\nexport const run = x;"),
        ("syntax.js", "export const run = ;"),
        ("broken.wasm", "no wasm"),
    ]);
    for (path, expected) in [
        ("empty", "no .wasm with its module"),
        ("gone", "gone"),
        ("own.js", "it has no export `run`; help: it exports other"),
        ("nothing.js", "it exports nothing"),
        (
            "lacks.js",
            "it imports `not-installed-anywhere`, which is not installed; help: npm install not-installed-anywhere",
        ),
        ("alias.js", "`@/lib/x` is a path alias that no tsconfig.json has"),
        ("syntax.js", "syntax.js:1:19: Unexpected"),
        ("broken.wasm", "broken.wasm: it does not begin as a Wasm module does"),
        ("nowhere", "is not there"),
    ] {
        let message = message(&package(&suite, path));
        assert!(message.contains(expected), "{path}: {message}");
    }
}
