//! Verdicts in a real browser, on the four kinds of hotspots that users have: each is a project outside the repository.
use std::fs;
use std::sync::Mutex;

use crate::common::{Suite, crossover};
use serde_json::Value;

/// One measurement at a time: they would slow each other down.
static ALONE: Mutex<()> = Mutex::new(());

/// Seconds that a machine may stand still, as shared ones do now and then, before a contender is blamed for it.
const PATIENCE: &str = "120";

const MANIFEST: &str = "summary = \"A user's hotspot\"\ndomain = \"text\"\n\n\
    [contender.js]\nkind = \"js\"\nmodule = \"index.js\"\n\n[contender.wasm]\nkind = \"wasm\"\ncrate = \".\"\n";

/// The verdicts on `wasm`, by scenario, of a kernel with this JavaScript, this Rust and this input.
fn verdicts(name: &str, javascript: &str, rust: &str, input: &str, more: &str, scenario: &[&str]) -> Vec<Value> {
    let suite = Suite::new();
    suite.add_crate(name, rust);
    suite.write(&format!("kernels/{name}/index.js"), javascript);
    suite.write(
        &format!("kernels/{name}/kernel.toml"),
        &format!("{MANIFEST}{more}\n[[input]]\nname = \"input\"\n{input}\n"),
    );
    let arguments = ["run", name, "--preset", "quick", "--out", "out", "--json", "--call-timeout", PATIENCE];
    let alone = ALONE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let output = crossover(&[&arguments[..], scenario].concat(), suite.path());
    drop(alone);
    assert_eq!(output.code, 0, "{}\n{}", output.stdout, output.stderr);
    let report: Value = serde_json::from_str(&output.stdout).unwrap();
    report["verdicts"].as_array().unwrap().iter().filter(|verdict| verdict["candidate"] == "wasm").cloned().collect()
}

fn assert_all(verdicts: &[Value], advice: &str) {
    assert!(!verdicts.is_empty());
    for verdict in verdicts {
        assert_eq!(verdict["verdict"], advice, "{verdict:#}");
        assert!(!verdict["reasons"].as_array().unwrap().is_empty(), "{verdict:#}");
    }
}

#[test]
fn a_long_edit_distance_is_worth_a_port() {
    let javascript = "export function run(text) {\n  \
          const half = text.length >> 1, a = text.slice(0, half), b = text.slice(half);\n  \
          const row = new Uint32Array(b.length + 1), codes = new Uint16Array(b.length);\n  \
          for (let j = 0; j < b.length; j++) { row[j + 1] = j + 1; codes[j] = b.charCodeAt(j); }\n  \
          for (let i = 0; i < a.length; i++) {\n    \
            const code = a.charCodeAt(i);\n    \
            let diagonal = row[0], left = i + 1;\n    \
            row[0] = left;\n    \
            for (let j = 0; j < codes.length; j++) {\n      \
              const above = row[j + 1];\n      \
              left = Math.min(left + 1, above + 1, diagonal + (codes[j] === code ? 0 : 1));\n      \
              diagonal = above;\n      \
              row[j + 1] = left;\n    \
            }\n  \
          }\n  \
          return new Uint8Array(Uint32Array.of(row[b.length]).buffer);\n\
        }\n";
    let rust = "kernel_contract::contender!(job, str => Vec<u8>);\n\
        fn job(text: &str) -> Result<Vec<u8>, String> {\n    \
            let (a, b) = text.as_bytes().split_at(text.len() / 2);\n    \
            let mut row: Vec<u32> = (0..=b.len() as u32).collect();\n    \
            for (i, code) in a.iter().enumerate() {\n        \
                let (mut diagonal, mut left) = (row[0], i as u32 + 1);\n        \
                row[0] = left;\n        \
                for (above, other) in row[1..].iter_mut().zip(b) {\n            \
                    left = (left + 1).min(*above + 1).min(diagonal + u32::from(other != code));\n            \
                    diagonal = *above;\n            \
                    *above = left;\n        \
                }\n    \
            }\n    \
            Ok(row[b.len()].to_le_bytes().to_vec())\n\
        }\n";
    let input = "as = \"string\"\ngenerate = { text = { seed = 3, bytes = 2000, script = \"ascii\" } }";
    assert_all(&verdicts("edit-distance", javascript, rust, input, "", &["--calls", "100000"]), "port");
}

