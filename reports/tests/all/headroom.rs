//! The most that a port could save, where no Wasm is written yet: sentences for every input, and no factor.

use crossover_reports::chart::slide::{Deck, LeftOut, Palette, Selection, SlideKind, deck};
use crossover_reports::export::{Colour, Format, brief, export, terminal};
use crossover_reports::report::{Decision, DecisionRow, Headroom, Job, Report, finding, headroom};
use crossover_reports::run::{Failure, Kind, RowOutcome, Run, Scenario, Stage};

use crate::golden::check;
use crate::page::markup_of;
use crate::synthetic;
use crate::verdicts::{Costs, JS, MS, calls, run};

/// 20 ms more to load than the JavaScript takes to start, and 0.8 ms less a call: 26 calls.
const STAND_IN: Costs = ("free-30kB", Kind::StandIn, 25.0 * MS, 0.2 * MS, 0.0);

fn headrooms(run: &Run) -> Vec<Headroom> {
    Report::from_run(run).headrooms
}

/// What is said of the first input.
fn said(run: &Run) -> String {
    let one = headrooms(run).remove(0);
    [one.sentences, one.advice].concat().join("\n")
}

fn assert_has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no `{part}` in:\n{text}");
    }
}

/// The number before `after`, with the first number in `text` behind `before`.
fn number(text: &str, before: &str) -> f64 {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("no `{before}` in:\n{text}")).1;
    rest.split(' ').next().unwrap().parse().unwrap()
}

/// The rows of a page and what they open.
fn answers_of(page: &str) -> String {
    page.split_once("<section id=answers").unwrap().1.split_once("id=overview").unwrap().0.to_owned()
}

#[test]
fn formats() {
    let report = Report::from_run(&synthetic::unwritten(6));
    check("tests/golden/headroom.txt", &terminal(&report, Colour::Never));
    check("tests/golden/headroom-brief.txt", &brief(&report, Colour::Never));
    check("tests/golden/headroom.md", &export(&report, Format::Markdown).unwrap());
}

#[test]
fn every_input_has_its_own_decision() {
    let report = Report::from_run(&synthetic::unwritten(6));
    let [tiny, large] = &report.headrooms[..] else { panic!() };
    assert_eq!([tiny.decision, large.decision], [Decision::NotWorthATry, Decision::WorthATry]);
    let calls = |one: &Headroom| one.decisions.iter().map(|one| one.calls).collect::<Vec<_>>();
    assert_eq!([calls(tiny), calls(large)], [vec![1, 10, 200, 10_000], vec![1, 10, 200, 6400]]);
    let headlines = report.headlines();
    let [job] = &Job::all(&headlines)[..] else { panic!() };
    assert_eq!((job.decision(), job.words(), headlines[0].finding()), (None, "Depends on input", "Depends on input"));
    let title = "For 200 calls, a port is worth a try on large.txt, not worth a try on tiny.txt";
    assert_eq!(finding::tally(&headlines), title);
    assert_eq!(large.advice, ["Worth trying however often a page calls it."]);
    assert_has(
        &tiny.advice.join(" "),
        &["Worth trying if a page calls it at least ", "Not worth it if a page calls it at most "],
    );
}

#[test]
fn what_does_no_work_has_no_factor_and_wins_nothing() {
    let report = Report::from_run(&synthetic::unwritten(6));
    let shown = [
        brief(&report, Colour::Never),
        terminal(&report, Colour::Never),
        export(&report, Format::Markdown).unwrap(),
        answers_of(&markup_of(&export(&report, Format::Html).unwrap())),
    ];
    for text in shown {
        for word in ["faster", "slower than", "wins", "Of 1 kernel", "Modules called"] {
            let at = text.find(word).map(|at| text[at..].chars().take(80).collect::<String>());
            assert_eq!(at, None, "{word}");
        }
    }
    assert!(report.decisions.iter().all(|decision| decision.ratio.is_none() && decision.ci.is_none()));
    let (headlines, decision) = (report.headlines(), &report.decisions[0]);
    let row = DecisionRow::of(&report, headlines[0].kernel, decision);
    assert_eq!((row.option.as_str(), row.factor.as_str(), row.speed_up), ("not written yet", "", None));
    assert_has(&row.other, &["tiny.txt: at most 1.", "large.txt: at most "]);
}

#[test]
fn slides_have_no_factor_either() {
    let report = Report::from_run(&synthetic::unwritten(6));
    let Deck { slides, left_out, .. } = deck(&report, None, &Selection::default()).unwrap();
    let text: String = slides.iter().map(|slide| slide.svg(&Palette::light())).collect();
    assert_has(&text, &["worth a try on large.txt", "placeholder that does no work", "a port at its best"]);
    assert!(!text.contains("faster") && !text.contains('×'));
    let is_unwritten = |one: &LeftOut| one.kind == SlideKind::Crossover && one.why == "its Wasm is not written yet";
    assert!(left_out.iter().any(is_unwritten), "{left_out:?}");
}

