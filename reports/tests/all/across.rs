//! A job across browsers: whether all need the same, and what fits a mix of visitors.

use std::collections::BTreeMap;

use crossover_reports::export::{Colour, Format, brief, export, terminal};
use crossover_reports::report::{Across, Agreement, Decision, Job, Report, finding};
use crossover_reports::run::{Kind, Package, RowOutcome, Run};

use crate::synthetic;
use crate::verdicts::{Costs, JS, MS, WASM, calls, run};

/// Slower than JavaScript, from the first call on.
const SLOW: Costs = ("wasm", Kind::Wasm, 25.0 * MS, 4.0 * MS, 0.0);
/// Faster by much more.
const FAST: Costs = ("wasm", Kind::Wasm, 25.0 * MS, 0.05 * MS, 0.0);
/// As fast, within the margin.
const ALIKE: Costs = ("wasm", Kind::Wasm, 5.0 * MS, 0.98 * MS, 0.0);

/// A run of one job in several browsers, each with its own figures.
pub fn in_browsers(browsers: &[(&str, &[Costs])]) -> Run {
    let mut all = run(browsers[0].1, vec![calls(200)]);
    let stratum = all.header.strata.remove(0);
    all.rows.clear();
    for (browser, costs) in browsers {
        let mut stratum = stratum.clone();
        [&mut stratum.id, &mut stratum.runtime.id].into_iter().for_each(|id| *id = (*browser).to_owned());
        all.header.strata.push(stratum);
        let mut rows = run(costs, vec![calls(200)]).rows;
        rows.iter_mut().for_each(|row| row.cell.stratum = (*browser).to_owned());
        all.rows.extend(rows);
    }
    all
}

fn with_share(mut run: Run, share: &[(&str, f64)]) -> Run {
    run.header.share = share.iter().map(|(name, share)| ((*name).to_owned(), *share)).collect::<BTreeMap<_, _>>();
    run
}

fn across(run: &Run) -> Across {
    let report = Report::from_run(run);
    assert_eq!(report.across.len(), 1, "{:?}", report.across);
    report.across.into_iter().next().unwrap()
}

#[test]
fn browsers_that_need_the_same_agree() {
    let found = across(&in_browsers(&[("chromium", &[JS, WASM]), ("firefox", &[JS, FAST]), ("webkit", &[JS, WASM])]));
    assert_eq!(found.agreement, Agreement::Agrees);
    assert_eq!(found.strata.iter().map(|one| one.decision).collect::<Vec<_>>(), [Decision::Port; 3]);
    let (start, end) = found.answer.split_once(" Chromium, ").unwrap();
    assert!(start.starts_with('×') && end.contains(" Firefox, ×") && end.contains(" WebKit: "), "{}", found.answer);
    assert!(found.answer.ends_with(" WebKit: port everywhere (wasm against js)"), "{}", found.answer);
    for one in &found.strata {
        let (speed_up, [low, high]) = (one.speed_up.unwrap(), one.ci.unwrap());
        assert!(1.0 < low && low <= speed_up && speed_up <= high, "{one:?}");
    }
}

#[test]
fn opposed_decisions_flip_and_say_where() {
    let found = across(&in_browsers(&[("chromium", &[JS, WASM]), ("firefox", &[JS, SLOW])]));
    assert_eq!(found.agreement, Agreement::Flips);
    assert!(found.answer.starts_with("flips: port in Chromium (×"), "{}", found.answer);
    assert!(found.answer.contains("), keep JavaScript in Firefox (×4.0"), "{}", found.answer);
    assert!(found.answer.ends_with(" slower) (wasm against js)"), "{}", found.answer);
}

#[test]
fn a_browser_that_cannot_tell_is_named_and_agrees_with_none() {
    let mut run = in_browsers(&[("chromium", &[JS, WASM]), ("firefox", &[JS, WASM]), ("webkit", &[JS, SLOW])]);
    run.rows.retain(|row| row.cell.stratum != "firefox" || row.block == 0);
    let found = across(&run);
    assert_eq!(found.agreement, Agreement::Flips);
    assert!(found.answer.contains("; can't tell yet in Firefox"), "{}", found.answer);
    run.rows.retain(|row| row.cell.stratum != "webkit");
    let found = across(&run);
    assert_eq!(found.agreement, Agreement::Partly, "{found:?}");
    assert!(found.answer.starts_with("port in Chromium (×"), "{}", found.answer);
    assert!(found.answer.contains("; can't tell yet in Firefox, not measured in WebKit"), "{}", found.answer);
    run.rows.clear();
    assert_eq!(across(&run).agreement, Agreement::Undecided);
}

