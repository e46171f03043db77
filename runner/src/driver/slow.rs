//! Making a page of Chromium as slow as an emulation has it, by commands of the browser's debugging protocol.

use crossover_reports::run::{Emulation, Network};
use serde_json::{Value, json};

/// The commands, in order, with their parameters.
pub fn commands(emulation: &Emulation) -> Vec<(&'static str, Value)> {
    let mut commands = Vec::new();
    if let Some(Network { megabits_per_s, latency_ms, .. }) = &emulation.network {
        let bytes_per_s = megabits_per_s * 1e6 / 8.0;
        commands.push(("Network.enable", json!({})));
        commands.push((
            "Network.emulateNetworkConditions",
            json!({
                "offline": false,
                "latency": latency_ms,
                "downloadThroughput": bytes_per_s,
                "uploadThroughput": bytes_per_s,
            }),
        ));
    }
    if let Some(times) = emulation.cpu_throttle {
        commands.push(("Emulation.setCPUThrottlingRate", json!({ "rate": times })));
    }
    commands
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_emulated_is_commanded() {
        assert_eq!(commands(&Emulation::default()), []);
        let network = Network { name: "8".to_owned(), megabits_per_s: 8.0, latency_ms: 20.0 };
        let both = commands(&Emulation { network: Some(network), cpu_throttle: Some(4.0) });
        assert_eq!(both[1].1["downloadThroughput"], 1e6);
        assert_eq!(both[2], ("Emulation.setCPUThrottlingRate", json!({ "rate": 4.0 })));
    }
}
