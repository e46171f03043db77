//! Versions of Firefox' two formats, made from the fixtures as the versions differ.

use serde_json::{Value, json};

use super::{field, fixture, found, json as parsed, refused, skipped, tells_the_same};

#[test]
fn processed_profiles_are_read_from_the_first_version_on() {
    let older = parsed(&fixture("firefox-older.json"));
    let strings = older["threads"][0]["stringArray"].as_array().unwrap().clone();
    let funcs = |profile: &mut Value, f: &dyn Fn(&mut Value)| f(&mut profile["threads"][0]["funcTable"]);

    // Up to version 52, stacks had categories, and frames need not have them.
    let mut stacks = older.clone();
    let category = stacks["threads"][0]["frameTable"]["category"].take();
    stacks["threads"][0]["frameTable"].as_object_mut().unwrap().remove("category");
    stacks["threads"][0]["stackTable"]["category"] = category;
    tells_the_same("categories of stacks", &found(&stacks));

    // Up to version 16 nothing says what is relevant for JavaScript; up to 17 the line was a part of the file's name.
    let mut columns = older.clone();
    columns["meta"]["preprocessedProfileVersion"] = json!(16);
    let places = strings
        .iter()
        .cloned()
        .chain([10, 20, 30, 40].map(|line| json!(format!("https://page.test/src/app.js:{line}"))));
    columns["threads"][0]["stringArray"] = places.collect();
    funcs(&mut columns, &|funcs| {
        funcs["fileName"] = json!([11, 9, 10, null, null, 12, null, null]);
        funcs["lineNumber"] = funcs["columnNumber"].clone();
        funcs.as_object_mut().unwrap().retain(|name, _| name != "relevantForJS" && name != "columnNumber");
    });
    tells_the_same("version 16", &found(&columns));

    // Up to version 11, categories were bits; up to 3, all was in the name; and the first version did not say its number.
    let mut first = columns;
    first["meta"] = json!({ "interval": 1, "version": 3 });
    first["threads"][0]["frameTable"]["category"] = json!([64, 64, 64, null, 32, 64, 16, 128]);
    let named = |name: &str, place: &str| json!(format!("{name} (https://page.test/src/app.js:{place})"));
    first["threads"][0]["stringArray"] = json!([
        named("click", "30:16"),
        named("hot", "10:13"),
        named("measure", "20:17"),
        "get HTMLElement.offsetHeight",
        "Reflow",
        named("tiny", "40:14"),
        "poll",
        "Collect"
    ]);
    funcs(&mut first, &|funcs| {
        funcs.as_object_mut().unwrap().retain(|name, _| name != "fileName" && name != "lineNumber")
    });
    // Nothing says that it waits between the calls of `tiny`, which is then worth a look, too.
    let findings = found(&first);
    let hot = &findings.worth[0];
    assert_eq!((hot.name.as_str(), hot.line, hot.column), ("hot", Some(10), Some(13)));
    assert_eq!((hot.self_us.round(), hot.total_us.round()), (60e3, 62e3), "garbage is collected below it");
    assert!(skipped(&findings, "measure").reason.contains("96.8 % of its time is DOM, layout or timers"));
}

#[test]
fn a_place_in_a_bundle_is_told_as_source_maps_say() {
    let mut profile = parsed(&field("firefox-v70.json"));
    profile["shared"]["stringArray"].as_array_mut().unwrap().push(json!("webpack://shop/./src/hot.ts"));
    profile["shared"]["sources"]["filename"] = json!([8, 9]);
    profile["shared"]["sourceLocationTable"] = json!({ "source": [1], "line": [3], "column": [7], "length": 1 });
    profile["shared"]["funcTable"]["originalLocation"] = json!([null, 0, null, null, null, null, null, null]);
    let hot = &found(&profile).worth[0];
    assert_eq!((hot.url.as_str(), hot.line, hot.column), ("webpack://shop/./src/hot.ts", Some(3), Some(7)));
}

