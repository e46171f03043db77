//! The history: what is kept of runs, what is refused, and which commits a change is attributed to.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crossover_reports::chart;
use crossover_reports::export::{Colour, Page, html, trend};
use crossover_reports::history::{Added, Basis, Entry, EntryError, Filter, History, HistoryError, SeriesTrend, Trend};
use crossover_reports::metric::Metric;
use crossover_reports::report::Report;
use crossover_reports::run::Run;

use crate::synthetic::{self, Noise};

/// A folder of its own for each test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("crossover-history-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn file(&self) -> PathBuf {
        self.0.join("history.sqlite")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What is kept of the invented run.
fn entry() -> Entry {
    Entry::of(&Report::from_run(&synthetic::four_kernels(3))).unwrap()
}

/// Hourly runs, one per commit. From run 40 on `wasm-simd` of the hash is 6 % slower, and Chromium is a version later;
/// from run 20 on its size is larger by 64 bytes. The machine's speed varies freely.
fn past(runs: u32) -> Vec<Entry> {
    let template = entry();
    let mut noise = Noise(31);
    let run = |number: u32| {
        let mut entry = template.clone();
        let machine = (0.2 * noise.gaussian()).exp();
        entry.id = format!("run-{number:03}");
        entry.started_at = format!("2026-03-{:02}T{:02}:00:00Z", number / 24 + 1, number % 24);
        entry.revision = Some(format!("{:016x}", u64::from(number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        entry.software = vec![("chromium".to_owned(), if number < 40 { "143" } else { "144" }.to_owned())];
        for figure in &mut entry.figures {
            let is_it = figure.key.kernel == "hashing-blake3" && figure.key.contender == "wasm-simd";
            if figure.key.metric == Metric::SIZE {
                figure.figure += if is_it && number >= 20 { 64.0 } else { 0.0 };
                continue;
            }
            let step = if is_it && figure.key.metric == Metric::CALL && number >= 40 { 1.06 } else { 1.0 };
            let wobble = step * (0.01 * noise.gaussian()).exp();
            figure.figure *= machine * wobble;
            figure.ratio =
                figure.ratio.map(|(ratio, ci)| (ratio * wobble, ci.map(|ci| ci.map(|bound| bound * wobble))));
        }
        entry
    };
    (0..runs).map(run).collect()
}

fn filled(file: &Path, entries: &[Entry]) -> History {
    let mut history = History::create(file).unwrap();
    for entry in entries {
        assert_eq!(history.add(entry).unwrap(), Added::New);
    }
    history
}

fn trend_of(history: &mut History) -> Trend {
    Trend::of(&history.read(&Filter::default()).unwrap())
}

/// The trend of the invented past, for tests that show one.
pub fn invented_trend() -> Trend {
    static TREND: LazyLock<Trend> = LazyLock::new(|| {
        let folder = Folder::new("invented-trend");
        trend_of(&mut filled(&folder.file(), &past(60)))
    });
    TREND.clone()
}

fn one<'a>(trend: &'a Trend, contender: &str, metric: Metric, input: Option<&str>) -> &'a SeriesTrend {
    let is_it = |series: &&SeriesTrend| {
        series.key.kernel == "hashing-blake3"
            && series.key.contender == contender
            && series.key.metric == metric
            && series.key.input.as_deref() == input
    };
    trend.series.iter().find(is_it).unwrap()
}

#[test]
fn a_run_is_read_back_as_it_was_added_and_a_second_time_changes_nothing() {
    let folder = Folder::new("once");
    let entry = entry();
    let mut history = filled(&folder.file(), std::slice::from_ref(&entry));
    assert_eq!(history.add(&entry).unwrap(), Added::Already);
    let recorded = history.read(&Filter::default()).unwrap();
    assert_eq!(recorded.runs.len(), 1);
    assert_eq!(recorded.runs[0].revision.as_deref(), Some("327d5f4c0ffee"));
    assert_eq!(recorded.runs[0].software["chromium"], "143.0.7499.40");
    assert_eq!(recorded.series.len(), entry.figures.len());
    for figure in &entry.figures {
        let series = recorded.series.iter().find(|series| series.key == figure.key).unwrap();
        let point = series.points[0];
        assert_eq!((point.figure, point.ratio), (figure.figure, figure.ratio.map(|(ratio, _)| ratio)));
        assert_eq!(point.ci, figure.ratio.and_then(|(_, ci)| ci));
    }
}

#[test]
fn what_is_kept_has_candidates_as_ratios_and_sizes_once() {
    let figures = entry().figures;
    let of = |contender: &str, metric: Metric| {
        let is_it = |figure: &&crossover_reports::history::SeriesFigure| {
            figure.key.kernel == "hashing-blake3" && figure.key.contender == contender && figure.key.metric == metric
        };
        figures.iter().filter(is_it).collect::<Vec<_>>()
    };
    let candidate = of("wasm-simd", Metric::CALL);
    assert_eq!(candidate.len(), 2, "one per input");
    assert!(candidate.iter().all(|figure| figure.ratio.is_some() && figure.key.baseline.as_deref() == Some("js")));
    assert!(of("js", Metric::CALL).iter().all(|figure| figure.ratio.is_none() && figure.key.baseline.is_none()));
    assert_eq!(of("wasm-simd", Metric::SIZE).len(), 1);
    assert_eq!(of("wasm-simd", Metric::LINEAR_PEAK).len(), 2);
    assert_eq!(of("js", Metric::LINEAR_PEAK).len(), 0);
    assert_eq!(candidate[0].key.machine, "Debian GNU/Linux 12, x86_64, AMD EPYC 7B13, 2 cores, 8 GiB");
}

#[test]
fn a_planted_step_names_the_commits_it_lies_between() {
    let folder = Folder::new("step");
    let entries = past(80);
    let mut history = filled(&folder.file(), &entries);
    let trend = trend_of(&mut history);
    let series = one(&trend, "wasm-simd", Metric::CALL, Some("1MB"));
    assert_eq!(series.basis, Basis::Ratio);
    let [change] = &series.changes[..] else { panic!("{:?}", series.changes) };
    assert_eq!((change.before.id.as_str(), change.after.id.as_str()), ("run-039", "run-040"));
    assert_eq!([&change.before.revision, &change.after.revision], [&entries[39].revision, &entries[40].revision]);
    assert!((change.change - 0.06).abs() < 0.01, "{change:?}");
    assert_eq!((change.software.len(), change.software[0].to.as_deref()), (1, Some("144")));

    let size = one(&trend, "wasm-simd", Metric::SIZE, None);
    let [change] = &size.changes[..] else { panic!("{:?}", size.changes) };
    assert_eq!((change.before.id.as_str(), change.to - change.from), ("run-019", 64.0));
    // The machine's variation, 20 % from run to run, is in no ratio.
    let ratios = trend.series.iter().filter(|series| series.basis == Basis::Ratio);
    assert_eq!(ratios.map(|series| series.changes.len()).sum::<usize>(), 2, "both inputs of the one contender");
}

#[test]
fn runs_are_in_the_order_in_which_they_were_made() {
    let folder = Folder::new("order");
    let mut entries = past(80);
    entries.reverse();
    let mut history = filled(&folder.file(), &entries);
    let trend = trend_of(&mut history);
    assert_eq!(one(&trend, "wasm-simd", Metric::CALL, Some("1MB")).changes[0].after.id, "run-040");
    assert_eq!(trend.last.unwrap().id, "run-079");
}

#[test]
fn machines_browsers_and_inputs_are_never_mixed() {
    let folder = Folder::new("mixed");
    let mut history = History::create(&folder.file()).unwrap();
    let mut run = synthetic::four_kernels(3);
    let mut add = |run: &Run| history.add(&Entry::of(&Report::from_run(run)).unwrap()).unwrap();
    add(&run);
    run.header.id = "other input".to_owned();
    run.header.kernels[0].inputs[1].sha256 = "aaaaaaaaaaaa".to_owned();
    add(&run);
    run.header.id = "other machine".to_owned();
    run.header.machine.cores = 4;
    add(&run);
    run.header.id = "emulated".to_owned();
    run.header.strata[0].emulation.cpu_throttle = Some(4.0);
    add(&run);
    let trend = trend_of(&mut history);
    let is_it = |series: &&SeriesTrend| {
        series.key.contender == "wasm-simd"
            && series.key.kernel == "hashing-blake3"
            && series.key.metric == Metric::CALL
            && series.key.input.as_deref() == Some("1MB")
    };
    assert_eq!(trend.series.iter().filter(is_it).map(|series| series.runs).collect::<Vec<_>>(), [1, 1, 1, 1]);
    let text = trend::terminal(&trend, Colour::Never);
    assert!(text.contains("1MB (aaaa") && text.contains("4 cores") && text.contains("emulated"), "{text}");
    let filter = Filter { runtimes: vec!["firefox".to_owned()], ..Filter::default() };
    let others = Trend::of(&history.read(&filter).unwrap());
    assert!(others.series.iter().all(|series| series.key.metric == Metric::SIZE));
}

#[test]
fn other_files_are_refused_and_not_changed() {
    let folder = Folder::new("refused");
    let file = folder.file();
    assert!(matches!(History::open(&file), Err(HistoryError::Missing(_))));
    drop(filled(&file, &past(12)));
    let whole = std::fs::read(&file).unwrap();
    assert_eq!(whole[68..72], *b"CrOv");
    let with = |at: usize, bytes: &[u8]| {
        let mut content = whole.clone();
        content[at..at + bytes.len()].copy_from_slice(bytes);
        content
    };
    let cases: [(Vec<u8>, &str); 7] = [
        (b"{\"schema\":\"crossover/run/2\"}\n".repeat(40), "is not a history of crossover"),
        (with(0, b"SQLite format 2"), "is not a history of crossover"),
        (with(68, &[0; 4]), "is not a history of crossover"),
        (with(60, &9_u32.to_be_bytes()), "has schema 9"),
        (with(4096 * 3, &[0xa5; 4096]), "is damaged"),
        (with(whole.len() - 4096, &[0x5a; 300]), "is damaged"),
        (whole[..whole.len() / 2].to_vec(), "is damaged"),
    ];
    for (content, message) in cases {
        std::fs::write(&file, &content).unwrap();
        for opened in [History::create(&file), History::open(&file)] {
            let error = opened.unwrap_err().to_string();
            assert!(error.contains(message) && error.contains("history.sqlite"), "no `{message}` in: {error}");
        }
        assert!(std::fs::read(&file).unwrap() == content, "{message}: the file was written to");
    }
    std::fs::write(&file, &whole).unwrap();
    assert_eq!(History::open(&file).unwrap().read(&Filter::default()).unwrap().runs.len(), 12);
}

#[test]
fn a_file_that_nothing_was_written_to_is_begun() {
    let folder = Folder::new("blank");
    std::fs::write(folder.file(), "").unwrap();
    assert!(matches!(History::open(&folder.file()), Err(HistoryError::Missing(_))));
    drop(filled(&folder.file(), &[entry()]));
    assert_eq!(History::open(&folder.file()).unwrap().kernels().unwrap().len(), 4);
}

/// Step 1 was released, so files of it exist. This is one of them.
#[test]
fn the_first_schema_is_still_read() {
    let folder = Folder::new("first");
    let bytes = include_bytes!("../fixtures/history-1.sqlite");
    std::fs::write(folder.file(), bytes).unwrap();
    let trend = trend_of(&mut History::open(&folder.file()).unwrap());
    assert_eq!((trend.runs, trend.series.len()), (1, 91));
}

#[test]
fn runs_without_time_figures_or_sense_are_not_kept() {
    let mut run = synthetic::four_kernels(2);
    run.header.started_at = "yesterday".to_owned();
    assert_eq!(Entry::of(&Report::from_run(&run)), Err(EntryError::Time("yesterday".to_owned())));
    let mut run = synthetic::four_kernels(2);
    run.header.kernels[0].name = "x".repeat(2000);
    assert_eq!(Entry::of(&Report::from_run(&run)), Err(EntryError::Name));
    let run = Run { header: synthetic::header(2), rows: Vec::new(), truncated: false };
    assert_eq!(Entry::of(&Report::from_run(&run)), Err(EntryError::Nothing));
}

#[test]
fn names_of_a_history_are_never_code() {
    const NAME: &str = "<img src=x onerror=alert(1)>\u{1b}[2J\u{202e}</script><script>alert(2)</script>";
    let folder = Folder::new("hostile");
    let mut entries = past(60);
    for entry in &mut entries {
        entry.revision = Some(format!("{NAME}{}", entry.id));
        entry.software.push((NAME.to_owned(), entry.id.clone()));
        for figure in &mut entry.figures {
            for text in [&mut figure.key.kernel, &mut figure.key.contender, &mut figure.key.machine] {
                text.push_str(NAME);
            }
            let optional =
                [&mut figure.key.runtime, &mut figure.key.emulation, &mut figure.key.input, &mut figure.key.baseline];
            optional.into_iter().flatten().for_each(|text| text.push_str(NAME));
        }
    }
    let trend = trend_of(&mut filled(&folder.file(), &entries));
    assert!(!trend.changes().is_empty());
    let report = Report::from_run(&synthetic::four_kernels(2));
    let page = Page { trend: Some(&trend), ..Page::of(&report) };
    let mut texts = vec![trend::html(&trend).unwrap(), html(&page).unwrap()];
    for (name, svg) in chart::trends(&trend).unwrap() {
        assert!(name.len() < 120 && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)), "{name}");
        texts.push(svg);
    }
    assert!(texts.len() > 4);
    for text in &texts {
        let text = crate::page::markup_of(text);
        assert!(!text.contains("<img") && !text.contains("<script") && !text.contains(['\u{1b}', '\u{202e}']));
    }
    let text = trend::terminal(&trend, Colour::Never);
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text}");
    for line in text.lines() {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 100, "{line}");
    }
}

