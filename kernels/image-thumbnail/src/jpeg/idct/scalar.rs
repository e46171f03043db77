//! One column after the other.

use super::{
    Coefficients, EVEN_HIGH, EVEN_LOW, FIRST_SHIFT, MINUS, ODD_1_7, ODD_3_5, ODD_5_3, ODD_7_1, PLUS, SECOND_SHIFT,
    SUM_3, SUM_4,
};

/// Writes the samples of `block` to `rows`.
pub fn write(block: &Coefficients, rows: &mut [u8], stride: usize) {
    let mut turned = [0_i16; 64];
    for column in 0..8 {
        let sums = pass(std::array::from_fn(|row| block.0[row * 8 + column]), 1 << (FIRST_SHIFT - 1));
        for (row, sum) in sums.into_iter().enumerate() {
            turned[column * 8 + row] = (sum >> FIRST_SHIFT).clamp(i16::MIN.into(), i16::MAX.into()) as i16;
        }
    }
    for column in 0..8 {
        let rounding = (1 << (SECOND_SHIFT - 1)) + (128 << SECOND_SHIFT);
        let sums = pass(std::array::from_fn(|row| turned[row * 8 + column]), rounding);
        for (row, sum) in sums.into_iter().enumerate() {
            rows[row * stride + column] = (sum >> SECOND_SHIFT).clamp(0, 255) as u8;
        }
    }
}

/// One column, in units of 2⁻¹³ and with `rounding` added.
#[inline(always)]
fn pass(input: [i16; 8], rounding: i32) -> [i32; 8] {
    let of = |a: i16, b: i16, factors: [i16; 2]| {
        (i32::from(a) * i32::from(factors[0])).wrapping_add(i32::from(b) * i32::from(factors[1]))
    };
    let [first, fifth] = [PLUS, MINUS].map(|factors| of(input[0], input[4], factors).wrapping_add(rounding));
    let (low, high) = (of(input[2], input[6], EVEN_LOW), of(input[2], input[6], EVEN_HIGH));
    let even = [first.wrapping_add(high), fifth.wrapping_add(low), fifth.wrapping_sub(low), first.wrapping_sub(high)];
    let (three, four) = (input[7].wrapping_add(input[3]), input[5].wrapping_add(input[1]));
    let (three, four) = (of(three, four, SUM_3), of(three, four, SUM_4));
    let odd = [
        of(input[7], input[1], ODD_1_7).wrapping_add(four),
        of(input[5], input[3], ODD_3_5).wrapping_add(three),
        of(input[5], input[3], ODD_5_3).wrapping_add(four),
        of(input[7], input[1], ODD_7_1).wrapping_add(three),
    ];
    std::array::from_fn(|at| match at {
        0..4 => even[at].wrapping_add(odd[at]),
        _ => even[7 - at].wrapping_sub(odd[7 - at]),
    })
}
