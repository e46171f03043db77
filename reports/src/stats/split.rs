//! The best cut of a list into two levels.

/// The index that splits `values`, in their order, into two levels with the least squared error, with at least `least`
/// values (and at least one) on each side; `None` with too few values. Fisher 1958, for two groups.
#[must_use]
pub fn split(values: &[f64], least: usize) -> Option<usize> {
    let least = least.max(1);
    let total: f64 = values.iter().sum();
    let n = values.len() as f64;
    let mut sum = 0.0;
    let mut best = None;
    for (k, value) in (1..=values.len().checked_sub(least)?).zip(values) {
        sum += value;
        if k < least {
            continue;
        }
        let left = k as f64;
        // The least squared error within is the greatest squared difference between, weighted by both lengths.
        let between = (sum / left - (total - sum) / (n - left)).powi(2) * left * (n - left);
        if best.is_none_or(|(most, _)| between > most) {
            best = Some((between, k));
        }
    }
    best.map(|(_, k)| k)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cut_is_where_the_level_changes() {
        assert_eq!(split(&[1.0, 1.1, 0.9, 5.0, 5.1], 1), Some(3));
        assert_eq!(split(&[1.0, 1.1, 0.9, 1.0, 5.1], 1), Some(4));
        assert_eq!(split(&[1.0, 1.1, 0.9, 1.0, 5.1], 2), Some(3), "two on each side");
    }

    #[test]
    fn too_few_values_have_no_cut() {
        assert_eq!(split(&[], 1), None);
        assert_eq!(split(&[1.0], 1), None);
        assert_eq!(split(&[1.0, 2.0], 0), Some(1));
        assert_eq!(split(&[1.0, 2.0, 3.0], 2), None);
    }
}
