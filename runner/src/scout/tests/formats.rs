//! Chrome's, Node.js' and Safari's formats, old ones and left-over parts of them.

use serde_json::{Value, json};

use super::{field, fixture, found, json as parsed, read, refused, skipped, tells_the_same};
use crate::sampling::ScriptHost;
use crate::scout::{Findings, text};

/// A trace of the second that every fixture describes, without what the browser rendered.
fn events() -> Vec<Value> {
    parsed(&fixture("trace.json"))["traceEvents"].as_array().unwrap().clone()
}

#[test]
fn a_tree_of_nodes_within_each_other_is_read_as_a_list_is() {
    let list = parsed(&fixture("page.cpuprofile"));
    let tree = json!({
        "head": nested(&list, 1),
        "startTime": 1, "endTime": 2,
        "samples": list["samples"],
        "timestamps": times(&list),
    });
    tells_the_same("head", &found(&tree));
    let mut counts = tree.clone();
    counts.as_object_mut().unwrap().retain(|name, _| name != "samples" && name != "timestamps");
    assert!(found(&counts).worth.iter().any(|hot| hot.name == "hot" && hot.line == Some(10) && hot.visits.is_none()));
    let mut cut = tree;
    cut["timestamps"] = json!([1, 2]);
    assert!(
        refused(&cut).contains("fields `samples` and `timestamps` differ in length, 28 and 2"),
        "{}",
        refused(&cut)
    );
}

/// The node of that number, as files had it before Chrome 58.
fn nested(list: &Value, id: u64) -> Value {
    let node = list["nodes"].as_array().unwrap().iter().find(|node| node["id"] == id).unwrap();
    let frame = &node["callFrame"];
    let one = |number: &Value| number.as_i64().unwrap() + 1;
    let children = node["children"].as_array().map_or(&[][..], Vec::as_slice);
    json!({
        "id": id, "functionName": frame["functionName"], "url": frame["url"], "hitCount": node["hitCount"],
        "lineNumber": one(&frame["lineNumber"]), "columnNumber": one(&frame["columnNumber"]),
        "children": children.iter().map(|child| nested(list, child.as_u64().unwrap())).collect::<Value>(),
    })
}

fn times(list: &Value) -> Value {
    let mut now = list["startTime"].as_f64().unwrap();
    let time = |delta: &Value| {
        now += delta.as_f64().unwrap();
        json!(now)
    };
    list["timeDeltas"].as_array().unwrap().iter().map(time).collect()
}

#[test]
fn a_tree_may_be_deeper_than_json_is_nested() {
    let depth = 20_000;
    let mut text = String::from("{\"endTime\": 1, \"head\": ");
    for at in 0..depth {
        text.push_str(&format!("{{\"functionName\": \"f{at}\", \"url\": \"a.js\", \"hitCount\": 1, \"children\": ["));
    }
    text.push_str(&"]}".repeat(depth));
    text.push('}');
    let recording = super::read_text(&text).unwrap();
    assert_eq!(recording.functions.len(), depth);
}

#[test]
fn names_without_any_address_are_the_programs_own() {
    let node = |id: u64, name: &str, children: Value| json!({ "id": id, "callFrame": { "functionName": name }, "hitCount": 30, "children": children });
    let nodes = [node(1, "(root)", json!([2])), node(2, "parse", json!([3])), node(3, "d", json!([]))];
    let findings = found(&json!({ "nodes": nodes, "startTime": 0, "endTime": 900_000 }));
    assert_eq!(findings.worth[0].name, "parse", "{findings:?}");
}

#[test]
fn nodes_own_modules_are_no_candidates_and_called_what_they_are() {
    let mut profile = parsed(&field("node10.cpuprofile"));
    let findings = Findings::new(&read(&field("node10.cpuprofile")).unwrap(), 10);
    assert!(findings.worth.is_empty() && findings.host == ScriptHost::Node, "{findings:?}");
    for name in ["Module._load", "hexSlice"] {
        assert_eq!(skipped(&findings, name).reason, "belongs to an extension, the browser or Node.js", "{name}");
    }
    let frame = &mut profile["nodes"][2]["callFrame"];
    (frame["functionName"], frame["url"]) = (json!("compileFunction"), json!(""));
    let findings = found(&profile);
    let why = &skipped(&findings, "compileFunction").reason;
    assert_eq!(why, "is Node.js' own native code: files, network, modules or timers");
    profile["nodes"][1]["callFrame"]["url"] = json!("/home/a/app.js");
    profile["nodes"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "id": 4, "callFrame": { "functionName": "g", "url": "node:fs" } }));
    let findings = found(&profile);
    let why = &skipped(&findings, "Module._load").reason;
    assert!(why.starts_with("calls Node.js: 60.0 % of its time"), "{why}");
    assert!(!text(&findings).contains("hides layout"), "Node.js has none");
}

#[test]
fn events_that_are_no_samples_may_hold_anything() {
    let findings = Findings::new(&read(&field("null-ts.json")).unwrap(), 10);
    assert_eq!((findings.worth[0].name.as_str(), findings.worth[0].self_us), ("hot", 50e3));
    let mut events = events();
    for event in &mut events {
        for number in ["ts", "pid", "tid", "dur"] {
            if let Some(shown) = event.get(number).cloned() {
                event[number] = json!(shown.to_string());
            }
        }
    }
    events.extend([
        json!(null),
        json!("text"),
        json!({ "name": 3, "ph": [], "ts": {}, "pid": "x" }),
        json!({ "name": "Profile", "cat": "blink.user_timing", "ts": 1, "args": { "data": "a page's own" } }),
        json!({ "name": "Layout", "ph": "X", "ts": "soon", "dur": -1 }),
    ]);
    tells_the_same("numbers as text", &found(&json!(events)));
}

