//! Serves pages, artifacts and inputs to the measured browser, on 127.0.0.1 and a port of the system's choosing.
//!
//! Only paths that were registered are served, from memory: no request reaches the file system.

mod answers;
mod store;

pub use store::{Body, Store};

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::Context as _;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::answer::{Answer, AnswerKind};
use answers::Answers;

/// The largest answer a contender may give, bytes.
const ANSWER_LIMIT: usize = 1 << 30;

const PAGE: &[(&str, &str, &str)] = &[
    ("/", "text/html; charset=utf-8", include_str!("../page/index.html")),
    ("/page/harness.js", "text/javascript", include_str!("../page/harness.js")),
    ("/page/available.js", "text/javascript", include_str!("../page/available.js")),
    ("/page/load.js", "text/javascript", include_str!("../page/load.js")),
    ("/page/clock.js", "text/javascript", include_str!("../page/clock.js")),
    ("/page/batch.js", "text/javascript", include_str!("../page/batch.js")),
    ("/page/sentinel.js", "text/javascript", include_str!("../page/sentinel.js")),
    ("/page/failure.js", "text/javascript", include_str!("../page/failure.js")),
    ("/page/paint.js", "text/javascript", include_str!("../page/paint.js")),
    ("/page/linear.js", "text/javascript", include_str!("../page/linear.js")),
    ("/page/sessions.js", "text/javascript", include_str!("../page/sessions.js")),
    ("/page/arguments.js", "text/javascript", include_str!("../page/arguments.js")),
    ("/page/machine.js", "text/javascript", include_str!("../page/machine.js")),
    ("/page/decode.js", "text/javascript", include_str!("../page/decode.js")),
    ("/page/discover.js", "text/javascript", include_str!("../page/discover.js")),
    ("/page/list.js", "text/javascript", include_str!("../page/list.js")),
    ("/page/normalise.js", "text/javascript", include_str!("../page/normalise.js")),
    ("/page/path.js", "text/javascript", include_str!("../page/path.js")),
    ("/page/same.js", "text/javascript", include_str!("../page/same.js")),
    ("/page/timeline.js", "text/javascript", include_str!("../page/timeline.js")),
    ("/page/watch.js", "text/javascript", include_str!("../page/watch.js")),
    ("/page/answer.js", "text/javascript", include_str!("../page/answer.js")),
    ("/page/again.js", "text/javascript", include_str!("../page/again.js")),
    ("/page/classes.js", "text/javascript", include_str!("../page/classes.js")),
    ("/page/decode.js", "text/javascript", include_str!("../page/decode.js")),
    ("/page/drain.js", "text/javascript", include_str!("../page/drain.js")),
    ("/page/tell.js", "text/javascript", include_str!("../page/tell.js")),
    ("/page/thrown.js", "text/javascript", include_str!("../page/thrown.js")),
    ("/page/writer.js", "text/javascript", include_str!("../page/writer.js")),
];

/// A running server; it stops when dropped.
#[derive(Debug)]
pub struct Server {
    port: u16,
    origins: AtomicU32,
    answers: Answers,
    task: JoinHandle<()>,
}

#[derive(Debug, Clone)]
struct Shared {
    store: Arc<Store>,
    answers: Answers,
}

impl Server {
    /// Starts serving `store` and the page's own files.
    ///
    /// # Errors
    /// When no port of the loopback interface can be had.
    pub async fn start(mut store: Store) -> anyhow::Result<Self> {
        for (path, mime, text) in PAGE {
            store.insert(path, mime, Body::plain(text.as_bytes().to_vec()));
        }
        let listener = listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let port = listener.local_addr().context("the server's own port is unknown")?.port();
        let answers = Answers::default();
        let shared = Shared { store: Arc::new(store), answers: answers.clone() };
        let app = Router::new()
            .route("/answer/{token}", post(take_answer))
            .layer(DefaultBodyLimit::max(ANSWER_LIMIT))
            .fallback(get(serve))
            .layer(middleware::from_fn(guard))
            .with_state(shared);
        let task = tokio::spawn(async move {
            // `serve` only ends with the task, which `Drop` aborts.
            let _ = axum::serve(listener, app).await;
        });
        Ok(Self { port, origins: AtomicU32::new(0), answers, task })
    }