#[test]
fn a_version_that_is_not_known_is_said_to_be_that_whatever_the_tables_hold() {
    let mut profile = parsed(&field("firefox-v70.json"));
    profile["meta"]["preprocessedProfileVersion"] = json!(71);
    profile["shared"]["stackTable"] = json!("changed");
    let message = refused(&profile);
    assert!(
        message.contains("version 71") && message.contains("up to 70") && message.contains("update crossover"),
        "{message}"
    );

    let mut gecko = parsed(&fixture("gecko.json"));
    gecko["processes"][0]["meta"]["version"] = json!(37);
    assert!(refused(&gecko).contains("version 37 of the Gecko profile format"), "{}", refused(&gecko));
    let old = json!({ "meta": { "version": 2, "misc": "rv:38.0" }, "threads": [] });
    assert!(refused(&old).contains("from Firefox 38, whose format 2 is too old"), "{}", refused(&old));
}

#[test]
fn offsets_that_lead_nowhere_are_refused() {
    let mut profile = parsed(&field("firefox-v66.json"));
    for (offsets, message) in [
        (json!([0, 1, 2, 1, 1, 0, 0, 9]), "`stackTable.prefixOffset`: row 7 points before the first row"),
        (json!([0, 1]), "`stackTable` has no caller in row 6"),
        (json!([0, -1]), "invalid value"),
    ] {
        profile["shared"]["stackTable"]["prefixOffset"] = offsets;
        assert!(refused(&profile).contains(message), "{}", refused(&profile));
    }
}

#[test]
fn firefoxs_own_profiles_are_read_from_version_3_on() {
    let gecko = parsed(&fixture("gecko.json"));
    let thread = &gecko["processes"][0]["threads"][0];

    // From version 32 on, a location ends with the number of its source.
    let mut newest = gecko.clone();
    newest["processes"][0]["meta"]["version"] = json!(36);
    for location in newest["processes"][0]["threads"][0]["stringTable"].as_array_mut().unwrap() {
        let text = location.as_str().unwrap().to_owned();
        *location = json!(if text.ends_with(')') { format!("{text}[0]") } else { text });
    }
    tells_the_same("version 36", &found(&newest));

    // Up to version 4, a process was text among the threads; up to 11, categories were bits.
    let mut old = thread.clone();
    let frames = &mut old["frameTable"];
    frames["schema"].as_object_mut().unwrap().remove("relevantForJS");
    for (frame, bit) in frames["data"].as_array_mut().unwrap().iter_mut().zip([64, 64, 64, 0, 32, 64, 16, 128]) {
        frame[6] = json!(bit);
    }
    let process = json!({ "meta": { "version": 3 }, "threads": [old] });
    let parent = json!({ "meta": { "version": 3 }, "threads": [process.to_string()] });
    let panel = json!({ "label": "", "duration": 9, "fileType": "Recorded Performance Data", "version": 2, "profile": process });
    for profile in [parent, panel, json!(process.to_string())] {
        let findings = found(&profile);
        let hot = &findings.worth[0];
        assert_eq!((hot.name.as_str(), hot.self_us.round(), hot.total_us.round()), ("hot", 60e3, 62e3));
        assert!(skipped(&findings, "get HTMLElement.offsetHeight").reason.contains("the browser's own"));
    }
}

#[test]
fn a_script_without_a_category_is_not_at_what_called_it() {
    let mut old = parsed(&fixture("firefox-older.json"));
    old["meta"].as_object_mut().unwrap().remove("categories");
    old["threads"][0]["frameTable"]["category"] = json!([512, null, null, null, 32, null, 16, 128]);
    let findings = found(&old);
    assert_eq!((findings.worth[0].name.as_str(), findings.worth[0].self_us), ("hot", 60e3), "{findings:?}");
}

#[test]
fn samples_of_native_code_alone_are_said_to_be_that() {
    let mut samply = parsed(&field("firefox-v70.json"));
    samply["shared"]["funcTable"]["isJS"] = json!([false, false, false, false, false, false, false, false]);
    let message = refused(&samply);
    assert!(message.contains("holds 30 samples, but none of JavaScript; help: record the page"), "{message}");
    let mut sizes = parsed(&field("firefox-v70.json"));
    sizes["threads"][0]["samples"]["weightType"] = json!("bytes");
    assert!(refused(&sizes).contains("this profile counts bytes, not time"));
}
