//! The metrics that are followed over time: those whose row in the table says so.

use crate::metric::Metric;

/// The metrics that are followed.
pub fn followed() -> impl Iterator<Item = Metric> {
    Metric::ALL.iter().copied().filter(|metric| metric.followed)
}

/// The metric of a name, if it is followed.
///
/// # Errors
/// The names that exist, if this is none of them.
pub fn followed_metric(name: &str) -> Result<Metric, String> {
    let known = || followed().map(Metric::name).collect::<Vec<_>>().join(", ");
    followed().find(|metric| metric.id == name).ok_or_else(|| format!("the metrics are {}", known()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for metric in followed() {
            assert_eq!(followed_metric(metric.name()), Ok(metric));
        }
        for other in ["fps", "resident_ns"] {
            assert!(followed_metric(other).unwrap_err().starts_with("the metrics are call_ns, "), "{other}");
        }
    }
}