#[test]
fn no_difference_is_not_opposed_to_anything() {
    let found = across(&in_browsers(&[("chromium", &[JS, FAST]), ("firefox", &[JS, ALIKE])]));
    assert_eq!(found.agreement, Agreement::Partly, "{found:?}");
    assert!(found.answer.contains("no difference in Firefox"), "{}", found.answer);
}

#[test]
fn all_browsers_are_decided_in_one_scenario() {
    // Pages are seldom kept for so long that 200 calls of this one end.
    let slow: &[Costs] =
        &[("js", Kind::Js, 5.0 * MS, 5000.0 * MS, 0.0), ("wasm", Kind::Wasm, 5.0 * MS, 500.0 * MS, 0.0)];
    let mut run = in_browsers(&[("chromium", &[JS, WASM]), ("firefox", slow)]);
    run.header.kernels[0].scenarios.clear();
    let found = across(&run);
    assert!(found.scenario.calls < 200, "{:?}", found.scenario);
}

#[test]
fn one_browser_has_nothing_across() {
    assert!(Report::from_run(&synthetic::four_kernels(6)).across.is_empty());
}

#[test]
fn without_shares_no_mix_is_claimed() {
    let run = in_browsers(&[("chromium", &[JS, WASM]), ("firefox", &[JS, SLOW])]);
    assert_eq!(across(&run).visitors, None);
    assert_eq!(across(&with_share(run, &[("lynx", 100.0)])).visitors, None);
}

#[test]
fn the_saving_of_a_mix_is_that_of_its_parts_by_share() {
    let run = in_browsers(&[("chromium", &[JS, WASM]), ("firefox", &[JS, SLOW]), ("webkit", &[JS, FAST])]);
    let shares = [("chromium", 70.0), ("webkit", 20.0), ("firefox", 10.0)];
    let found = across(&with_share(run, &shares)).visitors.unwrap();
    assert!((found.parts.iter().map(|part| part.share).sum::<f64>() - 1.0).abs() < 1e-12);
    assert_eq!(found.worst.as_ref().map(|worst| [&*worst.stratum, &*worst.rival]), Some(["firefox", "js"]));
    let saving = found.saving_ns.unwrap();
    let mean = |of: fn(&crossover_reports::report::Saving) -> f64| -> f64 {
        found.parts.iter().map(|part| part.share * of(&part.saving_ns.unwrap())).sum()
    };
    for (of_all, of_parts) in [
        (saving.median, mean(|one| one.median)),
        (saving.ci[0], mean(|one| one.ci[0])),
        (saving.ci[1], mean(|one| one.ci[1])),
    ] {
        assert!((of_all / of_parts - 1.0).abs() < 1e-9, "{of_all} {of_parts}");
    }
    // 0.8 ms less in Chromium and 0.95 ms less in WebKit, 3 ms more in Firefox, for each of 200 calls.
    assert_eq!((found.decision, found.option.as_deref()), (Decision::Port, Some("wasm")), "{found:?}");
    assert!(
        found.answer.starts_with("70 % Chromium, 10 % Firefox, 20 % WebKit: port; on average "),
        "{}",
        found.answer
    );
    assert!(
        found.answer.contains(" less (") && found.answer.contains(" with wasm than with js in 200 calls"),
        "{}",
        found.answer
    );
    assert!(found.answer.contains("; worst: Firefox, 6") && found.answer.contains(" ms more ("), "{}", found.answer);
}

