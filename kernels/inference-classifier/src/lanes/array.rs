//! `F4` as an array: the scalar build, and every native one.

/// Vectors side by side in one packed panel of a matrix.
pub const PANEL_LANES: usize = 1;
/// Rows that the matrix product works on at once: what fits into the registers of one core.
pub const TILE_ROWS: usize = 2;

/// Four `f32`.
#[derive(Clone, Copy)]
pub struct F4([f32; 4]);

impl F4 {
    #[inline(always)]
    pub fn splat(value: f32) -> F4 {
        F4([value; 4])
    }

    #[inline(always)]
    pub fn load(from: &[f32; 4]) -> F4 {
        F4(*from)
    }

    #[inline(always)]
    pub fn store(self, to: &mut [f32; 4]) {
        *to = self.0;
    }

    #[inline(always)]
    pub fn add(self, other: F4) -> F4 {
        self.with(other, |a, b| a + b)
    }

    #[inline(always)]
    pub fn sub(self, other: F4) -> F4 {
        self.with(other, |a, b| a - b)
    }

    #[inline(always)]
    pub fn mul(self, other: F4) -> F4 {
        self.with(other, |a, b| a * b)
    }

    #[inline(always)]
    pub fn div(self, other: F4) -> F4 {
        self.with(other, |a, b| a / b)
    }

    /// `self + a * b`, rounded after each operation.
    #[inline(always)]
    pub fn add_product(self, a: F4, b: F4) -> F4 {
        self.add(a.mul(b))
    }

    /// The larger of each pair; of a pair with a NaN, the first.
    #[inline(always)]
    pub fn max(self, other: F4) -> F4 {
        self.with(other, |a, b| if a < b { b } else { a })
    }

    /// The smaller of each pair; of a pair with a NaN, the first.
    #[inline(always)]
    pub fn min(self, other: F4) -> F4 {
        self.with(other, |a, b| if b < a { b } else { a })
    }

    #[inline(always)]
    pub fn abs(self) -> F4 {
        F4(self.0.map(f32::abs))
    }

    #[inline(always)]
    pub fn floor(self) -> F4 {
        F4(self.0.map(f32::floor))
    }

    #[inline(always)]
    pub fn with_sign_of(self, other: F4) -> F4 {
        self.with(other, f32::copysign)
    }

    /// 2 to the power of each lane, which holds a whole number from -126 to 127.
    #[inline(always)]
    pub fn power_of_two(self) -> F4 {
        F4(self.0.map(|power| f32::from_bits(((power as i32 + 127) << 23) as u32)))
    }

    #[inline(always)]
    pub fn sum(self) -> f32 {
        let [a, b, c, d] = self.0;
        a + b + c + d
    }

    #[inline(always)]
    pub fn largest(self) -> f32 {
        let [a, b, c, d] = self.0;
        a.max(b).max(c.max(d))
    }

    #[inline(always)]
    fn with(self, other: F4, operation: impl Fn(f32, f32) -> f32) -> F4 {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        F4([operation(a, e), operation(b, f), operation(c, g), operation(d, h)])
    }
}
