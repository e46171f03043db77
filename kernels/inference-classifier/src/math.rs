//! The functions between the matrix products: exponential, GELU, softmax, layer norm.

use crate::lanes::F4;

/// e to the power of each lane, to about 2 units in the last place.
///
/// Range reduction and polynomial are those of `expf` in the Cephes library (Moshier); inputs are
/// clamped to -87..=88, so nothing overflows and the smallest answer is about 1e-38.
#[inline(always)]
pub fn exp(x: F4) -> F4 {
    let x = x.max(F4::splat(-87.0)).min(F4::splat(88.0));
    let whole = x.mul(F4::splat(std::f32::consts::LOG2_E)).add(F4::splat(0.5)).floor();
    // ln 2 in two parts, of which the first is exact in few bits.
    let rest = x.sub(whole.mul(F4::splat(0.693_359_4))).sub(whole.mul(F4::splat(-2.121_944_4e-4)));
    let mut sum = F4::splat(1.987_569_1e-4);
    for coefficient in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5] {
        sum = F4::splat(coefficient).add_product(sum, rest);
    }
    rest.add(F4::splat(1.0)).add_product(sum, rest.mul(rest)).mul(whole.power_of_two())
}

/// x · Φ(x) with the error function of Abramowitz and Stegun 7.1.26, which is off by 1.5e-7 at most.
#[inline(always)]
pub fn gelu(x: F4) -> F4 {
    let scaled = x.mul(F4::splat(std::f32::consts::FRAC_1_SQRT_2));
    let size = scaled.abs();
    let t = F4::splat(1.0).div(F4::splat(1.0).add_product(size, F4::splat(0.327_591_1)));
    let mut sum = F4::splat(1.061_405_4);
    for coefficient in [-1.453_152, 1.421_413_7, -0.284_496_72, 0.254_829_6] {
        sum = F4::splat(coefficient).add_product(sum, t);
    }
    let tail = sum.mul(t).mul(exp(F4::splat(0.0).sub(size.mul(size))));
    let erf = F4::splat(1.0).sub(tail).with_sign_of(scaled);
    x.mul(F4::splat(0.5)).mul(erf.add(F4::splat(1.0)))
}

/// GELU of every number in place; the length is a multiple of 4.
pub fn gelu_all(numbers: &mut [f32]) {
    for lanes in numbers.as_chunks_mut::<4>().0 {
        gelu(F4::load(lanes)).store(lanes);
    }
}

/// Softmax of the first `real` numbers of `row` in place; the others, which only fill the row up to a
/// multiple of 4, become 0 to working precision.
pub fn softmax(row: &mut [f32], real: usize) {
    row[real..].fill(-1e30);
    let row = row.as_chunks_mut::<4>().0;
    let largest = F4::splat(row.iter().fold(F4::splat(-1e30), |largest, lanes| largest.max(F4::load(lanes))).largest());
    let mut sum = F4::splat(0.0);
    for lanes in row.iter_mut() {
        let share = exp(F4::load(lanes).sub(largest));
        sum = sum.add(share);
        share.store(lanes);
    }
    let scale = F4::splat(1.0 / sum.sum());
    for lanes in row {
        F4::load(lanes).mul(scale).store(lanes);
    }
}

/// `to += from`; the length is a multiple of 4.
pub fn add(to: &mut [f32], from: &[f32]) {
    for (to, from) in to.as_chunks_mut::<4>().0.iter_mut().zip(from.as_chunks::<4>().0) {
        F4::load(to).add(F4::load(from)).store(to);
    }
}

/// Layer norm of each row of `from` into `to`; rows are as long as `gain` and `bias`, a multiple of 4.
pub fn norm(from: &[f32], gain: &[f32], bias: &[f32], to: &mut [f32]) {
    const EPSILON: f32 = 1e-5;
    let (gain, bias) = (gain.as_chunks::<4>().0, bias.as_chunks::<4>().0);
    let width = gain.len() * 4;
    for (from, to) in from.chunks_exact(width).zip(to.chunks_exact_mut(width)) {
        let from = from.as_chunks::<4>().0;
        let sum = from.iter().fold(F4::splat(0.0), |sum, lanes| sum.add(F4::load(lanes)));
        let mean = F4::splat(sum.sum() / width as f32);
        let squares = from.iter().fold(F4::splat(0.0), |sum, lanes| {
            let centred = F4::load(lanes).sub(mean);
            sum.add_product(centred, centred)
        });
        let scale = F4::splat(1.0 / (squares.sum() / width as f32 + EPSILON).sqrt());
        for ((from, to), (gain, bias)) in from.iter().zip(to.as_chunks_mut::<4>().0).zip(gain.iter().zip(bias)) {
            let scaled = F4::load(from).sub(mean).mul(scale);
            F4::load(bias).add_product(scaled, F4::load(gain)).store(to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(function: impl Fn(F4) -> F4, x: f32) -> f32 {
        let mut out = [0.0; 4];
        function(F4::splat(x)).store(&mut out);
        out[0]
    }

    #[test]
    fn exp_is_close_over_its_range() {
        for step in -8700..=8800 {
            let x = step as f32 / 100.0;
            let (own, exact) = (one(exp, x), f64::from(x).exp());
            assert!((f64::from(own) / exact - 1.0).abs() < 4e-7, "exp({x}) = {own}");
        }
        assert!(one(exp, -1e30) < 1e-37);
    }

    #[test]
    fn gelu_has_known_values() {
        // x · Φ(x), from tables of the normal distribution.
        for (x, value) in [(0.0, 0.0), (1.0, 0.841_344_7), (-1.0, -0.158_655_26), (3.0, 2.995_950_3), (-8.0, 0.0)] {
            assert!((one(gelu, x) - value).abs() < 1e-6, "gelu({x}) = {}", one(gelu, x));
        }
    }

    #[test]
    fn softmax_leaves_the_filling_out() {
        let mut row = [1.0, 2.0, 3.0, 4.0, 5.0, 99.0, 99.0, 99.0];
        softmax(&mut row, 5);
        assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!((row[4] - 0.636_408_6).abs() < 1e-6);
        assert!(row[5] < 1e-30);
    }

    #[test]
    fn norm_centres_and_scales_each_row() {
        let mut to = [0.0; 8];
        norm(&[1.0, 2.0, 3.0, 4.0, 5.0, 5.0, 5.0, 5.0], &[1.0; 4], &[0.0, 0.0, 0.0, 1.0], &mut to);
        assert!((to[0] + 1.341_635_4).abs() < 1e-4 && (to[3] - 2.341_635_4).abs() < 1e-4);
        assert_eq!(to[4..], [0.0, 0.0, 0.0, 1.0]);
    }
}
