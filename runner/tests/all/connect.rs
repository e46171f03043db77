//! Measuring in browsers that another program has started: a Playwright server, and a Selenium Grid as far as Playwright
//! knows it. Both are on the loopback interface, and speak as they would from another machine.
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use crate::common::{Suite, chromium, crossover, node, root, rows_that_count};
use serde_json::{Value, json};

/// A process that ends with the test.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Playwright's own command line, and the address that it prints.
fn playwright(arguments: &[&str]) -> (Ended, String) {
    let mut command = Command::new(node());
    command.arg(root().join("runner/tools/node_modules/playwright-core/cli.js")).args(arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let server = Ended(child);
    let address = lines.map_while(Result::ok).find_map(|line| Some(format!("ws://{}", line.split_once("ws://")?.1)));
    (server, address.expect("the server prints its address"))
}

fn server(arguments: &[&str]) -> (Ended, String) {
    playwright(&[&["run-server", "--host", "127.0.0.1", "--port", "0"], arguments].concat())
}

#[test]
fn a_playwright_server_gives_every_block_a_browser_and_its_secrets_are_not_shown() {
    let suite = Suite::new();
    let (_server, address) = server(&["--unsafe"]);
    let secret = address.replace("ws://", "ws://me:s3cret@") + "?token=s3cret";
    let chromium = chromium();
    let arguments = ["run", "sum", "--preset", "quick", "--out", "out", "--connect", &secret, "--browser-path"];
    let output = crossover(&[&arguments[..], &[chromium.to_str().unwrap()]].concat(), suite.path());
    assert_eq!(output.code, 0, "{}", output.stderr);

    let rows = rows_that_count(&suite.path().join("out/run.jsonl"));
    assert_eq!(rows.len(), 1 + 6 * 2);
    let browser = &rows[0]["strata"][0];
    let expected = address.trim_end_matches('/');
    assert_eq!(browser["through"], json!({ "address": expected, "tunnel": true }));
    assert_eq!(browser["machine"]["cpu"], format!("unknown, behind {expected}"));
    assert_eq!(browser["machine"]["memory_bytes"], Value::Null);
    assert!(browser["machine"]["cores"].as_u64().unwrap() > 0);
    assert!(
        browser["runtime"]["flags"].as_array().unwrap().iter().any(|flag| flag == "--site-per-process"),
        "{browser}"
    );
    for row in &rows[1..] {
        assert!(row["samples"].is_object(), "{row}");
        assert_eq!(row["samples"]["waited"], json!([]), "what pages elsewhere wait for is not known");
        let mut conditions = row["conditions"].as_object().unwrap().clone();
        assert_eq!(conditions.remove("runtime_version").as_ref(), Some(&browser["runtime"]["version"]));
        assert!(conditions.values().all(Value::is_null), "the load of this machine is not that of the other");
    }
    let page = fs::read_to_string(suite.path().join("out/report.html")).unwrap();
    assert!(page.contains("Its files came through a tunnel"));
    let run = fs::read_to_string(suite.path().join("out/run.jsonl")).unwrap();
    for text in [&page, &run, &output.stdout, &output.stderr] {
        assert!(!text.contains("s3cret"));
    }
}

#[test]
fn a_missing_or_wrong_server_is_reported_with_a_fix() {
    let suite = Suite::new();
    let connect = |address: &str, more: &[&str]| {
        let output = crossover(&[&["verify", "sum", "-q", "--connect", address], more].concat(), suite.path());
        assert!(!output.stderr.contains("s3cret"), "{}", output.stderr);
        (output.code, output.stderr)
    };
    let (code, message) = connect("s3cret", &[]);
    assert_eq!(code, 2);
    assert!(message.contains("--connect: write ws://HOST:PORT/"), "{message}");

    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (code, message) = connect(&format!("ws://me:s3cret@{free}/s3cret"), &[]);
    assert_eq!(code, 3);
    assert!(message.contains(&format!("ws://{free} cannot be reached")), "{message}");
    assert!(message.contains("run-server --host 127.0.0.1 --port 9323 --unsafe"), "{message}");

    let (code, message) = connect(&format!("http://me:s3cret@{free}/s3cret"), &[]);
    assert_eq!(code, 3);
    assert!(message.contains(&format!("http://{free} started no browser")), "{message}");
    let (code, message) = connect(&format!("http://{free}"), &["--browser-path", "chromium"]);
    assert_eq!(code, 2);
    assert!(message.contains("--browser-path: a Selenium Grid starts the browsers of its nodes"), "{message}");

    let (_server, address) = server(&[]);
    let (code, message) = connect(&format!("{address}elsewhere"), &[]);
    assert_eq!(code, 3);
    assert!(message.contains("answered HTTP 400 instead of a connection"), "{message}");
    let (code, message) = connect(&address, &["--browser-path", "/no/such/browser"]);
    assert_eq!(code, 3);
    assert!(message.contains("--unsafe"), "{message}");

    let refusal = "║   - server version: v1.2                      ║";
    let refuse = |_: &str, _: &str| ("428 Precondition Required", refusal.to_owned());
    let (code, message) = connect(&format!("ws://{}", serve(refuse)), &[]);
    assert_eq!(code, 3);
    assert!(message.contains("is of another version of Playwright (1.2), and"), "{message}");
}

#[test]
fn a_server_that_shares_one_browser_is_refused() {
    let suite = Suite::new();
    let options = json!({ "host": "127.0.0.1", "executablePath": chromium(), "args": ["--no-sandbox"] });
    suite.write("options.json", &options.to_string());
    let options = suite.path().join("options.json");
    let (_server, address) =
        playwright(&["launch-server", "--browser", "chromium", "--config", options.to_str().unwrap()]);
    let output = crossover(&["verify", "sum", "--connect", &address], suite.path());
    assert_eq!(output.code, 3);
    assert!(output.stderr.contains("gives the same browser again and again"), "{}", output.stderr);
}

#[test]
fn a_selenium_grid_gives_every_block_a_session() {
    let suite = Suite::new();
    let (hub, node) = grid();
    let output = crossover(
        &["run", "sum", "--preset", "quick", "--out", "out", "--connect", &format!("http://{hub}")],
        suite.path(),
    );
    assert_eq!(output.code, 0, "{}", output.stderr);
    let rows = rows_that_count(&suite.path().join("out/run.jsonl"));
    assert_eq!(rows.len(), 1 + 6 * 2);
    let browser = &rows[0]["strata"][0];
    assert_eq!(browser["through"], json!({ "address": format!("http://{hub}"), "tunnel": false }));
    assert!(
        browser["runtime"]["flags"].as_array().unwrap().iter().any(|flag| flag == "--site-per-process"),
        "{browser}"
    );
    let node = node.lock().unwrap();
    // Beside the six blocks: two to see that they are fresh, one that describes itself, one to check answers.
    assert!(node.begun >= 9, "{} sessions", node.begun);
    assert!(node.running.is_empty(), "sessions were left behind");
}

/// A Selenium node: its browsers, by session.
#[derive(Default)]
struct Node {
    begun: usize,
    running: Vec<(String, Ended, tempfile::TempDir)>,
}

/// A Selenium hub with one node, as far as Playwright asks: a session is a browser with a debugging port.
fn grid() -> (String, Arc<Mutex<Node>>) {
    let (node, chromium) = (Arc::new(Mutex::new(Node::default())), chromium());
    let of_hub = node.clone();
    let hub = serve(move |request: &str, body: &str| {
        let mut node = of_hub.lock().unwrap();
        if let Some(session) = request.strip_prefix("DELETE /session/") {
            node.running.retain(|(running, ..)| running != session);
            return ("200 OK", json!({ "value": null }).to_string());
        }
        assert_eq!(request, "POST /session");
        let wanted: Value = serde_json::from_str(body).unwrap();
        let flags = &wanted["capabilities"]["alwaysMatch"]["goog:chromeOptions"]["args"];
        let profile = tempfile::tempdir().unwrap();
        let mut command = Command::new(&chromium);
        command.args(flags.as_array().unwrap().iter().map(|flag| flag.as_str().unwrap()));
        command.arg(format!("--user-data-dir={}", profile.path().display()));
        let mut browser = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(browser.stderr.take().unwrap()).lines().map_while(Result::ok);
        let address = lines.find_map(|line| Some(line.strip_prefix("DevTools listening on ")?.to_owned())).unwrap();
        // A browser whose output is not read stops in the end.
        std::thread::spawn(move || lines.for_each(drop));
        node.begun += 1;
        let session = format!("session-{}", node.begun);
        node.running.push((session.clone(), Ended(browser), profile));
        let value = json!({ "sessionId": session, "capabilities": { "se:cdp": address } });
        ("200 OK", json!({ "value": value }).to_string())
    });
    (hub, node)
}

/// An HTTP server that answers every request by `answer`, from its first two words and its body; its address.
fn serve(answer: impl Fn(&str, &str) -> (&'static str, String) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            reply(stream, &answer);
        }
    });
    address
}

fn reply(stream: TcpStream, answer: &impl Fn(&str, &str) -> (&'static str, String)) {
    let mut reader = BufReader::new(stream);
    let (mut request, mut length) = (String::new(), 0);
    if reader.read_line(&mut request).is_err() || request.is_empty() {
        return;
    }
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        match line.trim().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().unwrap()
            }
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let request = request.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
    let (status, text) = answer(&request, &String::from_utf8(body).unwrap());
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n", text.len());
    let _ = reader.get_mut().write_all(format!("{head}Connection: close\r\n\r\n{text}").as_bytes());
}
