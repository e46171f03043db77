//! Names that people know: they are read from a run, kept in it, and shown in place of the names of files.

use crossover_reports::chart::{self, slide};
use crossover_reports::export::{self, Colour, Format};
use crossover_reports::report::Report;
use crossover_reports::run::{Package, Run};

use crate::scratch::Scratch;
use crate::synthetic;

/// A run with all that a manifest can add.
fn named() -> Run {
    let mut run = synthetic::with_sessions(6);
    run.header.kernels.truncate(1);
    let kernel = &mut run.header.kernels[0];
    run.rows.retain(|row| row.cell.kernel == kernel.name);
    kernel.title = Some("BLAKE3 & friends".to_owned());
    kernel.caveats = vec!["The buffer is random; <text> is not.".to_owned()];
    kernel.inputs[0].label = Some("A small file".to_owned());
    kernel.inputs[1].label = Some("A photo of 1 MB".to_owned());
    for contender in &mut kernel.contenders {
        match &*contender.name {
            "js" => {
                let package = |name: &str, version: Option<&str>| Package {
                    name: name.to_owned(),
                    version: version.map(str::to_owned),
                };
                contender.packages = vec![package("jpeg-js", Some("0.4.4")), package("pica", None)];
                contender.link = Some("https://www.npmjs.com/package/jpeg-js".to_owned());
            }
            "js-tuned" => contender.label = Some("hand-tuned JS".to_owned()),
            "wasm" => contender.label = Some("Rust".to_owned()),
            "wasm-simd" => contender.label = Some("Rust + SIMD".to_owned()),
            "platform" => {
                contender.label = Some("crypto.subtle".to_owned());
                contender.link = Some("javascript:alert(1)".to_owned());
            }
            other => panic!("{other}"),
        }
    }
    run
}

#[test]
fn a_run_keeps_them() {
    let run = named();
    let mut text = Vec::new();
    run.write(&mut text).unwrap();
    let scratch = Scratch::with("names", &String::from_utf8(text).unwrap());
    assert_eq!(scratch.read().unwrap(), run);
}

#[test]
fn a_run_without_them_is_read_and_written_as_before() {
    let header = serde_json::to_value(&synthetic::four_kernels(0).header).unwrap();
    let kernel = &header["kernels"][0];
    for key in ["title", "caveats"] {
        assert!(kernel.get(key).is_none(), "{kernel}");
    }
    for part in [&kernel["inputs"][0], &kernel["contenders"][0]] {
        assert!(["label", "link", "packages"].iter().all(|key| part.get(key).is_none()), "{part}");
    }
    let report = Report::from_run(&synthetic::four_kernels(2));
    let kernel = report.kernel("hashing-blake3").unwrap();
    assert_eq!((kernel.shown(), kernel.inputs[0].shown()), ("hashing-blake3", "64KB"));
    assert_eq!(kernel.option("wasm-simd"), "wasm-simd");
    assert_eq!(kernel.option_with_track("js-tuned"), "js-tuned (controlled)");
}

#[test]
fn plans_that_differ_in_them_alone_are_one_plan() {
    let bare = synthetic::with_sessions(6);
    let mut named = bare.clone();
    named.header.kernels[0].title = Some("BLAKE3".to_owned());
    named.header.kernels[0].caveats = vec!["None.".to_owned()];
    named.header.kernels[0].inputs[0].label = Some("Small".to_owned());
    named.header.kernels[0].contenders[0].label = Some("@noble/hashes".to_owned());
    assert_eq!(named.header.resume_difference(&bare.header), None);
}

#[test]
fn a_label_comes_before_packages_and_packages_before_the_name() {
    let report = Report::from_run(&named());
    let kernel = &report.kernels[0];
    assert_eq!(kernel.shown(), "BLAKE3 & friends");
    assert_eq!(kernel.option("js"), "jpeg-js 0.4.4 + pica");
    assert_eq!(kernel.option("wasm-simd"), "Rust + SIMD");
    assert_eq!(kernel.option("gone"), "gone");
    assert_eq!(report.input("hashing-blake3", "1MB"), "A photo of 1 MB");
    let link = |name: &str| kernel.contenders.iter().find(|info| info.name == name).unwrap().link.as_deref();
    assert_eq!(link("js"), Some("https://www.npmjs.com/package/jpeg-js"));
    assert_eq!(link("platform"), None, "only pages are linked to");
}

