//! Rules of thumb: what they are applied to, and whether they agree with the decisions.

use crossover_reports::export::{Format, export};
use crossover_reports::report::Report;
use crossover_reports::report::rules_of_thumb::{Holds, Rule, rules};
use crossover_reports::run::{Kind, Run};

use crate::synthetic;
use crate::verdicts::{Costs, MS, calls, run};

/// Ten milliseconds in JavaScript, and so much in Wasm.
fn against(wasm: f64) -> Run {
    let js: Costs = ("js", Kind::Js, 5.0 * MS, 10.0 * MS, 0.0);
    run(&[js, ("wasm", Kind::Wasm, 5.0 * MS, wasm, 0.0)], vec![calls(10), calls(200)])
}

fn only(run: &Run) -> Rule {
    let mut rules = rules(&Report::from_run(run));
    assert_eq!(rules.len(), 1, "{rules:?}");
    rules.remove(0)
}

#[test]
fn a_rule_is_right_where_the_decision_says_the_same() {
    let right = only(&against(MS));
    assert_eq!((right.tally().as_str(), right.cases[0].measured.as_str()), ("right once", "Port it"));
    let wrong = only(&against(20.0 * MS));
    assert_eq!((wrong.tally().as_str(), wrong.cases[0].measured.as_str()), ("wrong once", "Keep JavaScript"));
    assert_eq!(wrong.wrong().count(), 1);
}

#[test]
fn a_rule_is_one_line_that_names_what_it_is_wrong_for() {
    let report = Report::from_run(&synthetic::four_kernels(6));
    let rule = only(&synthetic::four_kernels(6));
    assert_eq!(rule.tally(), "right once, depends 2");
    let depends: Vec<&str> =
        rule.cases.iter().filter(|case| case.holds == Holds::Partly).map(|case| case.to.as_str()).collect();
    assert!(depends[0].starts_with("hashing-blake3 on 1MB, 22."), "{depends:?}");
    let page = export(&report, Format::Html).unwrap();
    assert!(page.contains("port it: right once, depends 2</summary>"));
    let page = export(&Report::from_run(&against(20.0 * MS)), Format::Html).unwrap();
    assert!(page.contains("port it: wrong once</summary>") && page.contains("(Keep JavaScript).</p>"));
}
