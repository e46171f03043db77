//! What answers are compared with where the baseline fails on an input: that of a contender with which another one agrees.

use crossover_reports::run::{Failure, Stage};

use super::{Compared, Comparisons, judge};
use crate::prepare::PreparedGroup;

/// Takes those out whose answer is wrong or cannot be checked, of contenders whose baseline gave none. `compared` has what
/// came of comparing the answers with one another.
pub fn judge_by_one_another(group: &mut PreparedGroup, mut compared: Comparisons) {
    group.reference = reference(group, &compared);
    if let Some(reference) = group.reference {
        for (contender, outcome) in compared.remove(&reference).unwrap_or_default() {
            judge(group, contender, reference, outcome);
        }
        return;
    }
    for contender in compared.into_keys() {
        let name = &group.contenders[group.baseline].name;
        let reason =
            format!("cannot be checked, because the baseline `{name}` gave no answer, and no two others agree");
        group.fail(contender, Failure { stage: Stage::Verify, reason });
    }
}

/// Whether another answer may do in place of the baseline's. A baseline that was not even built is no matter of this input.
pub fn is_wanted(group: &PreparedGroup) -> bool {
    matches!(&group.contenders[group.baseline].urls, Err(failure) if failure.stage == Stage::Verify)
}

/// The first contender with which another one agrees. Two builds of one source are wrong about the same files and prove
/// nothing.
fn reference(group: &PreparedGroup, compared: &Comparisons) -> Option<usize> {
    let is_agreed = |at: usize| {
        compared[&at].iter().any(|(&other, outcome)| {
            let [one, other] = [at, other].map(|at| &group.contenders[at]);
            one.source != other.source && matches!(outcome, Compared::Same(_))
        })
    };
    compared.keys().copied().find(|at| is_wanted(group) && is_agreed(*at))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::answer::{Answer, AnswerKind};

    /// A group whose baseline failed; `answers` are the others' levels.
    fn judged(stage: Stage, sources: [&str; 3], levels: [u8; 3]) -> (PreparedGroup, Vec<Option<String>>) {
        let mut group = PreparedGroup::example(&["js", "a", "b", "c"]);
        group.fail(0, Failure { stage, reason: "cannot read it".to_owned() });
        for (contender, source) in group.contenders[1..].iter_mut().zip(sources) {
            contender.source = source.into();
        }
        let answer = |level| Answer { kind: AnswerKind::Bytes, bytes: vec![level; 9] };
        let answers: Vec<(usize, Answer)> = (1..).zip(levels.map(answer)).collect();
        let outcome = |expected: &Answer, (at, answer): &(usize, Answer)| {
            (*at, Compared::of(expected, answer, &group.contenders[*at].check))
        };
        let compared = answers.iter().map(|(at, expected)| {
            let others = answers.iter().filter(|(other, _)| other != at);
            (*at, others.map(|other| outcome(expected, other)).collect::<BTreeMap<_, _>>())
        });
        let compared: Comparisons = compared.collect();
        judge_by_one_another(&mut group, compared);
        let reasons =
            group.contenders[1..].iter().map(|one| one.urls.as_ref().err().map(|failure| failure.reason.clone()));
        let reasons = reasons.collect();
        (group, reasons)
    }

    #[test]
    fn two_that_agree_do_in_place_of_the_baseline() {
        let (group, reasons) = judged(Stage::Verify, ["x", "y", "z"], [7, 8, 8]);
        assert!(
            reasons[0].as_deref().unwrap().starts_with("wrong answer, compared with `b`: first difference at byte 0")
        );
        assert_eq!(reasons[1..], [None, None]);
        assert_eq!(group.reference_note(), ": the baseline `js` gave no answer, so that of `b` is the reference");
    }

    #[test]
    fn builds_of_one_source_that_agree_prove_nothing() {
        let (group, reasons) = judged(Stage::Verify, ["x", "x", "y"], [7, 7, 8]);
        let reason = "cannot be checked, because the baseline `js` gave no answer, and no two others agree";
        assert!(reasons.iter().all(|found| found.as_deref() == Some(reason)), "{reasons:?}");
        assert_eq!(group.reference_note(), "");
    }

    #[test]
    fn a_baseline_that_was_never_asked_has_nobody_in_its_place() {
        let (_, reasons) = judged(Stage::Build, ["x", "y", "z"], [8, 8, 8]);
        assert!(reasons.iter().all(Option::is_some));
    }
}