#[test]
fn contenders_that_would_read_alike_keep_their_names() {
    let mut run = named();
    run.header.kernels[0].contenders[1].label = Some("Rust".to_owned());
    let report = Report::from_run(&run);
    assert_eq!(["js-tuned", "wasm"].map(|name| report.kernels[0].option(name)), ["Rust (js-tuned)", "Rust (wasm)"]);
}

#[test]
fn only_npm_packages_of_wasm_are_packages() {
    let mut run = named();
    let contenders = &mut run.header.kernels[0].contenders;
    assert!(contenders.iter().all(|contender| !contender.is_package()));
    let js = contenders[0].packages.clone();
    contenders[2].packages = js;
    assert!(contenders[2].is_package());
}

/// Words of the run that only files and scripts should have.
const NAMES: [&str; 5] = ["hashing-blake3", "wasm-simd", "js-tuned", "64KB", "1MB"];

#[test]
fn charts_and_slides_show_them() {
    let report = Report::from_run(&named());
    let charts = chart::all(&report).unwrap();
    let deck = slide::deck(&report, None, &slide::Selection::default()).unwrap();
    let slides = deck.slides.iter().map(|one| (one.name.clone(), one.svg(&slide::Palette::light())));
    let mut seen = String::new();
    for (name, svg) in charts.into_iter().chain(slides) {
        assert!(name.contains("blake3") || name == "summary", "{name}: ids stay");
        // An id is a name of a file.
        let words = svg.split("<style").next().unwrap().to_owned() + svg.split("</style>").last().unwrap();
        let words: String = words.split(['>', '<']).skip(2).step_by(2).collect();
        for name_of_file in NAMES {
            assert!(!words.contains(name_of_file), "{name} shows {name_of_file}: {words}");
        }
        seen.push_str(&words);
    }
    for shown in ["BLAKE3 &amp; friends", "Rust + SIMD", "jpeg-js 0.4.4 + pica", "hand-tuned JS", "A photo of 1 MB"] {
        assert!(seen.contains(shown), "no {shown}");
    }
}

#[test]
fn every_format_shows_them_and_data_keeps_the_names_of_files() {
    let report = Report::from_run(&named());
    let text = |format| export::export(&report, format).unwrap();
    let terminal = export::terminal(&report, Colour::Never);
    for (what, text, says) in [
        ("terminal", terminal, ["BLAKE3 & friends · A photo of 1 MB", "Rust + SIMD", "jpeg-js 0.4.4 + pica"]),
        (
            "markdown",
            text(Format::Markdown),
            ["## BLAKE3 &amp; friends", "| A photo of 1 MB | Rust + SIMD |", "- The buffer is random; &lt;text&gt;"],
        ),
        (
            "html",
            text(Format::Html),
            [
                "BLAKE3 &amp; friends <small>",
                ">The buffer is random; &lt;text&gt; is not.",
                "href=\"https://www.npmjs.com/package/jpeg-js\"",
            ],
        ),
        (
            "csv",
            text(Format::Csv),
            [
                "hashing-blake3,1MB,wasm-simd,",
                ",kernel_title,input_label,contender_label",
                ",BLAKE3 & friends,A photo of 1 MB,Rust + SIMD",
            ],
        ),
        (
            "json",
            text(Format::Json),
            ["\"contender\": \"wasm-simd\"", "\"label\": \"Rust + SIMD\"", "\"title\": \"BLAKE3 & friends\""],
        ),
    ] {
        for words in says {
            assert!(text.contains(words), "{what} lacks {words}:\n{text}");
        }
        assert!(!text.contains("javascript:alert"), "{what}");
        assert!(!text.contains("<text>") || matches!(what, "json"), "{what} has markup of a manifest");
    }
}

#[test]
fn reasons_use_them() {
    let report = Report::from_run(&named());
    let verdict = report.verdicts.iter().find(|verdict| verdict.candidate == "wasm-simd").unwrap();
    let reasons = verdict.reasons.join(" ");
    assert!(reasons.contains("Rust + SIMD") && !reasons.contains("wasm-simd"), "{reasons}");
    assert_eq!(verdict.rival.as_deref(), Some("platform"), "ids stay");
}
