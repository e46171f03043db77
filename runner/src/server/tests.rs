//! The server, as a client sees it that knows only its port.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::*;

/// What comes back for these lines of a request, and a body, which is not sent to its end if the server refuses it.
async fn ask(server: &Server, head: &str, body: Vec<u8>) -> String {
    let (port, head) = (server.port(), format!("{head}\r\nConnection: close\r\n\r\n"));
    let exchange = move || {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        let _ = stream.write_all(&body);
        let mut bytes = Vec::new();
        // A server that does not read all that is sent may reset the connection once it has answered.
        let _ = stream.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).to_lowercase()
    };
    tokio::task::spawn_blocking(exchange).await.unwrap()
}

fn host(origin: &str) -> &str {
    origin.trim_start_matches("http://")
}

async fn get(server: &Server, path: &str, host: &str) -> String {
    ask(server, &format!("GET {path} HTTP/1.1\r\nHost: {host}"), Vec::new()).await
}

async fn post(server: &Server, token: &AnswerToken, origin: &str, claimed: &str, body: &[u8]) -> String {
    let head = format!(
        "POST {}?kind=bytes HTTP/1.1\r\nHost: {}\r\nOrigin: {claimed}\r\nContent-Length: {}",
        token.path(),
        host(origin),
        body.len()
    );
    ask(server, &head, body.to_vec()).await
}

#[tokio::test]
async fn pages_are_isolated_and_nothing_else_is_served() {
    let server = Server::start(Store::default()).await.unwrap();
    let origin = server.fresh_origin();
    let page = get(&server, "/", host(&origin)).await;
    assert!(page.starts_with("http/1.1 200"), "{page}");
    for header in [
        "cross-origin-opener-policy: same-origin",
        "cross-origin-embedder-policy: require-corp",
        "cross-origin-resource-policy: same-origin",
        "content-security-policy: frame-ancestors 'self'",
    ] {
        assert!(page.contains(header), "{page}");
    }
    assert!(get(&server, "/page/load.js?instance=3", host(&origin)).await.starts_with("http/1.1 200"));
    assert!(get(&server, "/../Cargo.toml", host(&origin)).await.starts_with("http/1.1 404"));
    for other in ["rebound.example:80", "localhost", &format!("127.0.0.1:{}", server.port())] {
        let refused = get(&server, "/", other).await;
        assert!(refused.starts_with("http/1.1 403") && !refused.contains("harness"), "{refused}");
    }
}

#[tokio::test]
async fn an_unavailable_port_is_reported_with_a_fix() {
    let taken = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let message = listen(taken.local_addr().unwrap()).await.unwrap_err().to_string();
    assert!(message.starts_with("no port of 127.0.0.1 is free"), "{message}");
}

#[tokio::test]
async fn only_the_page_that_was_asked_can_answer_and_only_once() {
    let server = Server::start(Store::default()).await.unwrap();
    let (origin, other) = (server.fresh_origin(), server.fresh_origin());
    let token = server.expect_answer(&origin).unwrap();
    for (to, claimed) in
        [(&origin, "https://elsewhere.example"), (&origin, &other), (&other, &origin), (&origin, "null")]
    {
        let refused = post(&server, &token, to, claimed, b"wrong").await;
        assert!(refused.starts_with("http/1.1 403"), "{claimed} to {to}: {refused}");
    }
    let refused = post(&server, &token, &other, &other, b"wrong").await;
    assert!(refused.starts_with("http/1.1 404"), "{refused}");
    let taken = post(&server, &token, &origin, &origin, b"right").await;
    assert!(taken.starts_with("http/1.1 204"), "{taken}");
    let refused = post(&server, &token, &origin, &origin, b"again").await;
    assert!(refused.starts_with("http/1.1 404"), "{refused}");
    assert_eq!(server.take_answer(&token), Some(Answer { kind: AnswerKind::Bytes, bytes: b"right".to_vec() }));
}

#[tokio::test]
async fn an_unexpected_body_is_not_read() {
    let server = Server::start(Store::default()).await.unwrap();
    let origin = server.fresh_origin();
    // It is refused without a byte of what it announces.
    let head = format!(
        "POST /answer/0?kind=bytes HTTP/1.1\r\nHost: {}\r\nOrigin: {origin}\r\nContent-Length: 900000000",
        host(&origin)
    );
    assert!(ask(&server, &head, Vec::new()).await.starts_with("http/1.1 404"));
    // And it cannot be sent: the connection is cut off.
    let unread = ask_to_send(&server, &head).await;
    assert!(unread < 100 << 20, "{unread} bytes were taken");
}

/// How many bytes of 900 MB the server lets a client send.
async fn ask_to_send(server: &Server, head: &str) -> usize {
    let (port, head) = (server.port(), format!("{head}\r\n\r\n"));
    let send = move || {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        stream.set_write_timeout(Some(Duration::from_secs(5))).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        let chunk = vec![0; 1 << 20];
        (0..900).take_while(|_| stream.write_all(&chunk).is_ok()).count() << 20
    };
    tokio::task::spawn_blocking(send).await.unwrap()
}

#[tokio::test]
async fn connections_are_bounded_and_idle_ones_are_closed() {
    let limits = Limits { connections: 8, idle: Duration::from_millis(300), ..Limits::USUAL };
    let server = Server::start_within(Store::default(), limits).await.unwrap();
    let (port, origin) = (server.port(), server.fresh_origin());
    let connect = move || -> Vec<TcpStream> {
        (0..40).map(|_| TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap()).collect()
    };
    let idle = tokio::task::spawn_blocking(connect).await.unwrap();
    // Its turn comes once those before it were closed.
    let page = get(&server, "/", host(&origin)).await;
    assert!(page.starts_with("http/1.1 200"), "{page}");
    let closed = move || {
        let deadline = Instant::now() + Duration::from_secs(60);
        idle.into_iter().all(|mut stream| {
            stream.set_read_timeout(Some(deadline - Instant::now())).unwrap();
            stream.read(&mut [0]).is_ok_and(|read| read == 0)
        })
    };
    assert!(tokio::task::spawn_blocking(closed).await.unwrap());
}

#[tokio::test]
async fn a_slow_reader_gets_all_it_asked_for() {
    let mut store = Store::default();
    store.insert("/large", "text/plain", Body::plain(vec![b'x'; 64 << 20]));
    let limits = Limits { idle: Duration::from_millis(50), ..Limits::USUAL };
    let server = Server::start_within(store, limits).await.unwrap();
    let (port, origin) = (server.port(), server.fresh_origin());
    let read = move || {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        write!(stream, "GET /large HTTP/1.1\r\nHost: {}\r\n\r\n", host(&origin)).unwrap();
        std::thread::sleep(Duration::from_secs(1));
        let mut bytes = Vec::new();
        // It is closed as idle once nothing more is to come.
        stream.read_to_end(&mut bytes).unwrap();
        bytes.len()
    };
    assert!(tokio::task::spawn_blocking(read).await.unwrap() > 64 << 20);
}
