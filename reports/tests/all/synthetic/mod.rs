//! Invented runs that look like real ones: the same seed gives the same run.

mod large;
mod profile;
mod samples;
mod unwritten;

pub use large::large;
pub use profile::profile_of;
pub use samples::Noise;
pub use unwritten::unwritten;

use crossover_reports::run::*;
use samples::{samples, sessions};

/// Figures of one contender of an invented kernel.
pub struct Part {
    name: &'static str,
    kind: Kind,
    track: Track,
    /// Nanoseconds per call on the headline input.
    call: f64,
    /// Spread between blocks, relative.
    spread: f64,
    /// Bytes that ship, raw.
    size: u64,
}

const fn part(name: &'static str, kind: Kind, track: Track, call: f64, spread: f64, size: u64) -> Part {
    Part { name, kind, track, call, spread, size }
}

/// A run of four kernels: Wasm wins one clearly, JavaScript wins one, one is a draw, one has failures.
pub fn four_kernels(blocks: u32) -> Run {
    use Kind::{Js, Platform, Wasm};
    use Track::{Controlled, Ecosystem};
    let kernels: [(&str, &str, &str, &[Part]); 4] = [
        (
            "hashing-blake3",
            "Keyed BLAKE3 of one buffer: a de-duplication hash",
            "hashing",
            &[
                part("js", Js, Ecosystem, 22.4e6, 0.012, 24_310),
                part("js-tuned", Js, Controlled, 1.52e6, 0.01, 6_120),
                part("wasm", Wasm, Controlled, 1.31e6, 0.006, 31_480),
                part("wasm-simd", Wasm, Controlled, 0.574e6, 0.008, 38_960),
                part("platform", Platform, Ecosystem, 0.79e6, 0.02, 310),
            ],
        ),
        (
            "text-highlight",
            "Tokens of a source file, for a syntax highlighter",
            "text",
            &[part("js", Js, Ecosystem, 3.1e6, 0.01, 15_200), part("wasm", Wasm, Ecosystem, 4.34e6, 0.012, 262_000)],
        ),
        (
            "image-thumbnail",
            "A photograph, scaled down with Lanczos3 and encoded as JPEG",
            "image",
            &[
                part("js", Js, Ecosystem, 41.0e6, 0.002, 52_400),
                part("wasm", Wasm, Ecosystem, 41.1e6, 0.002, 148_000),
                part("wasm-simd", Wasm, Ecosystem, 12.2e6, 0.01, 171_000),
            ],
        ),
        (
            "compression-zstd",
            "Decompressing one frame of a web page's data",
            "compression",
            &[part("js", Js, Ecosystem, 8.4e6, 0.06, 8_800), part("wasm", Wasm, Ecosystem, 8.1e6, 0.06, 64_000)],
        ),
    ];
    let mut noise = Noise(11);
    let mut run = Run { header: header(blocks), rows: Vec::new(), truncated: false };
    for (name, summary, domain, parts) in kernels {
        run.header.kernels.push(kernel(name, summary, domain, parts));
        for block in 0..blocks {
            for (input, scale) in [("64KB", 1.0 / 16.0), ("1MB", 1.0)] {
                for part in parts {
                    let fails = name == "image-thumbnail" && part.name == "wasm-simd" && input == "64KB";
                    let outcome = if fails {
                        let reason =
                            "answer differs from the baseline's: 31.2 dB where 35 dB were asked for".to_owned();
                        RowOutcome::Failure(Failure { stage: Stage::Verify, reason })
                    } else {
                        RowOutcome::Samples(Box::new(samples(&mut noise, part, scale)))
                    };
                    run.rows.push(Row {
                        cell: cell(name, input, part.name),
                        block,
                        conditions: conditions(block),
                        outcome,
                    });
                }
            }
        }
    }
    run
}