#[test]
fn numbers_of_calls_are_those_of_the_break_even() {
    let run = run(&[JS, STAND_IN], vec![calls(200)]);
    let text = said(&run);
    let least = number(&text, "Worth trying if a page calls it at least ");
    let most = number(&text, "Not worth it if a page calls it at most ");
    assert!((26.0..=34.0).contains(&least) && (18.0..=27.0).contains(&most) && most < least, "{text}");
    assert_has(&text, &["A port can save at most ", " of each call; crossing into Wasm and back costs 200 µs."]);
    assert_has(&text, &["Loading it costs about 25 ms (20 kB module), plus the download."]);
    // What the sentences say is what is decided.
    for (n, decision) in [(least, Decision::WorthATry), (most, Decision::NotWorthATry)] {
        let mut run = run.clone();
        run.header.kernels[0].scenarios = vec![calls(n as u64)];
        assert_eq!(headrooms(&run)[0].decision, decision, "{n}");
    }
    // A start that is over before anyone waits for it.
    let mut hidden = run.clone();
    hidden.header.kernels[0].scenarios = vec![Scenario { hidden_startup: true, ..calls(200) }];
    let hidden = number(&said(&hidden), "Worth trying if a page calls it at least ");
    assert!(hidden < 4.0, "{hidden}");
}

#[test]
fn the_text_of_a_single_input_says_how_to_go_on() {
    let mut run = run(&[JS, STAND_IN], vec![calls(200)]);
    run.header.kernels[0].inputs.remove(0);
    run.header.kernels[0].from = Some("src/my job.js#run".to_owned());
    let text = brief(&Report::from_run(&run), Colour::Never);
    assert!(text.starts_with("job   999 µs per call on large, chromium\n\n  A port can save"), "{text}");
    assert_has(&text, &[headroom::LIMIT, "\n  Next: crossover new job --from 'src/my job.js#run'\n"]);
    run.header.kernels[0].from = None;
    assert_has(&brief(&Report::from_run(&run), Colour::Never), &["\n  Next: crossover new job\n"]);
}

#[test]
fn a_single_browser_start_cannot_tell() {
    let mut run = run(&[JS, STAND_IN], vec![calls(200)]);
    run.rows.retain(|row| row.block == 0);
    run.header.schedule.preset = "quick".to_owned();
    let text = said(&run);
    assert_has(&text, &["A port can save at most ", "whether a port is worth trying: repeat with --preset standard."]);
    assert!(!text.contains("orth trying if") && !text.contains("Not worth"), "{text}");
}

#[test]
fn a_stand_in_that_failed_is_said_with_its_reason() {
    let mut run = run(&[JS, STAND_IN], vec![calls(200)]);
    let failed = RowOutcome::Failure(Failure { stage: Stage::Verify, reason: "no answer to stand in with".to_owned() });
    let is_failed = |row: &&mut crossover_reports::run::Row| row.cell.contender != "js" && row.cell.input == "small";
    run.rows.iter_mut().filter(is_failed).for_each(|row| row.outcome = failed.clone());
    let [small, large] = &headrooms(&run)[..] else { panic!() };
    assert_eq!(small.sentences, ["What a port could save is not known: no answer to stand in with."]);
    assert_eq!((&small.advice[..], small.decision), (&[][..], Decision::CannotTell));
    assert_eq!(large.decision, Decision::WorthATry);
    let report = Report::from_run(&run);
    assert_has(&finding::tally(&report.headlines()), &["a port is worth a try on large, not measured on small"]);
    assert_has(&brief(&report, Colour::Never), &["per call on small\n    What a port", "no answer to stand in with"]);
}

#[test]
fn what_never_pays_is_not_worth_it_however_often() {
    let heavy = ("free-30kB", Kind::StandIn, 25.0 * MS, 1.2 * MS, 0.0);
    let run = run(&[JS, heavy], vec![calls(200)]);
    let text = said(&run);
    assert_has(
        &text,
        &["A port can save nothing of each call, which takes ", "Not worth it however often a page calls it."],
    );
    let report = Report::from_run(&run);
    let text = brief(&report, Colour::Never);
    assert!(!text.contains("Next:"), "{text}");
    assert_has(&finding::tally(&report.headlines()), &["For 200 calls, a port is not worth a try on any input"]);
}

#[test]
fn what_pays_for_few_calls_only_says_up_to_how_many() {
    let slow = ("js", Kind::Js, 80.0 * MS, 1.0 * MS, 0.0);
    let heavy = ("free-30kB", Kind::StandIn, 25.0 * MS, 1.2 * MS, 0.0);
    let text = said(&run(&[slow, heavy], vec![calls(200)]));
    assert_has(&text, &["Worth trying if a page calls it at most ", "Not worth it if a page calls it at least "]);
}

#[test]
fn wide_intervals_are_said_as_such() {
    let mut run = run(&[JS, STAND_IN], vec![calls(30)]);
    for row in &mut run.rows {
        let RowOutcome::Samples(samples) = &mut row.outcome else { continue };
        let factor = [0.5, 0.8, 1.0, 1.5, 2.0, 3.0][row.block as usize % 6];
        samples.call.iter_mut().for_each(|sample| sample.ns *= factor);
        samples.cold_start.iter_mut().for_each(|start| start.total_ns *= factor * factor);
    }
    let text = said(&run);
    assert_has(
        &text,
        &["At most, a port can save between ", "Loading it costs between ", "Can't tell yet if a page calls it "],
    );
}

#[test]
fn real_wasm_is_judged_as_ever() {
    let wasm = ("wasm", Kind::Wasm, 25.0 * MS, 0.2 * MS, 0.0);
    assert!(headrooms(&run(&[JS, STAND_IN, wasm], vec![calls(200)])).is_empty());
}