#[test]
fn a_tiny_function_on_a_short_string_stays() {
    let javascript = "export const run = (text) => text[0].toUpperCase() + text.slice(1);\n";
    let rust = "kernel_contract::contender!(job, str => String);\n\
        fn job(text: &str) -> Result<String, String> {\n    \
            let mut text = text.to_owned();\n    \
            text[..1].make_ascii_uppercase();\n    \
            Ok(text)\n\
        }\n";
    let input = "as = \"string\"\ngenerate = { text = { seed = 3, bytes = 20, script = \"ascii\" } }";
    assert_all(
        &verdicts("capitalise", javascript, rust, input, "", &["--calls", "200", "--hidden-startup"]),
        "keep-js",
    );
}

/// FNV-1a of 64 bits: JavaScript has to multiply in parts, and Wasm has crossed for longer than it computes.
#[test]
fn short_work_that_crosses_each_time_is_to_be_batched_first() {
    let javascript = "const PRIME = [0x01b3, 0x0000, 0x0100, 0x0000];\n\
        export function run(bytes) {\n  \
          let a = 0x2325, b = 0x8422, c = 0x9ce4, d = 0xcbf2;\n  \
          for (let i = 0; i < bytes.length; i++) {\n    \
            a ^= bytes[i];\n    \
            let x = a * PRIME[0];\n    \
            let y = b * PRIME[0] + (x >>> 16);\n    \
            let z = c * PRIME[0] + a * PRIME[2] + (y >>> 16);\n    \
            const w = d * PRIME[0] + b * PRIME[2] + (z >>> 16);\n    \
            a = x & 0xffff; b = y & 0xffff; c = z & 0xffff; d = w & 0xffff;\n  \
          }\n  \
          const hash = new Uint8Array(8);\n  \
          hash[0] = a; hash[1] = a >> 8; hash[2] = b; hash[3] = b >> 8;\n  \
          hash[4] = c; hash[5] = c >> 8; hash[6] = d; hash[7] = d >> 8;\n  \
          return hash;\n\
        }\n";
    let rust = "kernel_contract::contender!(job, [u8] => Vec<u8>);\n\
        fn job(bytes: &[u8]) -> Result<Vec<u8>, String> {\n    \
            let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| {\n        \
                (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)\n    \
            });\n    \
            Ok(hash.to_le_bytes().to_vec())\n\
        }\n";
    let input = "as = \"bytes\"\ngenerate = { random = { seed = 3, bytes = 16 } }";
    let found = verdicts("fnv-64", javascript, rust, input, "", &["--calls", "100000000"]);
    assert_all(&found, "batch-first");
}

