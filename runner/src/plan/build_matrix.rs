//! The build matrix of one contender: the contender and its variants, as contenders of one kernel. Pure.

use clap::ValueEnum;
use crossover_reports::run::Variant;

use super::{Effort, Plan, PlannedKernel};
use crate::suite::{Contender, ContenderSource, Kernel, OptLevel, Suite, WasmBuild, WasmOpt, unknown};

/// The settings of the variants: every combination of these.
#[derive(Debug, Clone)]
pub struct BuildMatrix {
    /// Levels of cargo.
    pub opt_levels: Vec<OptLevel>,
    /// Levels of wasm-opt.
    pub wasm_opts: Vec<WasmOpt>,
    /// Whether variants use 128-bit vectors.
    pub simd: Simd,
}

/// Whether 128-bit vectors are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Simd {
    /// In no variant.
    Off,
    /// In every variant.
    On,
    /// Half the variants without, half with them.
    #[value(aliases = ["off,on", "on,off"])]
    Both,
}

impl Simd {
    fn columns(self) -> &'static [bool] {
        match self {
            Self::Off => &[false],
            Self::On => &[true],
            Self::Both => &[false, true],
        }
    }
}

impl Plan {
    /// Plans the build matrix of a contender of a kernel, on the kernel's headline input. The baseline is the contender as its
    /// manifest builds it.
    ///
    /// # Errors
    /// When there is no such kernel or contender, or it is not built from a crate.
    pub fn of_builds(
        suite: &Suite,
        kernel: &str,
        contender: Option<&str>,
        matrix: &BuildMatrix,
        effort: Effort,
    ) -> anyhow::Result<Self> {
        let names = suite.kernels.iter().map(|kernel| kernel.name.as_str());
        let found = suite.kernels.iter().find(|candidate| candidate.name == kernel);
        let kernel = found.ok_or_else(|| anyhow::anyhow!(unknown("kernel", kernel, names)))?;
        let (own, build) = chosen(kernel, contender)?;
        let variants = matrix.variants(kernel, own, build, &suite.cargo_profile);
        if let Some(twice) = variants.iter().find(|variant| variant.name == own.name) {
            anyhow::bail!(
                "{}: contender `{}` has the name of one of its variants; help: rename it",
                kernel.file.display(),
                twice.name
            );
        }
        let inputs = kernel.inputs.iter().filter(|input| input.headline).cloned().collect();
        let contenders = std::iter::once(own.clone()).chain(variants).collect();
        let kernel = Kernel { baseline: own.name.clone(), ..kernel.clone() };
        Ok(Self::of_kernels(vec![PlannedKernel { kernel, inputs, contenders }], effort))
    }
}

impl BuildMatrix {
    /// The variants of `own`. Those that share a compilation are next to each other, so that cargo does it once.
    fn variants(&self, kernel: &Kernel, own: &Contender, build: &WasmBuild, cargo_profile: &str) -> Vec<Contender> {
        let mut variants: Vec<Contender> = Vec::new();
        for &simd in self.simd.columns() {
            let column = column(kernel, own, build, simd);
            for &opt_level in &self.opt_levels {
                for &wasm_opt in &self.wasm_opts {
                    let build = WasmBuild { wasm_opt, opt_level: Some(opt_level), ..column.clone() };
                    variants.push(variant(own, build, cargo_profile, opt_level));
                }
            }
        }
        // A level may be given twice.
        let mut seen = std::collections::BTreeSet::new();
        variants.retain(|variant| seen.insert(variant.name.clone()));
        variants
    }
}

/// The contender to build in several ways: the named one, else the first that is built from a crate.
fn chosen<'a>(kernel: &'a Kernel, name: Option<&str>) -> anyhow::Result<(&'a Contender, &'a WasmBuild)> {
    let of_crate = |contender: &'a Contender| match &contender.source {
        ContenderSource::Crate(build) => Some((contender, build)),
        _ => None,
    };
    let crates = || kernel.contenders.iter().filter_map(of_crate);
    let names = || crates().map(|(contender, _)| contender.name.as_str());
    anyhow::ensure!(
        crates().next().is_some(),
        "{}: kernel `{}` has no contender that is built from a crate, so there is nothing to build in several ways; help: name \
         another kernel",
        kernel.file.display(),
        kernel.name
    );
    let wanted = |(contender, _): &(&Contender, &WasmBuild)| name.is_none_or(|name| contender.name == name);
    crates().find(wanted).ok_or_else(|| {
        let name = name.unwrap_or_default();
        if kernel.contenders.iter().any(|contender| contender.name == name) {
            let crates = names().collect::<Vec<_>>().join(", ");
            return anyhow::anyhow!("--contender: `{name}` is not built from a crate; help: choose from {crates}");
        }
        anyhow::anyhow!("--contender: {}", unknown("contender", name, names()))
    })
}