    /// Its port of the loopback interface.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// An origin that no page has had before: its page gets a renderer process of its own, and the caches of HTTP and
    /// of compiled code, which are kept by origin, hold nothing for it.
    #[must_use]
    pub fn fresh_origin(&self) -> String {
        let number = self.origins.fetch_add(1, Ordering::Relaxed);
        format!("http://p{number}.localhost:{}", self.port)
    }

    /// A path to post one answer to, and a token to take it with.
    #[must_use]
    pub fn expect_answer(&self) -> (String, u64) {
        let token = self.answers.expect();
        (format!("/answer/{token}"), token)
    }

    /// The answer that was posted for `token`.
    #[must_use]
    pub fn take_answer(&self, token: u64) -> Option<Answer> {
        self.answers.take(token)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!(
            "no port of {} can be had to serve the measured pages; allow local connections and try again",
            address.ip()
        )
    })
}

async fn serve(State(shared): State<Shared>, uri: Uri, headers: HeaderMap) -> Response {
    // A query makes a module an instance of its own, and changes nothing of what is served.
    match shared.store.get(uri.path()) {
        Some(entry) => entry.response(&headers),
        None => (StatusCode::NOT_FOUND, "not found").into_response(),
    }
}

#[derive(serde::Deserialize)]
struct AnswerQuery {
    kind: AnswerKind,
}

async fn take_answer(
    State(shared): State<Shared>,
    Path(token): Path<u64>,
    Query(AnswerQuery { kind }): Query<AnswerQuery>,
    body: Bytes,
) -> StatusCode {
    match shared.answers.put(token, Answer { kind, bytes: body.to_vec() }) {
        true => StatusCode::NO_CONTENT,
        false => StatusCode::NOT_FOUND,
    }
}

/// Cross-origin isolation for every response, and no answer to a name that only resolves to this machine by trickery.
async fn guard(request: axum::extract::Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if name != "127.0.0.1" && name != "localhost" && !name.ends_with(".localhost") {
        return (StatusCode::FORBIDDEN, "this server answers to localhost only").into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-embedder-policy", HeaderValue::from_static("require-corp"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};

    use super::*;

    /// The response to a request with this path and host.
    async fn get(server: &Server, path: &str, host: &str) -> String {
        let (port, path, host) = (server.port, path.to_owned(), host.to_owned());
        let fetch = move || {
            let mut stream = std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
            write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
            let mut text = String::new();
            stream.read_to_string(&mut text).unwrap();
            text.to_lowercase()
        };
        tokio::task::spawn_blocking(fetch).await.unwrap()
    }

    #[tokio::test]
    async fn pages_are_isolated_and_nothing_else_is_served() {
        let server = Server::start(Store::default()).await.unwrap();
        let page = get(&server, "/", "c0.localhost:1").await;
        assert!(page.starts_with("http/1.1 200"), "{page}");
        assert!(page.contains("cross-origin-opener-policy: same-origin"));
        assert!(page.contains("cross-origin-embedder-policy: require-corp"));
        assert!(get(&server, "/page/load.js?instance=3", "localhost").await.starts_with("http/1.1 200"));
        assert!(get(&server, "/../Cargo.toml", "localhost").await.starts_with("http/1.1 404"));
        assert!(get(&server, "/", "rebound.example:80").await.starts_with("http/1.1 403"));
    }

    #[tokio::test]
    async fn a_port_that_cannot_be_had_is_told_with_its_mend() {
        let taken = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let message = listen(taken.local_addr().unwrap()).await.unwrap_err().to_string();
        assert!(message.starts_with("no port of 127.0.0.1 can be had"), "{message}");
    }

    #[tokio::test]
    async fn an_answer_is_taken_once_and_only_when_expected() {
        let server = Server::start(Store::default()).await.unwrap();
        let (path, token) = server.expect_answer();
        assert_eq!(path, format!("/answer/{token}"));
        let answer = Answer { kind: AnswerKind::Bytes, bytes: vec![1] };
        assert!(server.answers.put(token, answer.clone()));
        assert!(!server.answers.put(token, answer.clone()));
        assert!(!server.answers.put(token + 1, answer.clone()));
        assert_eq!(server.take_answer(token), Some(answer));
        assert_eq!(server.take_answer(token), None);
    }
}
