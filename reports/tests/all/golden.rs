//! Every format against its golden file. `BLESS=1 cargo test -p crossover-reports` writes them anew: look at the diff.

use std::path::Path;

use crossover_reports::chart;
use crossover_reports::export::tool::{self, Output, ToolFormat};
use crossover_reports::export::{Colour, Format, brief, export, terminal};
use crossover_reports::report::Report;
use serde_json::Value;

use crate::synthetic;

/// Compares with a file under the crate's folder, or writes it when `BLESS` is set.
pub fn check(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, text).unwrap();
        return;
    }
    let golden = std::fs::read_to_string(&file).unwrap_or_default();
    if golden == text {
        return;
    }
    let line = golden.lines().zip(text.lines()).take_while(|(a, b)| a == b).count();
    panic!(
        "{path} differs from line {}:\n  golden: {}\n  now:    {}\nif the change is meant, run with BLESS=1 and look at the diff",
        line + 1,
        golden.lines().nth(line).unwrap_or("(nothing)"),
        text.lines().nth(line).unwrap_or("(nothing)"),
    );
}

fn report() -> Report {
    Report::from_run(&synthetic::with_sessions(6))
}

#[test]
fn formats() {
    let report = report();
    check("tests/golden/report.txt", &terminal(&report, Colour::Never));
    let brief = brief(&report, Colour::Never);
    assert!(brief.lines().all(|line| line.chars().count() <= 80), "{brief}");
    check("tests/golden/brief.txt", &brief);
    check("tests/golden/report.md", &export(&report, Format::Markdown).unwrap());
    check("tests/golden/report.json", &rounded(&export(&report, Format::Json).unwrap()));
    check("tests/golden/report.csv", &rounded_fields(&export(&report, Format::Csv).unwrap()));
}

#[test]
fn formats_of_other_programs() {
    let report = report();
    for format in ToolFormat::ALL {
        match tool::export(&report, format).unwrap().output {
            Output::Text(text) => check(&format!("tests/golden/{}.json", format.name()), &rounded(&text)),
            Output::Files(files) => {
                // Only the first cell or input of each kernel has a golden file; the others are alike.
                let shown = |path: &Path| match format {
                    ToolFormat::Criterion => path.starts_with("hashing-blake3_1MB/wasm-simd"),
                    ToolFormat::Tachometer => path.ends_with("hashing-blake3-1MB-chromium.json"),
                    ToolFormat::GithubActionBenchmark | ToolFormat::Bmf => true,
                };
                for (path, text) in files.iter().filter(|(path, _)| shown(path)) {
                    check(&format!("tests/golden/{}/{}", format.name(), path.display()), &rounded(text));
                }
            }
        }
    }
}

/// A table with its numbers rounded, of which no field has a comma: the last digits differ between systems.
pub fn rounded_fields(csv: &str) -> String {
    let round = |field: &str| match field.parse::<f64>() {
        Ok(number) if field.contains('.') => format!("{number:.5e}"),
        _ => field.to_owned(),
    };
    csv.lines().map(|line| line.split(',').map(round).collect::<Vec<_>>().join(",") + "\n").collect()
}

/// JSON with its numbers rounded to six digits: the last ones differ between systems.
pub fn rounded(text: &str) -> String {
    fn round(value: &mut Value) {
        match value {
            Value::Array(values) => values.iter_mut().for_each(round),
            Value::Object(fields) => fields.values_mut().for_each(round),
            Value::Number(number) if number.is_f64() => {
                *value = format!("{:.5e}", number.as_f64().unwrap()).parse::<f64>().unwrap().into();
            }
            _ => {}
        }
    }
    let mut value: Value = serde_json::from_str(text).unwrap();
    round(&mut value);
    serde_json::to_string_pretty(&value).unwrap() + "\n"
}

#[test]
fn charts() {
    for (name, svg) in chart::all(&report()).unwrap() {
        check(&format!("tests/golden/{name}"), &svg);
    }
}

#[test]
fn json_is_read_back_as_the_same_report() {
    let report = report();
    let text = export(&report, Format::Json).unwrap();
    let back: Report = serde_json::from_str(&text).unwrap();
    // The last digit of a number may differ after parsing, so the texts are compared, not the floats.
    assert_eq!(export(&back, Format::Json).unwrap(), text);
}
