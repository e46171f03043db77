//! `crossover charts`: which files it writes, and how it refuses what it cannot do. No browser.
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

/// Runs the command in a folder: exit code, stdout, stderr.
fn charts(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossover"));
    let output = command.arg("charts").args(arguments).current_dir(folder).env("NO_COLOR", "1").output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn header(kernels: &Value) -> Value {
    json!({
        "schema": "crossover/run/2", "id": "run-1", "tool_version": "0.1.0", "git_revision": null,
        "started_at": "2026-03-01T00:00:00Z", "seed": 1,
        "schedule": { "preset": "quick", "looks": [2], "precision": 0.01, "goal": "outcome", "rounds": 3, "cold_starts": 0 },
        "machine": { "os": "Linux", "arch": "x86_64", "cpu": "a CPU", "cores": 2, "memory_bytes": null },
        "toolchain": { "rustc": null, "wasm_bindgen": null, "binaryen": null, "esbuild": null },
        "strata": [{ "id": "chromium", "runtime": { "id": "chromium", "version": "143" }, "cross_origin_isolated": true, "timer_quantum_ns": 5000.0 }],
        "kernels": kernels,
    })
}

fn kernels() -> Value {
    let contender = |name: &str, bytes: u64| {
        json!({ "name": name, "kind": name, "track": "controlled", "build": [],
                "size_bytes": { "raw": bytes * 3, "gzip": bytes * 2, "brotli": bytes } })
    };
    json!([{ "name": "sum", "summary": "", "domain": "other", "baseline": "js", "check": "exact",
             "inputs": [{ "name": "1kB", "as": "bytes", "bytes": 1000, "sha256": "00ff", "headline": true }],
             "contenders": [contender("js", 500), contender("wasm", 900)] }])
}

/// A run in which `wasm` takes half the time.
fn write_run(file: &Path) {
    let mut lines = vec![header(&kernels()).to_string()];
    for block in 0..2 {
        for (contender, ns) in [("js", 2e6), ("wasm", 1e6)] {
            let ns = ns * (1.0 + f64::from(block) / 1000.0);
            let call: Vec<Value> = (0..3).map(|round| json!({ "round": round, "calls": 1, "ns": ns })).collect();
            let row = json!({ "kernel": "sum", "input": "1kB", "contender": contender, "stratum": "chromium",
                              "block": block, "samples": { "call": call } });
            lines.push(row.to_string());
        }
    }
    fs::write(file, lines.join("\n") + "\n").unwrap();
}

/// The files of these slides in these themes.
fn files(slides: &[&str], themes: &[&str]) -> BTreeSet<String> {
    let of = |slide: &&str, theme: &&str| [".svg", "-1920.png", "-3840.png"].map(|end| format!("{slide}-{theme}{end}"));
    slides.iter().flat_map(|slide| themes.iter().flat_map(move |theme| of(slide, theme))).collect()
}

fn found(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn two_slides_are_written_and_one_line_says_where_and_how_to_get_the_others() {
    let folder = tempfile::tempdir().unwrap();
    write_run(&folder.path().join("run.jsonl"));
    let output = charts(folder.path(), &["run.jsonl"]);
    let line = "2 slides (SVG, PNG) in slides; --all writes 1 more\n";
    assert_eq!(output, (0, line.to_owned(), String::new()));
    assert_eq!(found(&folder.path().join("slides")), files(&["summary", "speed-up-sum-chromium"], &["light"]));
}

#[test]
fn every_slide_is_an_svg_and_two_pictures_in_the_themes_that_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    write_run(&folder.path().join("run.jsonl"));
    let (code, stdout, stderr) = charts(folder.path(), &[".", "--all", "--theme", "light,dark"]);
    assert_eq!((code, stdout.as_str()), (0, "3 slides (SVG, PNG) in ./slides\n"), "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert!(stderr.starts_with("left out: break-even of sum in Chromium: its first results were not"), "{stderr}");
    assert!(stderr.ends_with("; and for 3 more reasons, see --verbose\n"), "{stderr}");
    assert!(!stderr.contains("trend"), "no history was asked for: {stderr}");
    let slides = folder.path().join("slides");
    assert_eq!(found(&slides), files(&["summary", "speed-up-sum-chromium", "size-sum"], &["light", "dark"]));
    for (width, height) in [(1920_u32, 1080_u32), (3840, 2160)] {
        let picture = fs::read(slides.join(format!("summary-dark-{width}.png"))).unwrap();
        assert_eq!(&picture[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!(picture[16..24], [width.to_be_bytes(), height.to_be_bytes()].concat());
    }
    let svg = fs::read_to_string(slides.join("speed-up-sum-chromium-light.svg")).unwrap();
    assert!(svg.contains("sum: wasm is 2.00× faster than js"), "{svg}");
}

#[test]
fn all_paths_and_reasons_are_printed_if_they_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    write_run(&folder.path().join("run.jsonl"));
    let (code, stdout, stderr) = charts(folder.path(), &["run.jsonl", "--all", "--verbose"]);
    let paths = ["summary", "speed-up-sum-chromium", "size-sum"].map(|name| format!("slides/{name}-light.svg"));
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(stdout.lines().take(3).collect::<Vec<_>>(), paths);
    assert_eq!(stdout.lines().skip(3).collect::<Vec<_>>(), ["3 slides (SVG, PNG) in slides"]);
    let kinds = ["break-even", "crossover", "cold-start", "boundary"];
    assert_eq!(stderr.lines().count(), kinds.len(), "{stderr}");
    assert!(kinds.iter().all(|kind| stderr.contains(&format!("left out: {kind} of sum in Chromium: "))), "{stderr}");
}

#[test]
fn what_was_asked_for_and_cannot_be_drawn_has_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    write_run(&folder.path().join("run.jsonl"));
    let (code, stdout, stderr) = charts(folder.path(), &["run.jsonl", "--only", "size,crossover,cold-start"]);
    assert_eq!((code, stdout.as_str()), (0, "1 slide (SVG, PNG) in slides\n"), "{stderr}");
    let lines: Vec<&str> = stderr.lines().collect();
    assert!(
        lines[0].starts_with("left out: crossover of sum in Chromium: ") && lines[0].contains("--all-inputs"),
        "{stderr}"
    );
    assert!(lines[1].starts_with("left out: cold-start of sum in Chromium: ") && lines.len() == 2, "{stderr}");
}

#[test]
fn one_slide_may_have_a_title_and_a_theme_of_ones_own() {
    let folder = tempfile::tempdir().unwrap();
    write_run(&folder.path().join("run.jsonl"));
    fs::write(folder.path().join("corporate.toml"), "base = \"dark\"\nbackground = \"#000011\"\n").unwrap();
    let arguments = [
        "run.jsonl",
        "--only",
        "speed-up,sum",
        "--title",
        "Twice <as> fast",
        "--theme",
        "corporate.toml",
        "--out",
        "talk",
        "-qv",
    ];
    let (code, stdout, stderr) = charts(folder.path(), &arguments);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let lines = ["talk/speed-up-sum-chromium-corporate.svg", "1 slide (SVG, PNG) in talk"];
    assert_eq!(stdout.lines().collect::<Vec<_>>(), lines);
    let svg = fs::read_to_string(folder.path().join("talk/speed-up-sum-chromium-corporate.svg")).unwrap();
    assert!(svg.contains("Twice &lt;as&gt; fast") && svg.contains("#000011"), "{svg}");
}

#[test]
fn what_cannot_be_done_is_refused_with_a_fix() {
    let folder = tempfile::tempdir().unwrap();
    write_run(&folder.path().join("run.jsonl"));
    fs::write(folder.path().join("empty.jsonl"), format!("{}\n", header(&json!([])))).unwrap();
    fs::write(folder.path().join("failed.jsonl"), {
        let row = |name| {
            json!({ "kernel": "sum", "input": "1kB", "contender": name, "stratum": "chromium", "block": 0,
                                 "failure": { "stage": "runtime", "reason": "no browser\u{1b}[2J was found" } })
        };
        let lines = [header(&kernels()), row("js"), row("wasm")];
        lines.map(|line| line.to_string() + "\n").concat()
    })
    .unwrap();
    let theme = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    theme("typo.toml", "backgroud = \"#000000\"\n");
    theme("pale.toml", "text = \"#dddddd\"\n");
    theme("light.toml", "");
    let cases: [(&[&str], &[&str]); 13] = [
        (&["nowhere"], &["nowhere"]),
        (
            &["run.jsonl", "--only", "speedup"],
            &["error: --only for run.jsonl: there is no kind of slide", "`speedup`\nhelp: did you mean `speed-up`?"],
        ),
        (
            &["run.jsonl", "--title", "x"],
            &["a title is for one slide, and there are 2: summary, speed-up-sum-chromium", "help: name one kind and"],
        ),
        (&["run.jsonl", "--order", "size"], &["write ratio, name or run"]),
        (
            &["run.jsonl", "--theme", "typo.toml"],
            &["typo.toml", "`backgroud` is not a key of a theme\nhelp: the keys are base, background"],
        ),
        (&["run.jsonl", "--theme", "pale.toml"], &["pale.toml", "`text` (#dddddd)", "4.5 : 1"]),
        (&["run.jsonl", "--theme", "blue"], &["blue", "light, dark or a TOML file"]),
        (&["run.jsonl", "--theme", "light,light.toml"], &["two themes are called `light`"]),
        (&["run.jsonl", "--history", "none.sqlite"], &["none.sqlite", "there is no history yet"]),
        (&["run.jsonl", "--only", "trend"], &["nothing to draw", "--history FILE"]),
        (&["run.jsonl", "--out", "run.jsonl/below"], &["--out DIR"]),
        (&["empty.jsonl"], &["empty.jsonl: there is nothing to draw", "left out: summary: no option"]),
        (
            &["failed.jsonl"],
            &["failed.jsonl: there is nothing to draw", "left out: speed-up of sum in Chromium", "was found"],
        ),
    ];
    for (arguments, messages) in cases {
        let (code, stdout, stderr) = charts(folder.path(), arguments);
        assert_eq!((code, stdout.as_str()), (2, ""), "{arguments:?}: {stderr}");
        for message in messages {
            assert!(stderr.contains(message), "no `{message}` in: {stderr}");
        }
        assert!(!stderr.contains('\u{1b}'), "{stderr}");
    }
    assert!(!folder.path().join("slides").exists(), "nothing is made of what is refused");
}

#[test]
fn a_history_makes_slides_of_how_it_went() {
    let folder = tempfile::tempdir().unwrap();
    write_run(&folder.path().join("run.jsonl"));
    let text = fs::read_to_string(folder.path().join("run.jsonl")).unwrap();
    let later = text.replace("run-1", "run-2").replace("2026-03-01", "2026-03-02");
    fs::write(folder.path().join("later.jsonl"), later).unwrap();
    let mut add = Command::new(env!("CARGO_BIN_EXE_crossover"));
    let added = add.args(["history", "add", "run.jsonl", "later.jsonl"]).current_dir(folder.path()).output().unwrap();
    assert!(added.status.success());
    let history = ["later.jsonl", "--history", ".crossover/history.sqlite", "--only", "trend", "--theme", "dark", "-v"];
    let (code, stdout, stderr) = charts(folder.path(), &history);
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.contains("slides/trend-sum-wasm-call-ns-1kb-chromium-dark.svg"), "{stdout}");
}