#[test]
fn visitors_decide_what_is_shipped() {
    let run = || in_browsers(&[("chromium", &[JS, WASM]), ("firefox", &[JS, SLOW])]);
    let decided = |chromium, firefox| {
        let run = with_share(run(), &[("chromium", chromium), ("firefox", firefox)]);
        across(&run).visitors.unwrap()
    };
    assert_eq!(decided(95.0, 5.0).decision, Decision::Port);
    assert_eq!(decided(5.0, 95.0).decision, Decision::KeepJs);
    assert_eq!(decided(100.0, 0.0).parts.len(), 1);
    // Only their relation counts.
    assert_eq!(decided(0.95, 0.05), decided(95.0, 5.0));
    // 3 ms more a call for every fifth visitor, 0.8 ms less for the others: next to nothing on average.
    assert!(matches!(decided(79.0, 21.0).decision, Decision::CannotTell | Decision::NoDifference | Decision::KeepJs));
}

#[test]
fn an_option_that_fails_in_a_browser_is_not_shipped_to_all() {
    let mut run = in_browsers(&[("chromium", &[JS, WASM]), ("firefox", &[JS, WASM])]);
    run.rows.retain(|row| (&*row.cell.stratum, &*row.cell.contender) != ("firefox", "wasm"));
    let run = with_share(run, &[("chromium", 70.0), ("firefox", 30.0)]);
    let found = across(&run).visitors.unwrap();
    assert_eq!((found.decision, found.saving_ns), (Decision::CannotTell, None), "{found:?}");
    assert!(
        found.answer.ends_with(": can't tell yet, because too little was measured in all of them"),
        "{}",
        found.answer
    );
}

#[test]
fn a_browser_without_the_job_leaves_the_mix_open() {
    let run = in_browsers(&[("chromium", &[JS, WASM]), ("firefox", &[JS, WASM]), ("webkit", &[JS, WASM])]);
    let mut run = with_share(run, &[("chromium", 70.0), ("webkit", 30.0)]);
    run.header.strata[2].only = Some(Vec::new());
    run.rows.retain(|row| row.cell.stratum != "webkit");
    let found = across(&run).visitors.unwrap();
    assert_eq!(found.decision, Decision::CannotTell);
    assert!(found.answer.ends_with("because the job was not measured in WebKit"), "{}", found.answer);
}

#[test]
fn shares_of_a_file_are_not_trusted() {
    let run = in_browsers(&[("chromium", &[JS, WASM]), ("firefox", &[JS, WASM])]);
    for share in [-1.0, 0.0, f64::NAN, f64::INFINITY, f64::MAX] {
        let run = with_share(run.clone(), &[("chromium", share), ("firefox", share)]);
        let found = across(&run);
        assert!(found.visitors.is_none(), "{share}: {found:?}");
    }
}

#[test]
fn a_terminal_has_them_side_by_side_in_80_columns() {
    let run = in_browsers(&[("chromium", &[JS, WASM]), ("firefox", &[JS, SLOW])]);
    let text = terminal(&Report::from_run(&with_share(run, &[("chromium", 70.0), ("firefox", 30.0)])), Colour::Never);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let after =
        text.split_once("job · side by side, 200 calls, including start-up\n→ Flips: port in Chromium (×").unwrap().1;
    assert!(after.contains("\n→ 70 % Chromium, 30 % Firefox: "), "{text}");
    // Both browsers' decisions come first.
    assert!(text.find("job · large · firefox").unwrap() < text.find("side by side").unwrap(), "{text}");
}

