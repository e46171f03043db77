//! The published JSON Schemas match the types. `BLESS=1` writes them anew.

use crossover_reports::calibration::Calibration;
use crossover_reports::gate::Gate;
use crossover_reports::history::Trend;
use crossover_reports::profile::Profile;
use crossover_reports::report::Report;
use crossover_reports::run::{Header, Row};
use schemars::{JsonSchema, schema_for};

use crate::golden::check;

/// One line of a results file: the first is a header, all others are blocks.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code)]
enum RunLine {
    Header(Box<Header>),
    Row(Box<Row>),
}

#[test]
fn the_committed_schemas_are_current() {
    for (name, schema) in [
        ("run", schema_for!(RunLine)),
        ("report", schema_for!(Report)),
        ("calibration", schema_for!(Calibration)),
        ("compare", schema_for!(Gate)),
        ("trend", schema_for!(Trend)),
        ("profile", schema_for!(Profile)),
    ] {
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        check(&format!("schema/{name}.schema.json"), &text);
    }
}
