//! A client of WebDriver, the standard protocol for driving browsers over HTTP (<https://www.w3.org/TR/webdriver2/>).

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use super::command_error::CommandError;

/// The longest answer that is taken, bytes.
const LONGEST: usize = 64 << 20;

/// A session of a driver on this machine.
#[derive(Debug, Clone)]
pub struct WebDriver {
    address: SocketAddr,
    /// The path of the session.
    session: String,
}

/// A port that was free just now.
///
/// # Errors
/// When the system gives none.
pub fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// The address of a driver on this machine.
#[must_use]
pub fn local(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

/// Whether a driver answers at this address and takes a session.
pub async fn is_ready(address: SocketAddr, patience: Duration) -> bool {
    let status = within(patience, ask(address, Method::GET, "/status", None)).await;
    status.is_ok_and(|status| status["ready"] == true)
}

impl WebDriver {
    /// Begins a session, and returns it with the capabilities that it has.
    ///
    /// # Errors
    /// When the driver refuses, is silent for longer than `patience`, or is gone.
    pub async fn begin(
        address: SocketAddr,
        capabilities: Value,
        patience: Duration,
    ) -> Result<(Self, Value), CommandError> {
        let body = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let mut begun = within(patience, ask(address, Method::POST, "/session", Some(&body))).await?;
        let Some(id) = begun["sessionId"].as_str() else {
            return Err(CommandError::Gone("the driver gave a session without a name".to_owned()));
        };
        Ok((Self { address, session: format!("/session/{id}") }, begun["capabilities"].take()))
    }

    /// Asks for something of the session, as `/url`.
    ///
    /// # Errors
    /// When the driver refuses, is silent for longer than `patience`, or is gone.
    pub async fn get(&self, path: &str, patience: Duration) -> Result<Value, CommandError> {
        within(patience, ask(self.address, Method::GET, &self.path(path), None)).await
    }

    /// Gives the session a command.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub async fn post(&self, path: &str, body: Value, patience: Duration) -> Result<Value, CommandError> {
        within(patience, ask(self.address, Method::POST, &self.path(path), Some(&body))).await
    }

    /// Ends something of the session, as `/window`.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub async fn delete(&self, path: &str, patience: Duration) -> Result<Value, CommandError> {
        within(patience, ask(self.address, Method::DELETE, &self.path(path), None)).await
    }

    fn path(&self, path: &str) -> String {
        format!("{}{path}", self.session)
    }
}

async fn within(
    patience: Duration,
    work: impl Future<Output = Result<Value, CommandError>>,
) -> Result<Value, CommandError> {
    tokio::time::timeout(patience, work).await.unwrap_or(Err(CommandError::TimedOut(patience)))
}

/// One request on a connection of its own, so that none waits for another.
async fn ask(address: SocketAddr, method: Method, path: &str, body: Option<&Value>) -> Result<Value, CommandError> {
    let gone = |error: &dyn std::fmt::Display| CommandError::Gone(format!("the driver is gone: {error}"));
    let stream = TcpStream::connect(address).await.map_err(|error| gone(&error))?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await.map_err(|error| gone(&error))?;
    // It ends with the answer.
    tokio::spawn(connection);
    let body = body.map(Value::to_string).unwrap_or_default();
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(HOST, address.to_string())
        .header(CONTENT_TYPE, "application/json; charset=utf-8")
        .body(Full::new(Bytes::from(body)))
        .map_err(|error| gone(&error))?;
    let answer = sender.send_request(request).await.map_err(|error| gone(&error))?;
    let bytes = Limited::new(answer.into_body(), LONGEST).collect().await.map_err(|error| gone(&error))?.to_bytes();
    let mut answer: Value = serde_json::from_slice(&bytes).map_err(|error| gone(&error))?;
    let value = answer["value"].take();
    match (value["error"].as_str(), value["message"].as_str()) {
        (Some(code), message) => {
            Err(CommandError::Refused { code: code.to_owned(), message: message.unwrap_or_default().to_owned() })
        }
        (None, _) => Ok(value),
    }
}

#[cfg(test)]
pub mod tests {
    use axum::Router;
    use axum::extract::Request;
    use axum::response::IntoResponse;

    use super::*;

    const LONG: Duration = Duration::from_secs(20);

    /// A driver that answers by what it is asked: method, path and body in, the value of its answer out; `None` is silence.
    pub async fn driver(answers: impl Fn(&str, &Value) -> Option<Value> + Clone + Send + Sync + 'static) -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(move |request: Request| {
            let answers = answers.clone();
            async move {
                let asked = format!("{} {}", request.method(), request.uri().path());
                let body = request.into_body().collect().await.unwrap().to_bytes();
                let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
                match answers(&asked, &body) {
                    Some(value) => json!({ "value": value }).to_string().into_response(),
                    None => std::future::pending().await,
                }
            }
        });
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        address
    }

    #[tokio::test]
    async fn a_session_is_begun_asked_and_ended() {
        let address = driver(|asked, body| {
            Some(match asked {
                "GET /status" => json!({ "ready": true, "message": "" }),
                "POST /session" => json!({ "sessionId": "7", "capabilities": body["capabilities"]["alwaysMatch"] }),
                "GET /session/7/url" => json!("http://p1.localhost:80/"),
                "POST /session/7/window" => json!({ "error": "no such window", "message": body["handle"] }),
                "DELETE /session/7/window" => json!([]),
                other => panic!("{other}"),
            })
        })
        .await;
        assert!(is_ready(address, LONG).await);
        let (driver, capabilities) = WebDriver::begin(address, json!({ "browserName": "x" }), LONG).await.unwrap();
        assert_eq!(capabilities, json!({ "browserName": "x" }));
        assert_eq!(driver.get("/url", LONG).await.unwrap(), "http://p1.localhost:80/");
        let refused = driver.post("/window", json!({ "handle": "w9" }), LONG).await.unwrap_err();
        assert_eq!(refused.to_string(), "no such window: w9");
        assert_eq!(driver.delete("/window", LONG).await.unwrap(), json!([]));
    }

    #[tokio::test]
    async fn a_driver_that_is_silent_or_gone_is_told_so() {
        let soon = Duration::from_millis(50);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let silent = listener.local_addr().unwrap();
        assert!(!is_ready(silent, soon).await);
        let begun = WebDriver::begin(silent, json!({}), soon).await.map(|_| ());
        assert_eq!(begun, Err(CommandError::TimedOut(soon)));
        drop(listener);
        let gone = WebDriver::begin(local(free_port().unwrap()), json!({}), LONG).await.map(|_| ());
        assert!(matches!(gone, Err(CommandError::Gone(_))), "{gone:?}");
    }
}
