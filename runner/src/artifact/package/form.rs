//! What made a package, told by what only its tool writes.

use anyhow::bail;

/// The kinds of packages that can be loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// wasm-bindgen, `--target web`.
    Web,
    /// wasm-bindgen, `--target bundler`.
    Bundler,
    /// wasm-bindgen, `--target nodejs`, as CommonJS.
    Node,
    /// AssemblyScript with `--bindings esm` or `raw`.
    AssemblyScript,
    /// Emscripten with `-sEXPORT_ES6` (and `-sMODULARIZE`).
    Emscripten,
    /// Written by hand: the default export instantiates what it gets as `module_or_path`, as wasm-bindgen's does.
    Own,
}

impl Form {
    /// What the text of a package's module tells.
    ///
    /// # Errors
    /// When it tells nothing that could be loaded.
    pub fn of(module: &str) -> anyhow::Result<Self> {
        let has = |part: &str| module.contains(part);
        if has("let wasm_bindgen") && !has("export ") {
            bail!("this is wasm-bindgen's `--target no-modules`, which exports nothing; build it with `--target web`");
        }
        if has("__wbg_init") {
            return Ok(Self::Web);
        }
        if has("__wbg_set_wasm") && has("_bg.wasm") {
            return Ok(Self::Bundler);
        }
        if has("__wbg_get_imports") || has("__wbindgen_placeholder__") {
            return if has("require(") {
                Ok(Self::Node)
            } else {
                bail!("this is made by wasm-bindgen for something else than browsers; build it with `--target web`")
            };
        }
        if has("async function instantiate(module, imports = {})") {
            return Ok(Self::AssemblyScript);
        }
        if has("moduleArg") || has("instantiateWasm") {
            if !has("export default") {
                bail!("this is Emscripten's, and exports nothing; link it with `-sMODULARIZE -sEXPORT_ES6`");
            }
            return Ok(Self::Emscripten);
        }
        if has("export default") && has("module_or_path") {
            return Ok(Self::Own);
        }
        bail!(
            "no package that is known: it has to be wasm-bindgen's (wasm-pack --target web, bundler or nodejs), \
             AssemblyScript's or Emscripten's (-sMODULARIZE -sEXPORT_ES6); or write a module that exports a function \
             and loads the Wasm in `setup`, and give it as --js or in a kernel.toml"
        )
    }

    /// What made it, for a person.
    #[must_use]
    pub fn made_by(self) -> &'static str {
        match self {
            Self::Web => "prebuilt: wasm-bindgen --target web",
            Self::Bundler => "prebuilt: wasm-bindgen --target bundler",
            Self::Node => "prebuilt: wasm-bindgen --target nodejs",
            Self::AssemblyScript => "prebuilt: AssemblyScript",
            Self::Emscripten => "prebuilt: Emscripten",
            Self::Own => "prebuilt: a loader of its own",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_tells_what_made_it() {
        for (text, form) in [
            ("export { initSync, __wbg_init as default };", Form::Web),
            ("import * as wasm from \"./a_bg.wasm\"; import { __wbg_set_wasm } from \"./a_bg.js\";", Form::Bundler),
            ("const wasmBytes = require('fs').readFileSync(wasmPath); __wbg_get_imports()", Form::Node),
            ("async function instantiate(module, imports = {}) {", Form::AssemblyScript),
            ("async function Module(moduleArg = {}) {} export default Module;", Form::Emscripten),
            ("export default ({ module_or_path }) => WebAssembly.instantiate(module_or_path);", Form::Own),
        ] {
            assert_eq!(Form::of(text).unwrap(), form);
        }
    }

    #[test]
    fn what_runs_in_no_browser_is_refused_with_what_to_do() {
        for (text, mend) in [
            ("let wasm_bindgen = (function() { __wbg_init })();", "--target web"),
            ("import { readFileSync } from 'node:fs'; __wbg_get_imports()", "--target web"),
            ("var Module = moduleArg;", "-sEXPORT_ES6"),
            ("export const render = () => 1;", "write a module"),
        ] {
            let message = Form::of(text).unwrap_err().to_string();
            assert!(message.contains(mend), "{message}");
        }
    }
}
