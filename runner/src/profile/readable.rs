//! Makes a profile readable: Rust names without mangling, and scripts without the address of the temporary server.

use std::collections::HashMap;

use rustc_demangle::try_demangle;

use crate::sampling::cpuprofile::CpuProfile;

/// Replaces the address that a page was served at. It is the same in every profile, so that they can be joined.
const ORIGIN: &str = "http://crossover.localhost";

/// Makes names and addresses readable. `functions` are the names of the Wasm's functions by their numbers, which an engine
/// does not know yet when it compiles while the module comes in.
pub fn readable(profile: &mut CpuProfile, functions: &HashMap<u32, String>) {
    for node in &mut profile.nodes {
        let frame = &mut node.call_frame;
        frame.url = address(&frame.url);
        let number = frame.function_name.strip_prefix("wasm-function[").and_then(|rest| rest.strip_suffix(']'));
        let known = number.and_then(|number| functions.get(&number.parse().ok()?));
        frame.function_name = name(known.unwrap_or(&frame.function_name));
    }
}

/// A name without mangling, and without the hashes that distinguish versions of a crate.
fn name(name: &str) -> String {
    let name = try_demangle(name).map_or_else(|_| name.to_owned(), |name| format!("{name:#}"));
    without_hashes(&name)
}

/// Linkers demangle, too, and leave hashes: `hash::h0123456789abcdef` and `__rustc[0123456789abcdef]::alloc`.
fn without_hashes(name: &str) -> String {
    let is_hash = |text: &str| text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let name = name.rsplit_once("::h").filter(|(_, hash)| is_hash(hash)).map_or(name, |(name, _)| name);
    let mut kept = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('[') {
        kept.push_str(before);
        match after.split_once(']').filter(|(hash, _)| is_hash(hash)) {
            Some((_, behind)) => rest = behind,
            None => {
                kept.push('[');
                rest = after;
            }
        }
    }
    kept + rest
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
                node(frame("blake3::wasm32_simd::hash4::hb2d745f7f6f70cc0", "")),
                node(frame("wasm-function[7]", "")),
                node(frame("wasm-function[8]", "")),
                node(frame("__rustc[b7974e8690430dd9]::__rdl_alloc", "")),
                node(frame("<[u8] as core::fmt::Debug>::fmt::hint", "")),
            ],
            ..CpuProfile::default()
        };
        readable(&mut profile, &HashMap::from([(7, "_ZN6blake34hash17h0123456789abcdefE".to_owned())]));
        let frames: Vec<_> = profile.nodes.iter().map(|node| &node.call_frame).collect();
        assert_eq!(frames[0].function_name, "blake3::hazmat::hash");
        assert_eq!(frames[0].url, "http://crossover.localhost/artifact/0/1/a.wasm");
        assert_eq!(frames[1].function_name, "blake3::hash");
        assert_eq!(frames[3].function_name, "blake3::wasm32_simd::hash4");
        assert_eq!((&*frames[4].function_name, &*frames[5].function_name), ("blake3::hash", "wasm-function[8]"));
        assert_eq!(frames[6].function_name, "__rustc::__rdl_alloc");
        assert_eq!(frames[7].function_name, "<[u8] as core::fmt::Debug>::fmt::hint");
        assert_eq!((&*frames[2].function_name, &*frames[2].url), ("passArray8ToWasm0", "https://other.test/x.js"));
    }
}