#[test]
fn the_end_of_a_run_has_one_line_for_each_job() {
    let text = brief(&Report::from_run(&synthetic::large(6, 3, 3)), Colour::Never);
    for words in ["Unsure in some browsers", "Use the browser in Chromium", "×1.52 Chromium, ×1.50 Firefox,"] {
        assert!(text.contains(words), "no {words} in {text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn markdown_marks_flips() {
    let run = in_browsers(&[("chromium", &[JS, WASM]), ("firefox", &[JS, SLOW])]);
    let text = export(&Report::from_run(&run), Format::Markdown).unwrap();
    assert!(
        text.contains("| Job | Side by side |\n|---|---|\n| job, large | **flips**: port in Chromium (×"),
        "{text}"
    );
    let run = with_share(run, &[("chromium", 70.0), ("firefox", 30.0)]);
    let text = export(&Report::from_run(&run), Format::Markdown).unwrap();
    assert!(
        text.contains("| For these visitors |\n|---|---|---|\n") && text.contains("| 70 % Chromium, 30 % Firefox: "),
        "{text}"
    );
}

#[test]
fn sentences_name_browsers_as_people_do_and_tables_by_id() {
    let report =
        Report::from_run(&in_browsers(&[("chromium", &[JS, WASM]), ("webkit", &[JS, WASM]), ("lynx", &[JS, WASM])]));
    assert_eq!([report.name("webkit"), report.label("webkit"), report.name("lynx")], ["WebKit", "webkit", "lynx"]);
    let text = terminal(&report, Colour::Never);
    assert!(text.contains("measured in Chromium 143") || text.contains("measured in\nChromium 143"), "{text}");
    assert!(text.contains(" · webkit\n"), "{text}");
}

#[test]
fn a_failed_browser_is_still_named() {
    let mut run = in_browsers(&[("chromium", &[JS, WASM]), ("firefox", &[JS, WASM])]);
    for row in run.rows.iter_mut().filter(|row| row.cell.stratum == "firefox") {
        let reason = "no such instruction".to_owned();
        row.outcome = RowOutcome::Failure(crossover_reports::run::Failure {
            stage: crossover_reports::run::Stage::Verify,
            reason,
        });
    }
    let found = across(&run);
    assert!(found.answer.contains("; not measured in Firefox"), "{}", found.answer);
}

#[test]
fn rows_of_a_table_for_programs_are_of_one_browser() {
    let report = Report::from_run(&in_browsers(&[("chromium", &[JS, WASM]), ("firefox", &[JS, SLOW])]));
    let csv = export(&report, Format::Csv).unwrap();
    for start in ["job,large,wasm,wasm,ecosystem,chromium,", "job,large,wasm,wasm,ecosystem,firefox,"] {
        assert_eq!(csv.lines().filter(|line| line.starts_with(start)).count(), 1, "{start} in {csv}");
    }
}

#[test]
fn a_browser_that_is_unsure_is_not_said_to_differ() {
    let mut run = in_browsers(&[("chromium", &[JS, WASM]), ("firefox", &[JS, WASM])]);
    run.rows.retain(|row| row.cell.stratum != "firefox" || row.block == 0);
    let words = |run: &Run| {
        let report = Report::from_run(run);
        let headlines = report.headlines();
        Job::all(&headlines)[0].words()
    };
    assert_eq!(words(&run), "Unsure in some browsers");
    assert_eq!(words(&in_browsers(&[("chromium", &[JS, WASM]), ("firefox", &[JS, SLOW])])), "Differs by browser");
    let many = synthetic::large(6, 3, 3);
    let report = Report::from_run(&many);
    let tally = finding::tally(&report.headlines());
    assert!(tally.ends_with("unsure in some browsers for 1"), "{tally}");
}

/// A package is the best alternative, but what visitors have today is JavaScript.
#[test]
fn the_worst_browser_is_worse_than_what_is_there() {
    const PACKAGE: Costs = ("package", Kind::Wasm, 25.0 * MS, 0.3 * MS, 0.0);
    const SLOW_PACKAGE: Costs = ("package", Kind::Wasm, 25.0 * MS, 4.4 * MS, 0.0);
    let mut run = in_browsers(&[("chromium", &[JS, FAST, PACKAGE]), ("firefox", &[JS, SLOW, SLOW_PACKAGE])]);
    run.header.kernels[0].contenders[2].packages = vec![Package { name: "package".to_owned(), version: None }];
    let found = across(&with_share(run, &[("chromium", 90.0), ("firefox", 10.0)])).visitors.unwrap();
    assert_eq!((found.decision, found.alternative.as_deref()), (Decision::Port, Some("package")), "{found:?}");
    let worst = found.worst.as_ref().unwrap();
    assert_eq!([&*worst.stratum, &*worst.rival], ["firefox", "js"]);
    assert!(worst.saving_ns.ci[1] < 0.0, "{worst:?}");
    assert!(found.answer.contains("; worst: Firefox, 6") && found.answer.contains(" than with js"), "{}", found.answer);
}
