//! `F4` as one `v128`: the SIMD build.

use core::arch::wasm32::{
    f32x4_abs, f32x4_add, f32x4_div, f32x4_extract_lane, f32x4_floor, f32x4_mul, f32x4_pmax, f32x4_pmin, f32x4_splat,
    f32x4_sub, i32x4_add, i32x4_shl, i32x4_splat, i32x4_trunc_sat_f32x4, v128, v128_bitselect, v128_load, v128_store,
};

#[cfg(target_feature = "relaxed-simd")]
use core::arch::wasm32::f32x4_relaxed_madd;

/// Vectors side by side in one packed panel of a matrix.
pub const PANEL_LANES: usize = 2;
/// Rows that the matrix product works on at once: 4 × 2 sums, 2 weights and 1 broadcast of 16 vector registers.
pub const TILE_ROWS: usize = 4;

/// Four `f32`.
#[derive(Clone, Copy)]
pub struct F4(v128);

impl F4 {
    #[inline(always)]
    pub fn splat(value: f32) -> F4 {
        F4(f32x4_splat(value))
    }

    #[inline(always)]
    pub fn load(from: &[f32; 4]) -> F4 {
        // SAFETY: the reference is good for 16 bytes, and the instruction asks for no alignment.
        F4(unsafe { v128_load(from.as_ptr().cast()) })
    }

    #[inline(always)]
    pub fn store(self, to: &mut [f32; 4]) {
        // SAFETY: the reference is good for 16 bytes, and the instruction asks for no alignment.
        unsafe { v128_store(to.as_mut_ptr().cast(), self.0) }
    }

    #[inline(always)]
    pub fn add(self, other: F4) -> F4 {
        F4(f32x4_add(self.0, other.0))
    }

    #[inline(always)]
    pub fn sub(self, other: F4) -> F4 {
        F4(f32x4_sub(self.0, other.0))
    }

    #[inline(always)]
    pub fn mul(self, other: F4) -> F4 {
        F4(f32x4_mul(self.0, other.0))
    }

    #[inline(always)]
    pub fn div(self, other: F4) -> F4 {
        F4(f32x4_div(self.0, other.0))
    }

    /// `self + a * b`, rounded after each operation, or with relaxed SIMD only once where the processor can.
    #[inline(always)]
    pub fn add_product(self, a: F4, b: F4) -> F4 {
        #[cfg(target_feature = "relaxed-simd")]
        return F4(f32x4_relaxed_madd(a.0, b.0, self.0));
        #[cfg(not(target_feature = "relaxed-simd"))]
        return self.add(a.mul(b));
    }

    /// The larger of each pair; of a pair with a NaN, the first.
    #[inline(always)]
    pub fn max(self, other: F4) -> F4 {
        F4(f32x4_pmax(self.0, other.0))
    }

    /// The smaller of each pair; of a pair with a NaN, the first.
    #[inline(always)]
    pub fn min(self, other: F4) -> F4 {
        F4(f32x4_pmin(self.0, other.0))
    }

    #[inline(always)]
    pub fn abs(self) -> F4 {
        F4(f32x4_abs(self.0))
    }

    #[inline(always)]
    pub fn floor(self) -> F4 {
        F4(f32x4_floor(self.0))
    }

    #[inline(always)]
    pub fn with_sign_of(self, other: F4) -> F4 {
        F4(v128_bitselect(other.0, self.0, i32x4_splat(i32::MIN)))
    }

    /// 2 to the power of each lane, which holds a whole number from -126 to 127.
    #[inline(always)]
    pub fn power_of_two(self) -> F4 {
        F4(i32x4_shl(i32x4_add(i32x4_trunc_sat_f32x4(self.0), i32x4_splat(127)), 23))
    }

    #[inline(always)]
    pub fn sum(self) -> f32 {
        let [a, b, c, d] = self.lanes();
        a + b + c + d
    }

    #[inline(always)]
    pub fn largest(self) -> f32 {
        let [a, b, c, d] = self.lanes();
        a.max(b).max(c.max(d))
    }

    #[inline(always)]
    fn lanes(self) -> [f32; 4] {
        [
            f32x4_extract_lane::<0>(self.0),
            f32x4_extract_lane::<1>(self.0),
            f32x4_extract_lane::<2>(self.0),
            f32x4_extract_lane::<3>(self.0),
        ]
    }
}