/// Twelve builds of one contender. Vectors more than halve the time and cost bytes, opt-level `s` costs speed and saves
/// bytes, and so does -Oz, but for next to nothing; -O3 is slower than -O2 where there are vectors. One does not build.
pub fn build_matrix(blocks: u32) -> Run {
    let mut run = Run { header: header(blocks), rows: Vec::new(), truncated: false };
    let mut kernel = kernel("hashing-blake3", "Keyed BLAKE3 of one buffer: a de-duplication hash", "hashing", &[]);
    kernel.baseline = "wasm".to_owned();
    kernel.inputs.retain(|input| input.headline);
    let mut parts = vec![part("", Kind::Wasm, Track::Controlled, 1.31e6, 0.004, 31_480)];
    kernel.contenders.push(build("wasm", &parts[0], None));
    for simd in [false, true] {
        for (opt_level, slower, larger) in [("3", 1.0, 1.0), ("s", 1.12, 0.8)] {
            for (wasm_opt, optimised, packed) in [("-O2", 1.0, 1.0), ("-O3", 1.0, 1.02), ("-Oz", 1.004, 0.93)] {
                let call = 1.31e6 * slower * optimised * if simd { 0.44 } else { 1.0 };
                let call = if simd && wasm_opt == "-O3" { call * 1.08 } else { call };
                let size = 31_480.0 * larger * packed * if simd { 1.24 } else { 1.0 };
                let features = |name: &str| if simd { vec![name.to_owned()] } else { Vec::new() };
                let variant = Variant {
                    opt_level: opt_level.to_owned(),
                    wasm_opt: Some(wasm_opt.to_owned()),
                    simd,
                    cargo_profile: "wasm".to_owned(),
                    features: features("simd"),
                    target_features: features("simd128"),
                };
                let kind = if simd { "simd" } else { "scalar" };
                let name = format!("opt-{opt_level}{wasm_opt}-{kind}");
                parts.push(part("", Kind::Wasm, Track::Controlled, call, 0.004, size as u64));
                kernel.contenders.push(build(&name, &parts[parts.len() - 1], Some(variant)));
            }
        }
    }
    let mut noise = Noise(23);
    for block in 0..blocks {
        for (contender, part) in kernel.contenders.iter_mut().zip(&parts) {
            let outcome = if contender.name == "opt-s-Oz-simd" {
                (contender.size_bytes, contender.size_steps) = (None, Vec::new());
                let reason = "wasm-opt: [parse exception: invalid code after SIMD prefix: 259]".to_owned();
                RowOutcome::Failure(Failure { stage: Stage::Build, reason })
            } else {
                RowOutcome::Samples(Box::new(samples(&mut noise, part, 1.0)))
            };
            let cell = cell(&kernel.name, "1MB", &contender.name);
            run.rows.push(Row { cell, block, conditions: conditions(block), outcome });
        }
    }
    run.header.kernels.push(kernel);
    run
}

fn build(name: &str, part: &Part, variant: Option<Variant>) -> Contender {
    Contender {
        name: name.to_owned(),
        label: None,
        link: None,
        packages: Vec::new(),
        kind: part.kind,
        track: part.track,
        build: vec!["wasm-opt".to_owned()],
        size_bytes: Some(size(part.size)),
        size_steps: size_steps(part.size),
        revision: None,
        variant,
        files_sha256: None,
        imports: Vec::new(),
    }
}

/// The same run, with the sessions of every contender watched before anything was timed.
pub fn with_sessions(blocks: u32) -> Run {
    with_sessions_of(four_kernels(blocks), "64KB")
}

/// A run with the sessions of every contender on one input.
fn with_sessions_of(mut run: Run, input: &str) -> Run {
    let mut rows = Vec::new();
    for stratum in &run.header.strata {
        for kernel in &run.header.kernels {
            for Contender { name, kind, size_bytes, .. } in &kernel.contenders {
                let raw = size_bytes.map_or(0, |size| size.raw);
                let outcome = RowOutcome::Sessions(Box::new(sessions(&mut Noise(raw), *kind, raw)));
                let cell = Cell { stratum: stratum.id.clone(), ..cell(&kernel.name, input, name) };
                rows.push(Row { cell, block: 0, conditions: None, outcome });
            }
        }
    }
    run.rows.splice(0..0, rows);
    run
}

/// A quiet machine.
fn conditions(block: u32) -> Option<Conditions> {
    Some(Conditions {
        load: Some(0.5 + f64::from(block) / 10.0),
        steal: Some(0.01),
        mhz: Some(2450.0),
        ..Conditions::default()
    })
}

