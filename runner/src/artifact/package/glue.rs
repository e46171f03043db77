//! The module between a package and the page: its default export takes `{ module_or_path }`, a compiled module, as
//! wasm-bindgen's initialiser does, and its other export is the package's function once that is done.

use std::fmt::Write as _;

use anyhow::{Context as _, bail, ensure};
use wasmparser::{CompositeInnerType, ExternalKind, Parser, Payload, TypeRef, ValType};

use crate::suite::unknown;

/// Exports that no one means: those of the tools, and of the memory's management.
const OWN: [&str; 3] = ["_initialize", "_start", "main"];

/// wasm-bindgen's own module for the web has the right form.
#[must_use]
pub fn web(module: &str, export: &str) -> String {
    let (module, export) = (quoted(&format!("./{module}")), quoted(export));
    format!("export {{ default, {export} }} from {module};\n")
}

/// For bundlers, the Wasm is imported as a module: what it imports is handed to it here, and then it to its glue.
///
/// # Errors
/// When it is no Wasm.
pub fn bundler(wasm: &[u8], module: &str, export: &str) -> anyhow::Result<String> {
    let glue = format!("./{}_bg.js", module.rsplit_once('.').map_or(module, |(stem, _)| stem));
    let (mut text, mut imports) = (String::new(), String::new());
    for (at, from) in imported_modules(wasm)?.iter().enumerate() {
        let _ = writeln!(text, "import * as imported{at} from {};", quoted(from));
        let _ = write!(imports, "{}: imported{at}, ", quoted(from));
    }
    let (glue, export) = (quoted(&glue), quoted(export));
    let _ = writeln!(
        text,
        "import {{ __wbg_set_wasm }} from {glue};\n\
         export {{ {export} }} from {glue};\n\
         export default async function ({{ module_or_path }}) {{\n  \
           const {{ exports }} = await WebAssembly.instantiate(module_or_path, {{ {imports}}});\n  \
           __wbg_set_wasm(exports);\n  \
           exports.__wbindgen_start?.();\n  \
           return exports;\n\
         }}"
    );
    Ok(text)
}

/// For Node.js, the module reads, compiles and instantiates its Wasm as it is evaluated. Here that is done later, with the
/// Wasm that the page has compiled in place of the one that it would read.
#[must_use]
pub fn node(text: &str, export: &str) -> String {
    let mut rest = text;
    let mut glue = String::new();
    const READ: &str = ".readFileSync(";
    while let Some(at) = rest.find(READ) {
        // `require('fs').readFileSync(path)` is the page's compiled module, and compiling that is it again.
        let begin = rest[..at].rfind("require(").unwrap_or(at);
        let end = rest[at..].find(')').map_or(rest.len(), |length| at + length + 1);
        glue.push_str(&rest[..begin]);
        glue.push_str("compiledByPage");
        rest = &rest[end..];
    }
    glue.push_str(rest);
    let glue = glue.replace("new WebAssembly.Module(", "(");
    let body = format!(
        "  const compiledByPage = module_or_path, module = {{ exports: {{}} }};\n  \
           (function (module, exports, __dirname, __filename) {{\n{glue}\n}})(module, module.exports, \"\", \"\");\n  \
           run = module.exports[{}];\n  \
           return module.exports.__wasm ?? {{}};\n",
        quoted(export)
    );
    contender("", export, &body)
}

/// AssemblyScript's bindings fetch their Wasm as they are evaluated, by a statement at their end, unless they are raw.
///
/// # Errors
/// When they export no such function.
pub fn assembly_script(text: &str, export: &str) -> anyhow::Result<String> {
    let (bindings, exported) = match text.find("export const {") {
        Some(at) => (&text[..at], Some(&text[at..])),
        None => (text, None),
    };
    if let Some(names) = exported.and_then(|rest| rest.split(['{', '}']).nth(1)) {
        let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
        ensure!(names.clone().any(|name| name == export), unknown("export", export, names));
    }
    let body = format!(
        "  const exported = await instantiate(module_or_path, {{}});\n  \
           run = exported[{}];\n  \
           return exported;\n",
        quoted(export)
    );
    Ok(contender(bindings, export, &body))
}

