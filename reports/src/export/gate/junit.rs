//! JUnit's XML: a suite per kernel, a test per row.

use std::collections::BTreeMap;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::gate::{Finding, Gate, GateRow, fix, gate_text};
use crate::report::wording::printable;

/// The gate as JUnit's XML. A regression is a failure and a contender that was not measured is an error. A row that is
/// inconclusive passes, and its output says so.
pub(super) fn text(gate: &Gate) -> anyhow::Result<String> {
    let mut suites: BTreeMap<&str, TestSuite> = BTreeMap::new();
    for row in &gate.rows {
        let suite = suites.entry(&row.kernel).or_insert_with(|| TestSuite::new(row.kernel.as_str()));
        suite.add_test_case(test(gate, row));
    }
    for failure in &gate.failures {
        let suite = suites.entry(&failure.kernel).or_insert_with(|| TestSuite::new(failure.kernel.as_str()));
        let mut status = match failure.stage.is_failure() {
            true => TestCaseStatus::non_success(NonSuccessKind::Error),
            false => TestCaseStatus::skipped(),
        };
        status.set_type(failure.stage.name()).set_message(failure.reason.as_str());
        let mut case = TestCase::new(format!("{} · {}", failure.contender, failure.input), status);
        case.set_classname(failure.kernel.as_str());
        suite.add_test_case(case);
    }
    let mut report = Report::new("crossover compare");
    report.add_test_suites(suites.into_values());
    Ok(report.to_string()?)
}

fn test(gate: &Gate, row: &GateRow) -> TestCase {
    let sentence = gate_text::sentence(gate, row);
    let status = match row.finding {
        Finding::Regressed => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            let advice: Vec<_> = fix::advice(gate, row).iter().map(|line| printable(line)).collect();
            status.set_type(row.finding.name()).set_message(sentence.as_str()).set_description(advice.join("\n"));
            status
        }
        Finding::Excepted => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(sentence.as_str());
            status
        }
        Finding::Unsure
        | Finding::Improved
        | Finding::New
        | Finding::Gone
        | Finding::Unchanged
        | Finding::Identical => TestCaseStatus::success(),
    };
    let input = gate_text::input(gate, row).map(|input| format!(" · {input}")).unwrap_or_default();
    let mut case = TestCase::new(format!("{}{input} · {}", row.contender, gate_text::cost(row)), status);
    case.set_classname(row.kernel.as_str()).set_system_out(sentence);
    case
}
