//! Slows a page of Chromium down as an emulation asks, by commands of the browser's debugging protocol.

use crossover_reports::run::Network;
use serde_json::json;

use super::Command;

/// Puts a network between the page and its server.
pub fn network(network: &Network) -> [Command; 2] {
    let bytes_per_s = network.megabits_per_s * 1e6 / 8.0;
    let conditions = json!({
        "offline": false,
        "latency": network.latency_ms,
        "downloadThroughput": bytes_per_s,
        "uploadThroughput": bytes_per_s,
    });
    [("Network.enable", json!({})), ("Network.emulateNetworkConditions", conditions)]
}

/// Makes the page's first thread so many times slower; 1 leaves it as it is.
pub fn cpu(times: f64) -> Command {
    ("Emulation.setCPUThrottlingRate", json!({ "rate": times }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_sent_in_bytes_per_second() {
        let slow = Network { name: "8".to_owned(), megabits_per_s: 8.0, latency_ms: 20.0 };
        let [_, (_, conditions)] = network(&slow);
        assert_eq!((&conditions["downloadThroughput"], &conditions["latency"]), (&json!(1e6), &json!(20.0)));
        assert_eq!(cpu(4.0).1, json!({ "rate": 4.0 }));
    }
}
