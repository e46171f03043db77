//! What all strata of a job need, in one line.

use std::collections::BTreeMap;

use super::{Agreement, InStratum};
use crate::report::{KernelInfo, wording};
use crate::verdict::Decision;

/// `×18.2 Chromium, ×11.0 Firefox: port everywhere (wasm against js)`, or `flips: port in Chromium (×18.2), keep JavaScript
/// in Firefox (×1.40 slower) (wasm against js)`.
pub fn line(
    kernel: &KernelInfo,
    names: &BTreeMap<String, String>,
    strata: &[InStratum],
    agreement: Agreement,
) -> String {
    let name = |one: &InStratum| names.get(&one.stratum).cloned().unwrap_or_else(|| one.stratum.clone());
    let answer = match (agreement, strata) {
        (Agreement::Agrees, [first, ..]) => {
            let factors: Vec<String> =
                strata.iter().filter_map(|one| Some(format!("{} {}", factor(one)?, name(one)))).collect();
            let factors = if factors.is_empty() { String::new() } else { format!("{}: ", factors.join(", ")) };
            format!("{factors}{} {}", verb(first.decision), everywhere(first.decision))
        }
        (Agreement::Flips, _) => format!("flips: {}", by_decision(strata, &name)),
        _ => by_decision(strata, &name),
    };
    answer + &contests(kernel, strata)
}

/// What to do, in the words of a list.
pub fn verb(decision: Decision) -> &'static str {
    match decision {
        Decision::Port => "port",
        Decision::Install => "install the package",
        Decision::UseBrowser => "use the browser",
        Decision::TuneJs => "tune the JavaScript",
        Decision::WorthATry => "try a port",
        Decision::NoDifference => "no difference",
        Decision::KeepJs => "keep JavaScript",
        Decision::NotWorthATry => "don't port",
        Decision::CannotTell => "can't tell yet",
    }
}

fn everywhere(decision: Decision) -> &'static str {
    match decision {
        Decision::NoDifference | Decision::NotWorthATry | Decision::CannotTell => "anywhere",
        _ => "everywhere",
    }
}

/// How much faster a call is, in a few signs: `×18.2`, `×1.40 slower`, `×0.97–×1.05`.
fn factor(one: &InStratum) -> Option<String> {
    let (speed_up, [low, high]) = (one.speed_up?, one.ci?);
    Some(match () {
        () if low > 1.0 => wording::times(speed_up),
        () if high < 1.0 => format!("{} slower", wording::times(speed_up.recip())),
        () => wording::between(low, high, speed_up),
    })
}

/// The strata by what they need, each with its factor; those that cannot tell come last: `port in Chromium (×18.2); can't
/// tell yet in Firefox (×0.97–×1.05)`.
fn by_decision(strata: &[InStratum], name: &dyn Fn(&InStratum) -> String) -> String {
    let said = |one: &InStratum| match one.candidate {
        None => "not measured",
        Some(_) => verb(one.decision),
    };
    let place = |one: &InStratum| match factor(one) {
        Some(factor) => format!("{} ({factor})", name(one)),
        None => name(one),
    };
    let is_sure = |one: &&InStratum| one.decision != Decision::CannotTell;
    let (sure, unsure): (Vec<&InStratum>, Vec<&InStratum>) = strata.iter().partition(is_sure);
    let list = |strata: &[&InStratum]| grouped(strata.iter().map(|one| (said(one).to_owned(), place(one)))).join(", ");
    [sure, unsure].iter().filter(|strata| !strata.is_empty()).map(|strata| list(strata)).collect::<Vec<_>>().join("; ")
}

/// `port in Chromium and WebKit` for every first text, with its second ones.
fn grouped(pairs: impl Iterator<Item = (String, String)>) -> Vec<String> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for (what, place) in pairs {
        match groups.iter_mut().find(|(other, _)| *other == what) {
            Some((_, places)) => places.push(place),
            None => groups.push((what, vec![place])),
        }
    }
    groups.into_iter().map(|(what, places)| format!("{what} in {}", places.join(" and "))).collect()
}

/// What is compared with what, in brackets; empty without a factor. Where that differs, a table has the names.
fn contests(kernel: &KernelInfo, strata: &[InStratum]) -> String {
    let all: Vec<[String; 2]> = strata.iter().filter_map(|one| one.contest(kernel)).collect();
    let Some([candidate, rival]) = all.first() else { return String::new() };
    let is_one = |at: usize| all.iter().all(|contest| contest[at] == all[0][at]);
    match (is_one(0), is_one(1)) {
        (true, true) => format!(" ({candidate} against {rival})"),
        (true, false) => format!(" ({candidate} against the best alternative in each)"),
        (false, _) => " (the best option in each against the best alternative there)".to_owned(),
    }
}
