//! The matrix product that the encoder spends its time in.
//!
//! The right side is packed into panels of `PANEL` columns, so that the inner loop reads it front to back; the
//! left side is read in tiles of `TILE_ROWS` rows, whose sums all stay in registers.

use crate::lanes::{F4, PANEL_LANES, TILE_ROWS};

/// Columns of one packed panel in every build: a multiple of what the build's registers hold.
pub const PANEL: usize = 8;

const PANEL_COLUMNS: usize = 4 * PANEL_LANES;

/// A right side, packed, with the bias that is added to each row of the product.
pub struct Packed {
    panels: Vec<f32>,
    bias: Vec<f32>,
    depth: usize,
}

/// A matrix inside a slice: its rows are `stride` numbers apart.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    pub numbers: &'a [f32],
    pub stride: usize,
}

/// A matrix inside a slice that is written to.
pub struct RowsMut<'a> {
    pub numbers: &'a mut [f32],
    pub stride: usize,
}

impl Packed {
    /// Packs `depth` rows of as many columns as the bias has, a multiple of `PANEL`.
    pub fn new(weights: &[f32], bias: Vec<f32>) -> Packed {
        let depth = weights.len() / bias.len();
        let mut panels = vec![0.0; weights.len()];
        pack(&mut panels, depth, bias.len(), |row, column| weights[row * bias.len() + column]);
        Packed { panels, bias, depth }
    }

    /// `to = from · weights + bias` for `rows` rows that lie without gaps.
    pub fn multiply(&self, rows: usize, from: &[f32], to: &mut [f32]) {
        let from = Rows { numbers: from, stride: self.depth };
        let to = RowsMut { numbers: to, stride: self.bias.len() };
        multiply(rows, self.depth, from, &self.panels, &self.bias, to);
    }
}

/// Fills panels for a right side of `depth` rows and `columns` columns, a multiple of `PANEL`.
pub fn pack(panels: &mut [f32], depth: usize, columns: usize, value: impl Fn(usize, usize) -> f32) {
    for (panel, numbers) in panels[..depth * columns].chunks_exact_mut(depth * PANEL_COLUMNS).enumerate() {
        for (row, numbers) in numbers.chunks_exact_mut(PANEL_COLUMNS).enumerate() {
            for (lane, number) in numbers.iter_mut().enumerate() {
                *number = value(row, panel * PANEL_COLUMNS + lane);
            }
        }
    }
}

/// `to = from · panels + bias`: `rows` by `depth` times `depth` by as many columns as the bias has.
pub fn multiply(rows: usize, depth: usize, from: Rows, panels: &[f32], bias: &[f32], to: RowsMut) {
    let columns = bias.len();
    let panels = panels[..depth * columns].chunks_exact(depth * PANEL_COLUMNS);
    let bias = bias.chunks_exact(PANEL_COLUMNS);
    for (panel, (weights, bias)) in panels.zip(bias).enumerate() {
        let weights = weights.as_chunks::<PANEL_COLUMNS>().0;
        let column = panel * PANEL_COLUMNS;
        let mut row = 0;
        while row + TILE_ROWS <= rows {
            tile::<TILE_ROWS>(&from, row, weights, bias, &mut to.numbers[row * to.stride + column..], to.stride);
            row += TILE_ROWS;
        }
        while row < rows {
            tile::<1>(&from, row, weights, bias, &mut to.numbers[row * to.stride + column..], to.stride);
            row += 1;
        }
    }
}

/// `ROWS` rows times one panel.
#[inline(always)]
fn tile<const ROWS: usize>(
    from: &Rows,
    first_row: usize,
    weights: &[[f32; PANEL_COLUMNS]],
    bias: &[f32],
    to: &mut [f32],
    to_stride: usize,
) {
    let left: [&[f32]; ROWS] =
        std::array::from_fn(|row| &from.numbers[(first_row + row) * from.stride..][..weights.len()]);
    let bias = bias.as_chunks::<4>().0;
    let mut sums: [[F4; PANEL_LANES]; ROWS] = [std::array::from_fn(|lane| F4::load(&bias[lane])); ROWS];
    for (depth, weights) in weights.iter().enumerate() {
        let weights = weights.as_chunks::<4>().0;
        let weights: [F4; PANEL_LANES] = std::array::from_fn(|lane| F4::load(&weights[lane]));
        for (sums, left) in sums.iter_mut().zip(&left) {
            // SAFETY: `left` was cut to the length of `weights` above, which `depth` counts through.
            // Checked, the compiler keeps a comparison per row in this innermost loop.
            let left = F4::splat(unsafe { *left.get_unchecked(depth) });
            for (sum, weights) in sums.iter_mut().zip(weights) {
                *sum = sum.add_product(left, weights);
            }
        }
    }
    for (row, sums) in sums.iter().enumerate() {
        let to = to[row * to_stride..][..PANEL_COLUMNS].as_chunks_mut::<4>().0;
        for (to, sum) in to.iter_mut().zip(sums) {
            sum.store(to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: usize, seed: usize) -> Vec<f32> {
        (0..count).map(|index| ((index * 37 + seed * 11) % 23) as f32 - 11.0).collect()
    }

    #[test]
    fn every_number_of_rows_gives_the_plain_product() {
        let (depth, columns) = (5, 16);
        let (weights, bias) = (numbers(depth * columns, 1), numbers(columns, 2));
        let packed = Packed::new(&weights, bias.clone());
        for rows in 0..=9 {
            let from = numbers(rows * depth, 3);
            let mut to = vec![0.0; rows * columns];
            packed.multiply(rows, &from, &mut to);
            for (at, &number) in to.iter().enumerate() {
                let (row, column) = (at / columns, at % columns);
                let product = |k| from[row * depth + k] * weights[k * columns + column];
                assert_eq!(number, bias[column] + (0..depth).map(product).sum::<f32>());
            }
        }
    }

    #[test]
    fn strides_leave_the_numbers_between_alone() {
        let mut panels = vec![0.0; 2 * 8];
        pack(&mut panels, 2, 8, |row, column| (row * 8 + column) as f32);
        let mut to = vec![-1.0; 3 * 10];
        let from = Rows { numbers: &numbers(3 * 7, 5), stride: 7 };
        multiply(3, 2, from, &panels, &[0.0; 8], RowsMut { numbers: &mut to, stride: 10 });
        assert_eq!(to[8..10], [-1.0, -1.0]);
        assert_eq!(to[11], from.numbers[7] + from.numbers[8] * 9.0);
    }
}
