//! The gate, statistically and by example.

use super::*;
use crate::gate::timed::{Timed, judged, log_margin};
use crate::run::RevisionsOf;
use crate::stats::above;
use crate::stats::simulation::Noise;

fn cost(metric: Metric) -> Cost {
    Cost::of(metric).unwrap()
}

fn row(cost: Cost, limits: &Limits) -> GateRow {
    GateRow::of(&RevisionsOf { kernel: "k".to_owned(), contender: "wasm".to_owned() }, cost, limits)
}

/// Twenty blocks, and fourteen that confirm; their logs scatter by `spread` around a change to `ratio`.
fn timed(noise: &mut Noise, ratio: f64, spread: f64) -> Timed {
    let mut logs = |count: usize| (0..count).map(|_| ratio.ln() + spread * noise.gaussian()).collect::<Vec<_>>();
    let (first, others) = (logs(20), logs(14));
    let mut row = row(cost(Metric::CALL), &Limits::default());
    let ci = crate::stats::student(&first, 0.975).unwrap();
    (row.ratio, row.ci) = (Some(ratio), Some(ci.map(f64::exp)));
    let agrees = above(&others, row.log_limit()).unwrap() <= timed::CONFIRMED;
    row.confirmation = Some(Confirmation { ratio, ci: None, blocks: 14, agrees });
    let negated: Vec<f64> = first.iter().map(|log| -log).collect();
    Timed {
        worse: above(&first, row.log_limit()),
        better: above(&negated, log_margin()),
        doubt: None,
        to_confirm: true,
        row,
    }
}

/// How often runs of `count` comparisons have at least one with the finding.
fn share(finding: Finding, ratio: f64, spread: f64, count: usize) -> f64 {
    let mut noise = Noise::new(17);
    let runs = 1000;
    let found = (0..runs).filter(|_| {
        let all = (0..count).map(|_| timed(&mut noise, ratio, spread)).collect();
        judged(all).iter().any(|row| row.finding == finding)
    });
    found.count() as f64 / f64::from(runs)
}

#[test]
fn equal_revisions_hardly_ever_regress_or_improve() {
    for spread in [0.005, 0.03, 0.2] {
        assert_eq!(share(Finding::Regressed, 1.0, spread, 20), 0.0, "±{spread}");
        assert!(share(Finding::Improved, 1.0, spread, 20) <= 0.03, "±{spread}");
    }
    // At the limit itself, the hardest case.
    assert!(share(Finding::Regressed, 1.05, 0.03, 20) <= 0.01);
}

#[test]
fn eight_percent_are_found_where_blocks_scatter_by_two() {
    assert!(share(Finding::Regressed, 1.08, 0.02, 1) >= 0.99);
    assert_eq!(share(Finding::Improved, 1.08, 0.02, 1), 0.0);
    assert!(share(Finding::Improved, 0.9, 0.02, 1) >= 0.99);
    assert_eq!(share(Finding::Regressed, 0.9, 0.02, 1), 0.0);
}

#[test]
fn a_suspicion_alone_is_no_regression() {
    let judge = |change: fn(&mut Timed)| {
        let mut timed = timed(&mut Noise::new(1), 1.2, 0.01);
        change(&mut timed);
        judged(vec![timed]).remove(0)
    };
    assert_eq!(judge(|_| ()).finding, Finding::Regressed);
    let alone = judge(|timed| timed.row.confirmation = None);
    assert_eq!((alone.finding, alone.suspected), (Finding::Unsure, true));
    let refuted = judge(|timed| timed.row.confirmation.as_mut().unwrap().agrees = false);
    assert_eq!(
        (refuted.finding, refuted.reason.as_deref()),
        (Finding::Unsure, Some("a second measurement did not confirm it"))
    );
    let stored = judge(|timed| (timed.row.confirmation, timed.to_confirm) = (None, false));
    assert_eq!(stored.finding, Finding::Regressed);
    let doubted = judge(|timed| timed.doubt = Some("a load"));
    assert_eq!(
        (doubted.finding, doubted.suspected, doubted.reason.as_deref()),
        (Finding::Unsure, false, Some("a load"))
    );
}

#[test]
fn a_slowdown_within_the_limit_is_allowed() {
    let [row] = &judged(vec![timed(&mut Noise::new(2), 1.02, 0.005)])[..] else { panic!("one row") };
    assert_eq!(row.finding, Finding::Unchanged);
    let mut wide = timed(&mut Noise::new(2), 1.02, 0.005);
    wide.row.ci = Some([0.98, 1.06]);
    assert_eq!(judged(vec![wide]).remove(0).finding, Finding::Unsure, "it may be beyond");
}

#[test]
fn limits_are_those_of_the_kernel_then_of_the_suite_then_the_usual_ones() {
    let mut limits = Limits::default();
    assert_eq!((limits.percent("k", cost(Metric::CALL)), limits.percent("k", cost(Metric::SIZE))), (5.0, 0.0));
    limits.percent.insert(cost(Metric::SIZE), 2.0);
    limits.of_kernel.entry("k".to_owned()).or_default().insert(cost(Metric::SIZE), 1.0);
    assert_eq!((limits.percent("k", cost(Metric::SIZE)), limits.percent("other", cost(Metric::SIZE))), (1.0, 2.0));
}

#[test]
fn an_exception_holds_until_its_day_and_then_warns() {
    let exception = Exception {
        kernel: "k".to_owned(),
        contender: None,
        cost: Some(cost(Metric::SIZE)),
        until: "2026-03-01".to_owned(),
        reason: "a feature".to_owned(),
    };
    let limits = Limits { exceptions: vec![exception], ..Limits::default() };
    let on = |today: &str, cost| {
        let mut rows = vec![row(cost, &limits)];
        rows[0].finding = Finding::Regressed;
        let warnings = limits.except(&mut rows, today);
        (rows[0].finding, warnings.len())
    };
    assert_eq!(on("2026-03-01", cost(Metric::SIZE)), (Finding::Excepted, 0));
    assert_eq!(on("2026-03-02", cost(Metric::SIZE)), (Finding::Regressed, 1));
    assert_eq!(on("2026-03-01", cost(Metric::CALL)), (Finding::Regressed, 0));
}