/// Emscripten's factory lets a page instantiate the Wasm itself; a C function's name has an underscore before it there.
#[must_use]
pub fn emscripten(module: &str, export: &str) -> String {
    let (factory, name) = (quoted(&format!("./{module}")), quoted(export));
    let body = format!(
        "  let inside;\n  \
           const made = await new Promise((resolve, reject) => {{\n    \
             const instantiateWasm = (imports, done) => {{\n      \
               const instantiated = WebAssembly.instantiate(module_or_path, imports).then((instance) => {{\n        \
                 inside = instance.exports;\n        \
                 done(instance, module_or_path);\n      \
               }});\n      \
               // Without this the factory would wait for ever.\n      \
               instantiated.catch(reject);\n      \
               return {{}};\n    \
             }};\n    \
             Promise.resolve(factory({{ instantiateWasm }})).then(resolve, reject);\n  \
           }});\n  \
           run = made[{name}] ?? made['_' + {name}];\n  \
           return {{ memory: Object.values(inside).find((item) => item instanceof WebAssembly.Memory) }};\n"
    );
    contender(&format!("import factory from {factory};"), export, &body)
}

/// A module alone gets and gives numbers.
///
/// # Errors
/// When it needs imports, or has no such function, or one that takes or gives what JavaScript has no number for.
pub fn bare(wasm: &[u8], export: &str) -> anyhow::Result<String> {
    let imported = imported_modules(wasm)?;
    ensure!(
        imported.is_empty(),
        "it imports from {}, which only the JavaScript that belongs to it can give: name that module instead",
        imported.join(", ")
    );
    let functions = functions(wasm)?;
    let Some((_, types)) = functions.iter().find(|(name, _)| name == export) else {
        let names = functions.iter().map(|(name, _)| name.as_str()).filter(|name| !OWN.contains(name));
        bail!(unknown("export", export, names));
    };
    let is_number = |of: &ValType| matches!(of, ValType::I32 | ValType::I64 | ValType::F32 | ValType::F64);
    if let Some(other) = types.iter().find(|of| !is_number(of)) {
        bail!("`{export}` takes or gives {other}, which is no number: only a module that belongs to it can call it");
    }
    let body = format!(
        "  const {{ exports }} = await WebAssembly.instantiate(module_or_path, {{}});\n  \
           exports._initialize?.();\n  \
           run = exports[{}];\n  \
           return exports;\n",
        quoted(export)
    );
    Ok(contender("", export, &body))
}

/// A module that begins with `before`. Its initialiser does `body`, which sets `run`, the function that is exported as
/// `export`, and returns what the Wasm exports.
fn contender(before: &str, export: &str, body: &str) -> String {
    format!(
        "{before}\n\
         let run;\n\
         export {{ run as {} }};\n\
         async function loadPackage(module_or_path) {{\n{body}}}\n\
         export default async function ({{ module_or_path }}) {{\n  \
           const inside = await loadPackage(module_or_path);\n  \
           if (typeof run !== 'function') throw new TypeError({});\n  \
           return inside;\n\
         }}\n",
        quoted(export),
        quoted(&format!("the package has no function `{export}`"))
    )
}

/// The names of the modules that the Wasm imports from, each once.
fn imported_modules(wasm: &[u8]) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ImportSection(imports) = payload.context("reading the Wasm module")? {
            for import in imports.into_imports() {
                names.push(import.context("reading the Wasm module's imports")?.module.to_owned());
            }
        }
    }
    names.sort();
    names.dedup();
    Ok(names)
}

/// Exported functions with the types of what they take and give.
fn functions(wasm: &[u8]) -> anyhow::Result<Vec<(String, Vec<ValType>)>> {
    let (mut types, mut of_functions, mut exports) = (Vec::new(), Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.context("reading the Wasm module")? {
            Payload::TypeSection(section) => {
                for group in section {
                    for of in group.context("reading the Wasm module's types")?.into_types() {
                        types.push(match of.composite_type.inner {
                            CompositeInnerType::Func(of) => [of.params(), of.results()].concat(),
                            // No function is of such a type, which has its number all the same.
                            _ => Vec::new(),
                        });
                    }
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    if let TypeRef::Func(of) = import.context("reading the Wasm module's imports")?.ty {
                        of_functions.push(of);
                    }
                }
            }
            Payload::FunctionSection(section) => {
                for of in section {
                    of_functions.push(of.context("reading the Wasm module's functions")?);
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export.context("reading the Wasm module's exports")?;
                    if export.kind == ExternalKind::Func {
                        exports.push((export.name.to_owned(), export.index));
                    }
                }
            }
            _ => {}
        }
    }
    let of = |index: u32| types.get(*of_functions.get(index as usize)? as usize).cloned();
    Ok(exports.into_iter().filter_map(|(name, index)| Some((name, of(index)?))).collect())
}

/// As a string of JavaScript, which JSON's are.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
