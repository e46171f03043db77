//! Serves pages, artifacts and inputs to the measured browser, on 127.0.0.1 and a port of the system's choosing.
//!
//! Only paths that were registered are served, from memory: no request reaches the file system.

mod answers;
mod connections;
mod guard;
mod store;

pub use answers::AnswerToken;
pub use axum::body::Bytes;
pub use store::{Body, Store};

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Context as _;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::answer::{Answer, AnswerKind};
use answers::{ANSWER_LIMIT, Answers};
use connections::{Connections, Limits};
use guard::{Origins, guard};

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
    ("/page/serialise.js", "text/javascript", include_str!("../page/serialise.js")),
    ("/page/thrown.js", "text/javascript", include_str!("../page/thrown.js")),
    ("/page/writer.js", "text/javascript", include_str!("../page/writer.js")),
];

/// A running server; it stops when dropped.
#[derive(Debug)]
pub struct Server {
    origins: Origins,
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
    /// When no port of the loopback interface is free.
    pub async fn start(store: Store) -> anyhow::Result<Self> {
        Self::start_within(store, Limits::USUAL).await
    }

    async fn start_within(mut store: Store, limits: Limits) -> anyhow::Result<Self> {
        for (path, mime, text) in PAGE {
            store.insert(path, mime, Body::plain(text.as_bytes().to_vec()));
        }
        let listener = listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let port = listener.local_addr().context("the server's own port is unknown")?.port();
        let (origins, answers) = (Origins::new(port), Answers::default());
        let shared = Shared { store: Arc::new(store), answers: answers.clone() };
        let app = Router::new()
            .route("/answer/{token}", post(take_answer))
            .fallback(get(serve))
            .layer(middleware::from_fn_with_state(origins.clone(), guard))
            .with_state(shared);
        let connections = Connections::new(listener, limits);
        let task = tokio::spawn(async move {
            // `serve` only ends with the task, which `Drop` aborts.
            let _ = axum::serve(connections, app).await;
        });
        Ok(Self { origins, answers, task })
    }

    /// Its port of the loopback interface.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.origins.port()
    }

    /// An origin that no page has had before: its page gets a renderer process of its own, and the caches of HTTP and
    /// of compiled code, which are kept by origin, hold nothing for it.
    #[must_use]
    pub fn fresh_origin(&self) -> String {
        self.origins.fresh()
    }

    /// A token that lets the page of this origin post one answer.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn expect_answer(&self, origin: &str) -> anyhow::Result<AnswerToken> {
        self.answers.expect(origin)
    }

    /// The answer that was posted for `token`.
    #[must_use]
    pub fn take_answer(&self, token: &AnswerToken) -> Option<Answer> {
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
            "no port of {} is free to serve the measured pages; help: allow local connections and try again",
            address.ip()
        )
    })
}

async fn serve(State(shared): State<Shared>, uri: Uri, headers: HeaderMap) -> Response {
    // A query makes a module an instance of its own, and changes nothing of what is served.
    match shared.store.get(uri.path()) {
        Some(entry) => entry.response(&headers),
        // Not every browser looks at the status before the type.
        None if uri.path().ends_with(".wasm") => {
            (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "application/wasm")]).into_response()
        }
        None => (StatusCode::NOT_FOUND, "not found").into_response(),
    }
}

#[derive(serde::Deserialize)]
struct AnswerQuery {
    kind: AnswerKind,
}

/// The body is read only after the token shows that it is expected.
async fn take_answer(
    State(shared): State<Shared>,
    Path(token): Path<String>,
    Query(AnswerQuery { kind }): Query<AnswerQuery>,
    headers: HeaderMap,
    body: axum::body::Body,
) -> StatusCode {
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok()).unwrap_or_default();
    if !shared.answers.claim(&token, origin) {
        return StatusCode::NOT_FOUND;
    }
    match answers::read(&headers, body, ANSWER_LIMIT).await {
        Ok(bytes) => {
            shared.answers.put(&token, Answer { kind, bytes });
            StatusCode::NO_CONTENT
        }
        Err(status) => status,
    }
}

#[cfg(test)]
mod tests;
