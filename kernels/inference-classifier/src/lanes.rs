//! Four `f32` side by side: one `v128` where the target has simd128, an array where it has not.
//!
//! The encoder is written once against `F4`. The build decides what it becomes; nothing is chosen at run time.

#[cfg(not(target_feature = "simd128"))]
mod array;
#[cfg(target_feature = "simd128")]
mod simd128;

#[cfg(not(target_feature = "simd128"))]
pub use array::{F4, PANEL_LANES, TILE_ROWS};
#[cfg(target_feature = "simd128")]
pub use simd128::{F4, PANEL_LANES, TILE_ROWS};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_work_lane_by_lane() {
        let (a, b) = (F4::load(&[1.0, -2.5, 3.0, 0.5]), F4::load(&[2.0, 4.0, -1.0, 0.25]));
        let stored = |lanes: F4| {
            let mut out = [0.0; 4];
            lanes.store(&mut out);
            out
        };
        assert_eq!(stored(a.add(b)), [3.0, 1.5, 2.0, 0.75]);
        assert_eq!(stored(a.sub(b)), [-1.0, -6.5, 4.0, 0.25]);
        assert_eq!(stored(a.mul(b)), [2.0, -10.0, -3.0, 0.125]);
        assert_eq!(stored(a.div(b)), [0.5, -0.625, -3.0, 2.0]);
        assert_eq!(stored(a.max(b)), [2.0, 4.0, 3.0, 0.5]);
        assert_eq!(stored(a.min(b)), [1.0, -2.5, -1.0, 0.25]);
        assert_eq!(stored(a.abs()), [1.0, 2.5, 3.0, 0.5]);
        assert_eq!(stored(a.floor()), [1.0, -3.0, 3.0, 0.0]);
        assert_eq!(stored(b.with_sign_of(a)), [2.0, -4.0, 1.0, 0.25]);
        assert_eq!(stored(F4::load(&[0.0, 1.0, -3.0, 10.0]).power_of_two()), [1.0, 2.0, 0.125, 1024.0]);
        assert_eq!(stored(a.add_product(a, b)), [3.0, -12.5, 0.0, 0.625]);
        assert_eq!(a.sum(), 2.0);
        assert_eq!(a.largest(), 3.0);
    }
}