#[test]
fn formats() {
    let folder = Folder::new("formats");
    let trend = trend_of(&mut filled(&folder.file(), &past(80)));
    crate::golden::check("tests/golden/trend.txt", &trend::terminal(&trend, Colour::Never));
    let json = trend::json(&trend).unwrap();
    crate::golden::check("tests/golden/trend.json", &crate::golden::rounded(&json));
    let back: Trend = serde_json::from_str(&json).unwrap();
    assert_eq!(trend::json(&back).unwrap(), json);
    let charts = chart::trends(&trend).unwrap();
    for name in
        ["trend-hashing-blake3-wasm-simd-call-ns-1mb-chromium.svg", "trend-hashing-blake3-wasm-simd-size-bytes.svg"]
    {
        let (_, svg) = charts.iter().find(|(found, _)| found == name).unwrap();
        crate::golden::check(&format!("tests/golden/{name}"), svg);
    }
    let html = trend::html(&trend).unwrap();
    assert!(
        html.contains("2 changes") || html.contains("3 changes"),
        "{}",
        crossover_reports::history::trend_text::summary(&trend)
    );
    assert!(!html.contains("http://") || html.matches("http://").count() == html.matches("http://www.w3.org/").count());
}

#[test]
fn an_empty_history_says_so() {
    let folder = Folder::new("empty");
    let trend = trend_of(&mut History::create(&folder.file()).unwrap());
    assert!(trend::html(&trend).unwrap().contains("The history has no runs."));
    assert_eq!(trend::terminal(&trend, Colour::Never), "The history has no runs.\n");
}

#[test]
fn browsers_of_one_run_are_series_of_their_own() {
    let folder = Folder::new("browsers");
    let run = synthetic::large(1, 3, 6);
    let mut history = filled(&folder.file(), &[Entry::of(&Report::from_run(&run)).unwrap()]);
    let trend = trend_of(&mut history);
    let is_it = |series: &&SeriesTrend| series.key.contender == "wasm-simd" && series.key.metric == Metric::CALL;
    let runtimes: Vec<_> = trend.series.iter().filter(is_it).map(|series| series.key.runtime.as_deref()).collect();
    assert_eq!(runtimes, [Some("chromium"), Some("firefox"), Some("webkit")]);
}