/// The contender's build with vectors or without. If the manifest has such a contender, of the same crate and with the same
/// export, its build is used, with whatever else belongs to it.
fn column(kernel: &Kernel, own: &Contender, build: &WasmBuild, simd: bool) -> WasmBuild {
    if build.has_simd() == simd {
        return build.clone();
    }
    let manifests = kernel.contenders.iter().find_map(|other| match &other.source {
        ContenderSource::Crate(other_build)
            if other_build.folder == build.folder && other.export == own.export && other_build.has_simd() == simd =>
        {
            Some(other_build.clone())
        }
        _ => None,
    });
    manifests.unwrap_or_else(|| build.with_simd(simd))
}

/// `opt-3-O2-simd`, `opt-s-none-scalar`.
fn variant(own: &Contender, build: WasmBuild, cargo_profile: &str, opt_level: OptLevel) -> Contender {
    let level = build.wasm_opt.level();
    let simd = build.has_simd();
    let name = format!(
        "opt-{}-{}-{}",
        opt_level.name(),
        level.map_or("none", |level| level.trim_start_matches('-')),
        if simd { "simd" } else { "scalar" }
    );
    let variant = Variant {
        opt_level: opt_level.name().to_owned(),
        wasm_opt: level.map(str::to_owned),
        simd,
        cargo_profile: cargo_profile.to_owned(),
        features: build.features.clone(),
        target_features: build.target_features.clone(),
    };
    // A label is that of the build that the manifest describes.
    Contender { name, label: None, source: ContenderSource::Crate(build), variant: Some(variant), ..own.clone() }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use crossover_reports::gate::Limits;
    use crossover_reports::run::{Check, InputKind, Kind, Track};

    use super::*;
    use crate::call_path::CallPath;
    use crate::plan::Preset;
    use crate::suite::{Input, InputSource, Judge};

    fn contender(name: &str, source: ContenderSource) -> Contender {
        Contender { track: Track::Controlled, ..Contender::new(name, Kind::Wasm, CallPath::export("run"), source) }
    }

    fn build(features: &[&str], target_features: &[&str]) -> ContenderSource {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        ContenderSource::Crate(WasmBuild {
            folder: PathBuf::from("/suite/k"),
            features: owned(features),
            target_features: owned(target_features),
            wasm_opt: WasmOpt::USUAL,
            opt_level: None,
        })
    }

    fn suite(contenders: Vec<Contender>) -> Suite {
        let input = |name: &str, headline| Input {
            name: name.to_owned(),
            label: None,
            kind: InputKind::Bytes,
            source: InputSource::File(PathBuf::from("/suite/k/input")),
            headline,
            payload: None,
            known_answer: None,
        };
        let kernel = Kernel {
            name: "k".to_owned(),
            file: PathBuf::from("/suite/k/kernel.toml"),
            title: None,
            summary: String::new(),
            caveats: Vec::new(),
            domain: "test".to_owned(),
            purpose: crossover_reports::run::Purpose::Choice,
            baseline: "js".to_owned(),
            check: Check::Exact,
            judge: Judge::default(),
            inputs: vec![input("small", false), input("large", true)],
            assets: Default::default(),
            contenders,
            scenarios: Vec::new(),
            revisions_of: None,
            from: None,
        };
        Suite {
            root: "/suite".into(),
            cargo_profile: "wasm".to_owned(),
            preset: None,
            runtimes: Vec::new(),
            share: Default::default(),
            limits: Limits::default(),
            default_kernels: Vec::new(),
            kernels: vec![kernel],
        }
    }

    fn js() -> Contender {
        contender("js", ContenderSource::Module(PathBuf::from("/suite/k/index.js")))
    }

    fn matrix(opt_levels: &[&str], wasm_opts: &[&str], simd: Simd) -> BuildMatrix {
        BuildMatrix {
            opt_levels: opt_levels.iter().map(|level| level.parse().unwrap()).collect(),
            wasm_opts: wasm_opts.iter().map(|level| level.parse().unwrap()).collect(),
            simd,
        }
    }

    fn planned(contenders: Vec<Contender>, name: Option<&str>, matrix: &BuildMatrix) -> anyhow::Result<PlannedKernel> {
        let plan = Plan::of_builds(&suite(contenders), "k", name, matrix, Effort::of(Preset::Quick))?;
        Ok(plan.kernels.into_iter().next().unwrap())
    }

    fn names(planned: &PlannedKernel) -> Vec<&str> {
        planned.contenders.iter().map(|contender| contender.name.as_str()).collect()
    }

    fn message(contenders: Vec<Contender>, name: Option<&str>) -> String {
        planned(contenders, name, &matrix(&["3"], &["-O3"], Simd::Both)).unwrap_err().to_string()
    }

    #[test]
    fn variants_stand_beside_the_manifests_build_on_the_headline_input() {
        let wasm = contender("wasm", build(&[], &[]));
        let planned = planned(vec![js(), wasm], None, &matrix(&["3", "s"], &["-O2", "none"], Simd::Off)).unwrap();
        let expected = ["wasm", "opt-3-O2-scalar", "opt-3-none-scalar", "opt-s-O2-scalar", "opt-s-none-scalar"];
        assert_eq!(names(&planned), expected);
        assert_eq!(planned.kernel.baseline, "wasm");
        assert_eq!(planned.inputs.iter().map(|input| &*input.name).collect::<Vec<_>>(), ["large"]);
        assert_eq!(planned.contenders[0].variant, None);
        let variant = planned.contenders[4].variant.as_ref().unwrap();
        assert_eq!((&*variant.opt_level, &variant.wasm_opt, variant.simd), ("s", &None, false));
        assert_eq!(variant.cargo_profile, "wasm");
    }

    #[test]
    fn columns_follow_the_manifests_own_contenders() {
        let contenders =
            vec![contender("wasm", build(&["small"], &[])), contender("wasm-simd", build(&["simd"], &["simd128"]))];
        let both = matrix(&["3"], &["-O3"], Simd::Both);
        for chosen in ["wasm", "wasm-simd"] {
            let planned = planned(contenders.clone(), Some(chosen), &both).unwrap();
            assert_eq!(names(&planned), [chosen, "opt-3-O3-scalar", "opt-3-O3-simd"]);
            let features = |at: usize| planned.contenders[at].variant.clone().unwrap().features;
            assert_eq!((features(1), features(2)), (vec!["small".to_owned()], vec!["simd".to_owned()]));
        }
    }

    #[test]
    fn vectors_are_tried_where_the_manifest_has_none_of_them() {
        let planned = planned(vec![contender("wasm", build(&[], &[]))], None, &matrix(&["3"], &["-O3"], Simd::On));
        let planned = planned.unwrap();
        let variant = planned.contenders[1].variant.as_ref().unwrap();
        assert_eq!((variant.simd, &variant.target_features[..]), (true, &["simd128".to_owned()][..]));
        let simd = vec![contender("wasm-simd", build(&[], &["simd128", "tail-call"]))];
        let planned = self::planned(simd, None, &matrix(&["3"], &["-O3"], Simd::Off)).unwrap();
        assert_eq!(planned.contenders[1].variant.as_ref().unwrap().target_features, ["tail-call"]);
    }

    #[test]
    fn a_level_given_twice_is_built_once() {
        let planned =
            planned(vec![contender("wasm", build(&[], &[]))], None, &matrix(&["3", "3"], &["-O3"], Simd::Off));
        assert_eq!(names(&planned.unwrap()), ["wasm", "opt-3-O3-scalar"]);
    }

    #[test]
    fn who_cannot_be_built_in_several_ways_is_told_what_can() {
        assert!(message(vec![js()], None).contains("no contender that is built from a crate"));
        let both = || vec![js(), contender("wasm", build(&[], &[]))];
        assert_eq!(message(both(), Some("js")), "--contender: `js` is not built from a crate; help: choose from wasm");
        assert!(message(both(), Some("wsm")).contains("did you mean `wasm`?"));
        let named = vec![contender("opt-3-O3-simd", build(&[], &[]))];
        assert!(message(named, None).contains("has the name of one of its variants; help: rename it"));
    }
}
