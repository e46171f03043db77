//! Half-precision numbers, as the weights file stores them.

/// The `f32` of the same value (IEEE 754-2019, binary16).
pub fn to_f32(bits: u16) -> f32 {
    let sign = u32::from(bits & 0x8000) << 16;
    let magnitude = u32::from(bits & 0x7fff);
    let value = match magnitude >> 10 {
        // Subnormal: the fraction counts steps of 2^-24.
        0 => (magnitude as f32 * 2.0_f32.powi(-24)).to_bits(),
        31 => 0x7f80_0000 | (magnitude & 0x3ff) << 13,
        // The exponent's bias goes from 15 to 127.
        _ => (magnitude << 13) + ((127 - 15) << 23),
    };
    f32::from_bits(sign | value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        for (bits, value) in [(0x3c00, 1.0), (0xc000, -2.0), (0x3555, 0.333_251_95), (0x7bff, 65504.0), (0x8000, -0.0)]
        {
            assert_eq!(to_f32(bits).to_bits(), f32::to_bits(value));
        }
        assert_eq!(to_f32(1), 2.0_f32.powi(-24));
        assert_eq!(to_f32(0x03ff), 1023.0 * 2.0_f32.powi(-24));
        assert_eq!(to_f32(0xfc00), f32::NEG_INFINITY);
        assert!(to_f32(0x7e00).is_nan());
    }
}
