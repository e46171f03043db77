//! A metric by its name: equal, ordered, hashed, written and read by its id.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Metric, MetricRow};

impl Deref for Metric {
    type Target = MetricRow;

    fn deref(&self) -> &MetricRow {
        self.0
    }
}

impl fmt::Debug for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl PartialEq for Metric {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Metric {}

impl Hash for Metric {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl Ord for Metric {
    fn cmp(&self, other: &Self) -> Ordering {
        let place = |metric: &Self| Self::ALL.iter().position(|one| one == metric);
        place(self).cmp(&place(other))
    }
}

impl PartialOrd for Metric {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Serialize for Metric {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id)
    }
}

impl<'de> Deserialize<'de> for Metric {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Cow::<str>::deserialize(deserializer)?;
        let found = Self::ALL.iter().find(|metric| metric.id == name);
        found.copied().ok_or_else(|| D::Error::custom(format_args!("unknown metric `{name}`")))
    }
}

impl JsonSchema for Metric {
    fn schema_name() -> Cow<'static, str> {
        "Metric".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        one_of("What is measured.", Self::ALL.iter().map(|metric| (metric.id, metric.about)))
    }
}

/// The schema of a name that is one of several, each with its description.
pub(crate) fn one_of<'a>(about: &str, names: impl Iterator<Item = (&'a str, &'a str)>) -> Schema {
    let names: Vec<_> =
        names.map(|(name, about)| json_schema!({ "description": about, "type": "string", "const": name })).collect();
    json_schema!({ "description": about, "oneOf": names })
}
