//! The size of input from which a candidate's calls are faster.

use crate::comparison::Outcome;

/// One size of a kernel's input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SizeOutcome {
    /// Its length, bytes.
    pub bytes: u64,
    /// Candidate ÷ rival, in time per call.
    pub ratio: f64,
    /// Outcome.
    pub outcome: Outcome,
}

/// Where the candidate's calls become faster than the rival's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SizeCrossing {
    /// Between two measured sizes, with the size at which the ratio is 1 if it changes evenly on log scales. They are
    /// slower up to the first and faster from the second on.
    Above(f64, [u64; 2]),
    /// The same the other way round: faster up to the first, slower from the second on.
    Below(f64, [u64; 2]),
    /// None in range: faster at every size.
    AlwaysFaster,
    /// None in range: slower, or no faster, at every size.
    NeverFaster,
    /// There is only one size, or the outcomes show no single crossing.
    Undetermined,
}

/// Where the outcomes of `steps`, in any order, change.
#[must_use]
pub fn size_crossing(steps: &[SizeOutcome]) -> SizeCrossing {
    let mut steps = steps.to_vec();
    steps.sort_by_key(|step| step.bytes);
    let is = |outcome: Outcome| move |step: &SizeOutcome| step.outcome == outcome;
    let is_no_faster = |step: &SizeOutcome| matches!(step.outcome, Outcome::Slower | Outcome::Same);
    if steps.len() < 2 || steps.windows(2).any(|pair| pair[0].bytes == pair[1].bytes) {
        return SizeCrossing::Undetermined;
    }
    if steps.iter().all(is(Outcome::Faster)) {
        return SizeCrossing::AlwaysFaster;
    }
    if steps.iter().all(is_no_faster) {
        return SizeCrossing::NeverFaster;
    }
    if let Some((at, bracket)) = change(&steps, Outcome::Slower, Outcome::Faster) {
        return SizeCrossing::Above(at, bracket);
    }
    if let Some((at, bracket)) = change(&steps, Outcome::Faster, Outcome::Slower) {
        return SizeCrossing::Below(at, bracket);
    }
    SizeCrossing::Undetermined
}

/// The last size with the one outcome and the first with the other, if all below have the one, all above the other, and
/// those in between neither.
fn change(steps: &[SizeOutcome], below: Outcome, above: Outcome) -> Option<(f64, [u64; 2])> {
    let last = steps.iter().rposition(|step| step.outcome == below)?;
    let first = steps.iter().position(|step| step.outcome == above)?;
    let is_clean = last < first
        && steps[..=last].iter().all(|step| step.outcome == below)
        && steps[first..].iter().all(|step| step.outcome == above);
    is_clean.then(|| {
        let (low, high) = (steps[last], steps[first]);
        (between(low, high), [low.bytes, high.bytes])
    })
}

/// The size at which the ratio is 1.
fn between(low: SizeOutcome, high: SizeOutcome) -> f64 {
    let (from, to) = ((low.bytes.max(1) as f64).ln(), (high.bytes.max(1) as f64).ln());
    let share = low.ratio.ln() / (low.ratio.ln() - high.ratio.ln());
    (from + (to - from) * share).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(of: &[(u64, f64)]) -> Vec<SizeOutcome> {
        let outcome = |ratio: f64| match ratio {
            _ if ratio < 0.99 => Outcome::Faster,
            _ if ratio > 1.01 => Outcome::Slower,
            _ => Outcome::Unsure,
        };
        of.iter().map(|(bytes, ratio)| SizeOutcome { bytes: *bytes, ratio: *ratio, outcome: outcome(*ratio) }).collect()
    }

    #[test]
    fn the_crossing_lies_between_the_last_slower_and_the_first_faster_size() {
        // In no order.
        let SizeCrossing::Above(at, bracket) = size_crossing(&steps(&[(1000, 0.5), (10, 4.0), (100, 2.0)])) else {
            panic!()
        };
        assert_eq!(bracket, [100, 1000]);
        assert!((at - 316.2).abs() < 0.1, "{at}");
        let crossing = size_crossing(&steps(&[(10, 0.5), (100, 1.0), (1000, 2.0)]));
        assert!(matches!(crossing, SizeCrossing::Below(at, [10, 1000]) if (at - 100.0).abs() < 0.1), "{crossing:?}");
    }

    #[test]
    fn none_in_range_is_an_answer() {
        assert_eq!(size_crossing(&steps(&[(10, 0.5), (100, 0.4)])), SizeCrossing::AlwaysFaster);
        assert_eq!(size_crossing(&steps(&[(10, 5.0), (100, 4.0)])), SizeCrossing::NeverFaster);
    }

    #[test]
    fn outcomes_without_a_single_crossing_are_undetermined() {
        for of in [
            &[][..],
            &[(10, 0.5)],
            &[(10, 0.5), (10, 2.0)],
            &[(10, 0.5), (100, 2.0), (1000, 0.5)],
            &[(10, 2.0), (100, 1.0)],
            &[(10, 1.0), (100, 0.5)],
        ] {
            assert_eq!(size_crossing(&steps(of)), SizeCrossing::Undetermined, "{of:?}");
        }
    }
}
