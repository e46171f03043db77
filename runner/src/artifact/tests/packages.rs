//! Packages as their own tools write them, evaluated by Node.js as a page would.

use std::process::Command;

use super::*;

const CALL: &str = "import { readFileSync } from 'node:fs';\n\
    const [module, wasm] = process.argv.slice(1);\n\
    const contender = await import(module);\n\
    await contender.default({ module_or_path: new WebAssembly.Module(readFileSync(wasm)) });\n\
    console.log(String(contender.run(Uint8Array.from({ length: 100 }, (_, i) => i))));\n";

/// What the artifact's function answers, or why it does not.
pub(super) fn called(artifact: &Artifact) -> Result<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let [module, wasm] = [(Role::Module, "module.mjs"), (Role::Wasm, "module.wasm")].map(|(role, name)| {
        let file = artifact.files.iter().find(|file| file.role == role).expect("it ships both");
        fs::write(folder.path().join(name), &file.bytes).unwrap();
        folder.path().join(name)
    });
    let mut node = Command::new(&environment().node.path);
    let output = node.args(["--input-type=module", "--eval", CALL]).args([module, wasm]).output().unwrap();
    if output.status.success() {
        Ok(String::from_utf8(output.stdout).unwrap())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

fn answer(artifact: &Artifact) -> String {
    called(artifact).unwrap()
}

#[test]
fn every_target_of_wasm_bindgen_makes_the_same_contender() {
    let suite = Suite::with_crate();
    let root = suite.0.path();
    let expected = answer(&quietly(&suite.wasm(&[])).unwrap());
    let (dir, wasm) = (&root.join("tiny"), environment().wasm.as_ref().unwrap());
    let crate_build =
        CrateBuild { dir, features: &[], target_features: &[], profile: "wasm", clang: None, opt_level: None };
    let compiled = crate_build.run(environment(), wasm).unwrap();
    for target in ["web", "bundler", "nodejs"] {
        let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
        bindgen.input_bytes("tiny", compiled.bytes.clone());
        match target {
            "web" => bindgen.web(true).unwrap(),
            "bundler" => bindgen.bundler(true).unwrap(),
            _ => bindgen.nodejs(true).unwrap(),
        };
        bindgen.generate(root.join(target)).unwrap();
        // As wasm-pack does.
        suite.write(&format!("{target}/package.json"), "{ \"name\": \"tiny\", \"main\": \"tiny.js\" }");
        let artifact = quietly(&suite.recipe(Source::Package { path: target.into() })).unwrap();
        assert_eq!(artifact.build[0], format!("prebuilt: wasm-bindgen --target {target}"));
        assert_eq!(answer(&artifact), expected, "{target}");
    }
    let missing =
        Recipe { export: Some("nosuch".to_owned()), ..suite.recipe(Source::Package { path: "nodejs".into() }) };
    let told = called(&quietly(&missing).unwrap()).unwrap_err();
    assert!(told.contains("the package has no function `nosuch`"), "{told}");
    // Named by its Wasm, or without the manifest, it is the same package.
    fs::remove_file(root.join("web/package.json")).unwrap();
    for path in ["web", "web/tiny.js", "web/tiny_bg.wasm"] {
        assert_eq!(answer(&quietly(&suite.recipe(Source::Package { path: path.into() })).unwrap()), expected, "{path}");
    }
}

#[test]
fn what_is_wrong_with_a_package_is_told() {
    let suite = Suite::new(&[
        ("empty/readme.txt", ""),
        ("gone/package.json", "{ \"main\": \"gone.js\" }"),
        ("out/package.json", "{ \"main\": \"../a.js\" }"),
        ("a.js", "__wbg_init"),
        ("own.js", "export const run = 1;"),
        ("text.txt", ""),
        ("broken.wasm", "no wasm"),
    ]);
    for (path, told) in [
        ("empty", "no .wasm with its module is in there"),
        ("gone", "`gone.js` is not there"),
        ("out", "`../a.js` leads out of the folder"),
        ("a.js", "its .wasm is not beside it"),
        ("own.js", "no package that is known"),
        ("text.txt", "name a folder that wasm-pack made"),
        ("broken.wasm", "reading the Wasm module"),
        ("nowhere", "is not there"),
    ] {
        let message = message(&suite.recipe(Source::Package { path: path.into() }));
        assert!(message.contains(told), "{path}: {message}");
    }
}