#[test]
fn the_browsers_own_digest_wins() {
    let javascript = "const K = [], H = [];\n\
        for (let n = 2; K.length < 64; n++) {\n  \
          let prime = true;\n  \
          for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;\n  \
          if (!prime) continue;\n  \
          const bits = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;\n  \
          if (H.length < 8) H.push(bits(Math.sqrt(n)));\n  \
          K.push(bits(Math.cbrt(n)));\n\
        }\n\
        const constants = Int32Array.from(K), w = new Int32Array(64);\n\
        export function run(bytes) {\n  \
          const length = ((bytes.length + 9 + 63) >> 6) << 6, padded = new Uint8Array(length);\n  \
          padded.set(bytes);\n  \
          padded[bytes.length] = 0x80;\n  \
          const view = new DataView(padded.buffer), hash = Int32Array.from(H);\n  \
          view.setUint32(length - 8, Math.floor(bytes.length / 2 ** 29));\n  \
          view.setUint32(length - 4, bytes.length << 3);\n  \
          for (let at = 0; at < length; at += 64) {\n    \
            for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);\n    \
            for (let i = 16; i < 64; i++) {\n      \
              const x = w[i - 15], y = w[i - 2];\n      \
              const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);\n      \
              const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);\n      \
              w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;\n    \
            }\n    \
            let [a, b, c, d, e, f, g, h] = hash;\n    \
            for (let i = 0; i < 64; i++) {\n      \
              const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));\n      \
              const t1 = (h + s1 + ((e & f) ^ (~e & g)) + constants[i] + w[i]) | 0;\n      \
              const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));\n      \
              const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;\n      \
              h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;\n    \
            }\n    \
            hash[0] += a; hash[1] += b; hash[2] += c; hash[3] += d;\n    \
            hash[4] += e; hash[5] += f; hash[6] += g; hash[7] += h;\n  \
          }\n  \
          const answer = new DataView(new ArrayBuffer(32));\n  \
          hash.forEach((word, i) => answer.setInt32(4 * i, word));\n  \
          return new Uint8Array(answer.buffer);\n\
        }\n";
    let rust = "kernel_contract::contender!(job, [u8] => Vec<u8>);\n\
        fn job(bytes: &[u8]) -> Result<Vec<u8>, String> {\n    \
            let primes: Vec<u32> = (2..312).filter(|n| (2..*n).all(|d| n % d != 0)).collect();\n    \
            let bits = |root: f64| (root.fract() * 4_294_967_296.0) as u32;\n    \
            let k: Vec<u32> = primes.iter().map(|n| bits(f64::from(*n).cbrt())).collect();\n    \
            let mut hash: Vec<u32> = primes[..8].iter().map(|n| bits(f64::from(*n).sqrt())).collect();\n    \
            let mut padded = bytes.to_vec();\n    \
            padded.push(0x80);\n    \
            padded.resize((bytes.len() + 9).next_multiple_of(64), 0);\n    \
            let length = padded.len();\n    \
            padded[length - 8..].copy_from_slice(&(bytes.len() as u64 * 8).to_be_bytes());\n    \
            for block in padded.chunks_exact(64) {\n        \
                let mut w = [0u32; 64];\n        \
                for (word, bytes) in w.iter_mut().zip(block.chunks_exact(4)) {\n            \
                    *word = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);\n        \
                }\n        \
                for i in 16..64 {\n            \
                    let (x, y) = (w[i - 15], w[i - 2]);\n            \
                    let s0 = x.rotate_right(7) ^ x.rotate_right(18) ^ (x >> 3);\n            \
                    let s1 = y.rotate_right(17) ^ y.rotate_right(19) ^ (y >> 10);\n            \
                    w[i] = w[i - 16].wrapping_add(s0).wrapping_add(w[i - 7]).wrapping_add(s1);\n        \
                }\n        \
                let [mut a, mut b, mut c, mut d] = [hash[0], hash[1], hash[2], hash[3]];\n        \
                let [mut e, mut f, mut g, mut h] = [hash[4], hash[5], hash[6], hash[7]];\n        \
                for i in 0..64 {\n            \
                    let s1 = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);\n            \
                    let t1 = h.wrapping_add(s1).wrapping_add((e & f) ^ (!e & g)).wrapping_add(k[i]).wrapping_add(w[i]);\n            \
                    let s0 = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);\n            \
                    let t2 = s0.wrapping_add((a & b) ^ (a & c) ^ (b & c));\n            \
                    (h, g, f, e, d, c, b, a) = (g, f, e, d.wrapping_add(t1), c, b, a, t1.wrapping_add(t2));\n        \
                }\n        \
                for (sum, value) in hash.iter_mut().zip([a, b, c, d, e, f, g, h]) {\n            \
                    *sum = sum.wrapping_add(value);\n        \
                }\n    \
            }\n    \
            Ok(hash.iter().flat_map(|word| word.to_be_bytes()).collect())\n\
        }\n";
    let platform = "\n[contender.platform]\nkind = \"platform\"\nmodule = \"digest.js\"\n";
    let input = "as = \"bytes\"\ngenerate = { random = { seed = 3, bytes = 1048576 } }";
    let javascript = format!(
        "{javascript}export const digest = async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));\n"
    );
    let platform = platform.replace("digest.js\"", "index.js\"\nexport = \"digest\"");
    assert_all(&verdicts("sha-256", &javascript, rust, input, &platform, &["--calls", "1000"]), "use-platform");
}

/// The verdicts on the smaller stand-in for a port of this JavaScript, for so many calls.
fn without_wasm(javascript: &str, calls: &str) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("job.js"), javascript).unwrap();
    fs::write(folder.path().join("input.txt"), "the quick brown fox jumps over the lazy dog\n".repeat(50)).unwrap();
    let arguments = ["port", "--js", "job.js", "--input", "input.txt", "--calls", calls, "--out", "out", "--json"];
    let arguments = [&arguments[..], &["--call-timeout", PATIENCE]].concat();
    let alone = ALONE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let output = crossover(&arguments, folder.path());
    drop(alone);
    assert_eq!(output.code, 0, "{}\n{}", output.stdout, output.stderr);
    let report: Value = serde_json::from_str(&output.stdout).unwrap();
    report["verdicts"].as_array().unwrap().iter().filter(|one| one["candidate"] == "free-30kB").cloned().collect()
}

#[test]
fn before_any_rust_exists_the_most_that_a_port_could_save_is_known() {
    let heavy = "export default (text) => {\n  \
          let best = 0;\n  \
          for (let a = 0; a < text.length; a += 1) {\n    \
            let run = 0;\n    \
            for (let b = 0; b < text.length; b += 1) run = text.charCodeAt(a) === text.charCodeAt(b) ? run + 1 : run;\n    \
            best = Math.max(best, run);\n  \
          }\n  \
          return best;\n\
        };\n";
    assert_all(&without_wasm(heavy, "1000"), "worth-a-try");
    assert_all(&without_wasm("export default (text) => text.length;\n", "1000"), "not-worth-a-try");
}