/// A header without kernels.
pub fn header(blocks: u32) -> Header {
    Header {
        schema: SCHEMA.to_owned(),
        id: "2026-03-01T09-30-00Z-7".to_owned(),
        tool_version: "0.1.0".to_owned(),
        git_revision: Some("327d5f4c0ffee".to_owned()),
        base_revision: None,
        started_at: "2026-03-01T09:30:00Z".to_owned(),
        seed: 7,
        schedule: Schedule {
            preset: "standard".to_owned(),
            looks: vec![blocks],
            confirm_from: None,
            precision: 0.01,
            goal: Goal::Outcome,
            rounds: 20,
            cold_starts: 3,
            other_starts: 1,
            sessions: 50,
        },
        machine: Machine {
            os: "Debian GNU/Linux 12".to_owned(),
            arch: "x86_64".to_owned(),
            cpu: "AMD EPYC 7B13".to_owned(),
            cores: 2,
            memory_bytes: Some(8_300_000_000),
        },
        toolchain: Toolchain {
            rustc: Some("rustc 1.96.0".to_owned()),
            wasm_bindgen: Some("0.2.130".to_owned()),
            binaryen: Some("version 125".to_owned()),
            esbuild: Some("0.27.2".to_owned()),
        },
        strata: vec![Stratum {
            id: "chromium".to_owned(),
            runtime: Runtime {
                id: "chromium".to_owned(),
                family: Family::Browser,
                version: "143.0.7499.40".to_owned(),
                flags: vec!["--disable-background-timer-throttling".to_owned(), "--headless=new".to_owned()],
            },
            cross_origin_isolated: true,
            timer_quantum_ns: Some(5000.0),
            emulation: Emulation::default(),
            machine: None,
            through: None,
            only: None,
        }],
        kernels: Vec::new(),
        share: Default::default(),
        shards: None,
        calibration: None,
    }
}

/// The cell of a contender in Chromium.
pub fn cell(kernel: &str, input: &str, contender: &str) -> Cell {
    let [kernel, input, contender, stratum] = [kernel, input, contender, "chromium"].map(str::to_owned);
    Cell { kernel, input, contender, stratum }
}

/// A contender without a size.
pub fn contender(name: &str, kind: Kind) -> Contender {
    Contender::new(name, kind, Track::Ecosystem)
}

/// Compressed sizes of a typical file.
pub fn size(raw: u64) -> Size {
    Size { raw, gzip: raw * 2 / 5, brotli: raw / 3 }
}

/// The steps of a build with glue and Wasm of these sizes.
pub fn size_steps(raw: u64) -> Vec<SizeStep> {
    let steps =
        [(BuildStep::Rustc, raw * 3), (BuildStep::WasmBindgen, raw * 5 / 4), (BuildStep::WasmOpt, raw * 9 / 10)];
    steps.map(|(step, raw)| SizeStep { step, size: size(raw) }).to_vec()
}

fn kernel(name: &str, summary: &str, domain: &str, parts: &[Part]) -> Kernel {
    let input = |name: &str, bytes, headline| Input {
        name: name.to_owned(),
        label: None,
        kind: InputKind::Bytes,
        bytes,
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
        headline,
        payload: None,
        answer_bytes: None,
    };
    let contenders = parts.iter().map(|part| Contender {
        name: part.name.to_owned(),
        label: None,
        link: None,
        packages: Vec::new(),
        kind: part.kind,
        track: part.track,
        build: match part.kind {
            Kind::Wasm if part.name == "wasm-simd" => vec!["+simd128".to_owned(), "wasm-opt -O3".to_owned()],
            Kind::Wasm => vec!["wasm-opt -O3".to_owned()],
            _ => vec!["esbuild --minify".to_owned()],
        },
        size_bytes: Some(size(part.size)),
        size_steps: if part.kind == Kind::Wasm { size_steps(part.size) } else { Vec::new() },
        revision: None,
        variant: None,
        files_sha256: None,
        imports: Vec::new(),
    });
    Kernel {
        name: name.to_owned(),
        title: None,
        summary: summary.to_owned(),
        caveats: Vec::new(),
        domain: domain.to_owned(),
        purpose: Purpose::Choice,
        baseline: "js".to_owned(),
        check: Check::Exact,
        inputs: vec![input("64KB", 65_536, false), input("1MB", 1_048_576, true)],
        contenders: contenders.collect(),
        scenarios: Vec::new(),
        own_checks: Default::default(),
        revisions_of: None,
        from: None,
    }
}
