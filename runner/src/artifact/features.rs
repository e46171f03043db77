//! The features of the Wasm target that a manifest may ask for, and what the tools call them.

use anyhow::Context;

use crate::suite::{ATOMICS, has_threads};

/// rustc's name, and wasm-opt's flag.
const KNOWN: [(&str, &str); 5] = [
    ("simd128", "--enable-simd"),
    ("relaxed-simd", "--enable-relaxed-simd"),
    ("tail-call", "--enable-tail-call"),
    ("extended-const", "--enable-extended-const"),
    (ATOMICS, "--enable-threads"),
];

/// The linker's arguments for shared memory, and what the glue needs to start a thread in it.
const SHARED_MEMORY: [&str; 7] = [
    "--shared-memory",
    "--import-memory",
    "--max-memory=1073741824",
    "--export=__wasm_init_tls",
    "--export=__tls_size",
    "--export=__tls_align",
    "--export=__tls_base",
];

/// wasm-opt's names of rustc's default features.
const DEFAULTS: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
    "--enable-reference-types",
];

/// The folder that builds with these features share: `scalar`, `simd128`, `relaxed-simd+simd128`.
///
/// # Errors
/// A feature is not known.
pub fn variant(features: &[String]) -> anyhow::Result<String> {
    let mut names: Vec<&str> =
        features.iter().map(|feature| known(feature).map(|(name, _)| name)).collect::<Result<_, _>>()?;
    names.sort_unstable();
    names.dedup();
    Ok(if names.is_empty() { "scalar".to_owned() } else { names.join("+") })
}

/// rustc's flags for these features.
#[must_use]
pub fn rustc_flags(features: &[String]) -> Vec<String> {
    // Newer compilers have it on anyway; shared memory cannot do without.
    let bulk = has_threads(features).then_some("bulk-memory");
    let enabled: Vec<String> =
        features.iter().map(String::as_str).chain(bulk).map(|feature| format!("+{feature}")).collect();
    let target = (!enabled.is_empty()).then(|| format!("-Ctarget-feature={}", enabled.join(",")));
    let linker: &[&str] = if has_threads(features) { &SHARED_MEMORY } else { &[] };
    target.into_iter().chain(linker.iter().map(|argument| format!("-Clink-arg={argument}"))).collect()
}

/// wasm-opt's flags for these features and rustc's defaults.
///
/// # Errors
/// A feature is not known.
pub fn wasm_opt_flags(features: &[String]) -> anyhow::Result<Vec<&'static str>> {
    let asked = features.iter().map(|feature| known(feature).map(|(_, flag)| flag));
    DEFAULTS.into_iter().map(Ok).chain(asked).collect()
}

fn known(feature: &str) -> anyhow::Result<(&'static str, &'static str)> {
    KNOWN.into_iter().find(|(name, _)| *name == feature).with_context(|| {
        let names = KNOWN.map(|(name, _)| name).join(", ");
        format!("target-features: {feature:?} is not known; help: use any of {names}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::has_simd;

    fn features(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn features_are_translated() {
        let simd = features(&["simd128"]);
        assert!(has_simd(&simd) && !has_simd(&[]));
        assert_eq!(variant(&[]).unwrap(), "scalar");
        assert_eq!(variant(&features(&["simd128", "relaxed-simd"])).unwrap(), "relaxed-simd+simd128");
        assert_eq!(rustc_flags(&simd), ["-Ctarget-feature=+simd128"]);
        assert_eq!(rustc_flags(&[]), [""; 0]);
        let threads = rustc_flags(&features(&["simd128", "atomics"]));
        assert_eq!(threads[0], "-Ctarget-feature=+simd128,+atomics,+bulk-memory");
        assert!(threads[1..].contains(&"-Clink-arg=--shared-memory".to_owned()));
        assert!(wasm_opt_flags(&simd).unwrap().contains(&"--enable-simd"));
        assert!(!wasm_opt_flags(&[]).unwrap().contains(&"--enable-simd"));
    }

    #[test]
    fn what_is_not_known_is_refused() {
        let error = variant(&features(&["simd128 -Clinker=x"])).unwrap_err().to_string();
        assert!(error.contains("use any of simd128, relaxed-simd"), "{error}");
        assert!(wasm_opt_flags(&features(&["../x"])).is_err());
    }
}
