//! The costs that the gate checks: the metrics that have a limit, by the keys of their limits.

use std::borrow::Cow;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::metric::{Limit, Metric, one_of};

/// A metric that is compared between revisions: less is better. Files name it by the key of its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost(Metric);

impl Cost {
    /// The metric as a cost; `None` if it has no limit.
    #[must_use]
    pub fn of(metric: Metric) -> Option<Self> {
        metric.limit.map(|_| Self(metric))
    }

    /// All costs.
    pub fn all() -> impl Iterator<Item = Self> {
        Metric::ALL.iter().copied().filter_map(Self::of)
    }

    /// The name used in the gate's files and in `crossover.toml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.limit().key
    }

    /// The allowed increase by default, percent: above 0 for times, which scatter, and 0 for exact costs.
    #[must_use]
    pub fn usual_limit_percent(self) -> f64 {
        self.limit().usual_percent
    }

    fn limit(self) -> Limit {
        // Every cost has a limit.
        self.0.limit.unwrap_or(Limit { key: self.0.id, usual_percent: 0.0 })
    }
}

impl Deref for Cost {
    type Target = Metric;

    fn deref(&self) -> &Metric {
        &self.0
    }
}

impl Serialize for Cost {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Cost {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Cow::<str>::deserialize(deserializer)?;
        let unknown = || {
            let known: Vec<_> = Self::all().map(|cost| format!("`{}`", cost.name())).collect();
            D::Error::custom(format_args!("unknown variant `{name}`, expected one of {}", known.join(", ")))
        };
        Self::all().find(|cost| cost.name() == name).ok_or_else(unknown)
    }
}

impl JsonSchema for Cost {
    fn schema_name() -> Cow<'static, str> {
        "Cost".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let about = "A cost that is compared between revisions: less is better.";
        one_of(about, Self::all().map(|cost| (cost.name(), cost.about)))
    }
}
