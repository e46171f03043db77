//! A profile as a person reads it: Rust names without their mangling, and scripts without the address of a passing server.

use rustc_demangle::try_demangle;

use crate::sampling::cpuprofile::CpuProfile;

/// Stands for whatever address a page was served at; the same in every profile, so that they can be put together.
const ORIGIN: &str = "http://crossover.localhost";

/// Makes names and addresses readable.
pub fn readable(profile: &mut CpuProfile) {
    for node in &mut profile.nodes {
        let frame = &mut node.call_frame;
        frame.url = address(&frame.url);
        frame.function_name = name(&frame.function_name);
    }
}

/// A name without mangling, and without the hash that it ends in.
fn name(name: &str) -> String {
    let plain = name.strip_suffix(" [clone]").unwrap_or(name);
    try_demangle(plain).map_or_else(|_| name.to_owned(), |name| format!("{name:#}"))
}

fn address(url: &str) -> String {
    let Some((host, path)) = url.strip_prefix("http://").and_then(|rest| rest.split_once('/')) else {
        return url.to_owned();
    };
    match host.split(':').next() {
        Some(host) if host.ends_with(".localhost") => format!("{ORIGIN}/{path}"),
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampling::cpuprofile::{CallFrame, ProfileNode};

    #[test]
    fn names_are_demangled_and_addresses_are_of_no_port() {
        let frame = |name: &str, url: &str| CallFrame {
            function_name: name.to_owned(),
            url: url.to_owned(),
            ..CallFrame::default()
        };
        let node = |call_frame| ProfileNode { call_frame, ..ProfileNode::default() };
        let mut profile = CpuProfile {
            nodes: vec![
                node(frame(
                    "_ZN6blake36hazmat4hash17h0123456789abcdefE",
                    "http://p3.localhost:4100/artifact/0/1/a.wasm",
                )),
                node(frame("_RNvCsgStHSCytQ6I_6blake34hash", "")),
                node(frame("passArray8ToWasm0", "https://other.test/x.js")),
            ],
            ..CpuProfile::default()
        };
        readable(&mut profile);
        let frames: Vec<_> = profile.nodes.iter().map(|node| &node.call_frame).collect();
        assert_eq!(frames[0].function_name, "blake3::hazmat::hash");
        assert_eq!(frames[0].url, "http://crossover.localhost/artifact/0/1/a.wasm");
        assert_eq!(frames[1].function_name, "blake3::hash");
        assert_eq!((&*frames[2].function_name, &*frames[2].url), ("passArray8ToWasm0", "https://other.test/x.js"));
    }
}
