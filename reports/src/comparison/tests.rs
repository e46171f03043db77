//! The outcome rule and the pairing by example. How often they are right is simulated in `tests/all/sequential.rs`,
//! through the looks of a whole run.

use super::*;

#[test]
fn outcomes_by_example() {
    let outcome = |point, low, high| Outcome::of(point, Some([low, high]), MARGIN);
    assert_eq!(outcome(0.10, 0.09, 0.11), Outcome::Faster);
    assert_eq!(outcome(1.40, 1.30, 1.50), Outcome::Slower);
    assert_eq!(outcome(1.001, 0.995, 1.007), Outcome::Same);
    assert_eq!(outcome(1.005, 1.001, 1.009), Outcome::Same, "a sure difference inside the margin does not matter");
    assert_eq!(outcome(1.005, 1.001, 1.02), Outcome::Unsure, "the point is inside the margin");
    assert_eq!(outcome(0.97, 0.94, 1.002), Outcome::Unsure, "the interval contains 1");
    assert_eq!(Outcome::of(0.1, None, MARGIN), Outcome::Unsure, "no interval");
}

#[test]
fn swapping_the_sides_swaps_the_outcome() {
    for (ratio, half) in [(1.3, 1.1), (1.011, 1.005), (1.002, 1.003), (1.02, 1.05)] {
        let there = Outcome::of(ratio, Some([ratio / half, ratio * half]), MARGIN);
        let back = Outcome::of(1.0 / ratio, Some([1.0 / ratio / half, 1.0 / ratio * half]), MARGIN);
        let swapped = match back {
            Outcome::Faster => Outcome::Slower,
            Outcome::Slower => Outcome::Faster,
            other => other,
        };
        assert_eq!(there, swapped);
    }
}

#[test]
fn rounds_are_paired_within_their_block() {
    let measurement = |rounds: &[(u32, f64)]| Measurement {
        blocks: [(0, Block { call: rounds.iter().copied().collect(), ..Block::default() })].into(),
        rejected: 0,
        uncached: 0,
    };
    // The machine slows down tenfold in round 1; the missing round 2 of the candidate is no pair.
    let baseline = measurement(&[(0, 10.0), (1, 100.0), (2, 7.0)]);
    let candidate = measurement(&[(0, 5.0), (1, 50.0)]);
    let ratio = Ratio::of_calls(&baseline, &candidate, Rule::default());
    assert!((ratio.point.unwrap() - 0.5).abs() < 1e-12);
    assert_eq!((ratio.ci, ratio.blocks, ratio.outcome), (None, 1, Outcome::Unsure));
}

#[test]
fn nothing_in_common_is_unsure_and_no_number() {
    let ratio = Ratio::of_calls(&Measurement::default(), &Measurement::default(), Rule::default());
    assert_eq!(ratio, Ratio::UNKNOWN);
    assert_eq!(Ratio::exact(Some(0), Some(3), Rule::default()), Ratio::UNKNOWN);
    assert_eq!(Ratio::exact(Some(100), None, Rule::default()), Ratio::UNKNOWN);
}

#[test]
fn sizes_are_compared_exactly() {
    let ratio = Ratio::exact(Some(1000), Some(1500), Rule::default());
    assert_eq!((ratio.point, ratio.ci, ratio.outcome), (Some(1.5), Some([1.5, 1.5]), Outcome::Slower));
    assert_eq!(Ratio::exact(Some(1000), Some(1005), Rule::default()).outcome, Outcome::Same);
}

/// One round per block, with these times.
fn measured(times: &[f64]) -> Measurement {
    let block = |time: &f64| Block { call: [(0, *time)].into(), ..Block::default() };
    Measurement { blocks: (0..).zip(times.iter().map(block)).collect(), rejected: 0, uncached: 0 }
}

#[test]
fn waiting_for_a_core_is_not_counted_as_a_contender_s_time() {
    // Blocks that spread a little, and a baseline that took twice its time because it had to wait for a core.
    let spread = |block: u32| 1.0 + 0.001 * f64::from(block % 3);
    let measured = |ns: f64, waiting: f64| {
        let block = |number| Block {
            call: [(0, ns * waiting * spread(number))].into(),
            waiting: [(0, waiting)].into(),
            ..Block::default()
        };
        Measurement { blocks: (0..6).map(|number| (number, block(number))).collect(), rejected: 0, uncached: 0 }
    };
    let of = |baseline, candidate| Ratio::of_calls(&baseline, &candidate, Rule::default());
    let misled = of(measured(1.0, 2.0), measured(1.1, 1.0));
    assert_eq!((misled.uneven, misled.outcome), (true, Outcome::Unsure));
    let in_any_case = of(measured(1.0, 1.2), measured(0.5, 1.0));
    assert_eq!((in_any_case.uneven, in_any_case.outcome), (false, Outcome::Faster));
    let alike = of(measured(1.0, 2.0), measured(1.1, 2.0));
    assert_eq!((alike.uneven, alike.outcome), (false, Outcome::Slower));
}

#[test]
fn two_modes_on_either_side_leave_nothing_sure() {
    let baseline = measured(&[1.0; 12]);
    let of = |[low, high]: [f64; 2], lows: usize| {
        let jitter = |block: usize| 1.0 + 0.001 * (block % 3) as f64;
        let time = |block| jitter(block) * if block < lows { low } else { high };
        Ratio::of_calls(&baseline, &measured(&(0..12).map(time).collect::<Vec<_>>()), Rule::default())
    };
    let one_side = of([1.1, 1.2], 6);
    assert_eq!(one_side.outcome, Outcome::Slower);
    assert!(one_side.modes.is_some_and(|[low, high]| (low - 1.101).abs() < 1e-3 && (high - 1.201).abs() < 1e-3));
    assert_eq!(of([1.005, 1.2], 6).outcome, Outcome::Slower, "the lower mode is within the margin");

    let torn = of([0.9, 1.5], 2);
    assert!(torn.ci.is_some_and(|[low, _]| low > 1.0), "the interval alone would be sure");
    assert_eq!(torn.outcome, Outcome::Unsure);
    assert_eq!(of([1.1, 1.1], 6).modes, None);
}

#[test]
fn hopeless_disagreement_is_no_interval() {
    let ratio = Ratio::of_calls(&measured(&[1e-3, 1e15]), &measured(&[1e15, 1e-3]), Rule::default());
    assert_eq!((ratio.ci, ratio.outcome), (None, Outcome::Unsure));
    assert!(ratio.point.unwrap().is_finite());
}