#[test]
fn chunks_of_an_earlier_recording_and_unknown_nodes_are_left_out_and_counted() {
    let findings = Findings::new(&read(&field("orphan-chunk.json")).unwrap(), 10);
    assert_eq!((findings.worth[0].name.as_str(), findings.worth[0].self_us), ("hot", 50e3));
    assert_eq!((findings.left_out, findings.samples), (2, 51));
    let shown = text(&findings);
    assert!(shown.contains("2 more samples are left out: the file lacks the beginning of their profile"), "{shown}");

    // Of a long trace, the first nodes may be gone. Time of an unknown node belongs to no function.
    let node = |id: u64, parent: u64, name: &str| json!({ "id": id, "parent": parent, "callFrame": { "functionName": name, "url": "a.js" } });
    let mut events = parsed(&field("orphan-chunk.json"));
    let data = &mut events[3]["args"]["data"];
    data["cpuProfile"]["nodes"].as_array_mut().unwrap().extend([node(5, 9, "lost"), node(6, 5, "below")]);
    for (at, id) in [(10, 5), (11, 6), (12, 77)] {
        data["cpuProfile"]["samples"][at] = json!(id);
    }
    let findings = found(&events);
    assert_eq!((findings.left_out, findings.samples, findings.worth[0].self_us), (5, 48, 47e3));

    let orphans = json!([events[0]]);
    assert!(refused(&orphans).contains("without the `Profile` event that begins them"), "{}", refused(&orphans));
}

#[test]
fn a_profile_in_one_event_is_read_as_chunks_are() {
    let profile = parsed(&fixture("page.cpuprofile"));
    let event = json!({
        "name": "CpuProfile", "cat": "disabled-by-default-devtools.timeline", "ph": "I", "pid": 9, "tid": 21, "ts": 5,
        "args": { "data": { "cpuProfile": profile } },
    });
    tells_the_same("Chrome 65", &found(&json!([event])));
}

#[test]
fn a_trace_says_which_threads_were_not_sampled_and_what_to_switch_on() {
    let main = json!({ "name": "thread_name", "pid": 7, "tid": 3, "args": { "name": "CrRendererMain" } });
    let script =
        |ts: u64, us: u64| json!({ "name": "FunctionCall", "ph": "X", "pid": 7, "tid": 3, "ts": ts, "dur": us });
    let unsampled = [main, script(0, 300_000), script(100, 20_000), script(400_000, 50_000)];
    let message = refused(&json!(unsampled));
    assert!(message.contains("add `disabled-by-default-v8.cpu_profiler`"), "{message}");

    let mut worker = events();
    worker[0]["args"]["name"] = json!("DedicatedWorker thread");
    assert!(found(&json!(worker)).notes.is_empty());
    worker.extend(unsampled);
    let findings = found(&json!(worker));
    assert_eq!(findings.notes, ["Scripts ran for 350 ms in the thread main of process 7, and no sample is of it."]);
    assert!(text(&findings).contains("Scripts ran for 350 ms"));

    let hermes = json!({ "traceEvents": [], "samples": [], "stackFrames": {} });
    assert!(refused(&hermes).contains("samples of another engine than V8"), "{}", refused(&hermes));
}

#[test]
fn a_profile_without_scripts_says_so() {
    let idle = json!({ "id": 1, "callFrame": { "functionName": "(idle)" }, "hitCount": 9 });
    let findings = found(&json!({ "nodes": [idle], "startTime": 0, "endTime": 9000 }));
    assert!(
        text(&findings).contains("None of these samples is of JavaScript; use the page while it records."),
        "{}",
        text(&findings)
    );
}

#[test]
fn safaris_stacks_are_read_and_what_is_between_them_is_waiting() {
    let frame = |name: &str, line: u32| json!({ "sourceID": "8", "name": name, "line": line, "column": 15, "url": "https://page.test/app.js" });
    let stack = |names: &[&str]| names.iter().rev().map(|name| frame(name, 10)).collect::<Value>();
    let sample = |ms: f64, names: &[&str]| json!({ "timestamp": 1.0 + ms / 1e3, "stackFrames": stack(names) });
    let mut samples: Vec<_> = (0..20).map(|ms| sample(f64::from(ms), &["(program)", "main", "hot"])).collect();
    samples.extend((120..150).map(|ms| sample(f64::from(ms), &["(program)", "main", "hot"])));
    let durations = vec![0.001; samples.len()];
    let recording = json!({ "instrumentTypes": [], "sampleStackTraces": samples, "sampleDurations": durations });
    let findings = found(&json!({ "version": 1, "recording": recording, "overview": {} }));
    let hot = &findings.worth[0];
    assert_eq!((hot.name.as_str(), hot.line, hot.column, hot.visits), ("hot", Some(10), Some(15), Some(2)));
    assert_eq!((hot.self_us.round(), findings.busy_us.round()), (50e3, 50e3), "{findings:?}");
    assert!(!findings.layout_known);
    let empty = json!({ "version": 1, "recording": { "instrumentTypes": [], "sampleStackTraces": [] } });
    assert!(refused(&empty).contains("Safari's timeline recording holds no samples"), "{}", refused(&empty));
}
