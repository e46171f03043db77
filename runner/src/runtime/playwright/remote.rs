//! A connection to a remote Playwright server: Playwright's protocol over a WebSocket, without the tunnel's messages.

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use playwright_rs::server::connection::{Connection, ConnectionExt as _};
use playwright_rs::server::transport::{TransportReceiver, TransportSender};
use playwright_rs::{Browser, Error};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::{HeaderName, HeaderValue, StatusCode};
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::endpoint::Address;
use super::tunnel::Tunnel;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Messages queued in either direction. The queue is bounded: the faster side waits.
const CAPACITY: usize = 64;

/// How a Playwright server is to launch its browser.
#[derive(Debug, Clone)]
pub struct RemoteLaunch {
    /// The version of Playwright on this side, such as `1.64.1`.
    pub playwright: String,
    /// The port of the loopback interface that pages have to reach.
    pub port: u16,
    /// The executable on its machine; `None` for the server's default.
    pub executable: Option<PathBuf>,
}

impl RemoteLaunch {
    /// Options of the launch, as `browserType.launch` takes them.
    fn launch(&self, flags: &[String]) -> Value {
        let mut options = json!({ "args": flags, "headless": true });
        if let Some(executable) = &self.executable {
            options["executablePath"] = json!(executable.to_string_lossy());
        }
        options
    }
}

/// The connection to a remote browser. The browser ends with it.
pub struct Wire {
    requests: Sender<Value>,
}

impl Wire {
    /// Ends the connection, and so the browser: the server closes it then.
    pub async fn close(self) {
        let _ = self.requests.send(Value::Null).await;
    }
}

/// Starts a fresh browser for this connection.
///
/// # Errors
/// Why there is no connection or no browser, with what to do about it.
pub async fn connect(address: &Address, launch: &RemoteLaunch, flags: &[String]) -> Result<(Browser, Wire), String> {
    let (socket, _) =
        connect_async(request(address, launch, flags)?).await.map_err(|error| refused(address, launch, &error))?;
    let (sink, stream) = socket.split();
    let (requests, outgoing) = channel(CAPACITY);
    tokio::spawn(write(sink, outgoing));
    let (messages, incoming) = channel(CAPACITY);
    let receiver = Reader { stream, messages, tunnel: Tunnel::new(launch.port, requests.clone()) };
    let connection = Arc::new(Connection::new(Writer(requests.clone()), receiver, incoming));
    let running = connection.clone();
    tokio::spawn(async move { running.run().await });
    let failed = |error: Error| no_browser(address, launch, &error);
    let playwright = connection.initialize_playwright().await.map_err(failed)?;
    let guid = playwright.initializer()["preLaunchedBrowser"]["guid"].as_str().unwrap_or_default();
    let browser = connection.wait_for_typed::<Browser>(guid).await.map_err(failed)?;
    Ok((browser, Wire { requests }))
}

/// Why a server that was reached started no browser, and what to do.
fn no_browser(address: &Address, launch: &RemoteLaunch, error: &Error) -> String {
    let reason = error.to_string();
    let reason = reason.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("no reason given");
    let fix = match &launch.executable {
        Some(_) => {
            "it uses --browser-path only when it is started with --unsafe, and looks for that file on its own machine"
                .to_owned()
        }
        None => format!("on its machine, `npx playwright@{} install chromium` brings one", launch.playwright),
    };
    format!("{address} could not start a browser: {reason}; help: {fix}")
}

fn request(
    address: &Address,
    launch: &RemoteLaunch,
    flags: &[String],
) -> Result<tungstenite::handshake::client::Request, String> {
    let mut request =
        address.secret().into_client_request().map_err(|error| format!("{address} is no address: {error}"))?;
    let headers = [
        // The server refuses other versions by this header.
        ("user-agent", Some(format!("Playwright/{} (crossover)", launch.playwright))),
        ("x-playwright-browser", Some("chromium".to_owned())),
        ("x-playwright-proxy", Some(Tunnel::pattern(launch.port))),
        ("x-playwright-launch-options", Some(launch.launch(flags).to_string())),
        ("authorization", address.authorization()),
    ];
    for (name, value) in headers.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        let value = HeaderValue::from_str(&value).map_err(|_| format!("{name}: has a character that no header may"))?;
        request.headers_mut().insert(HeaderName::from_static(name), value);
    }
    Ok(request)
}

/// Why there is no connection, and what to do.
fn refused(address: &Address, launch: &RemoteLaunch, error: &tungstenite::Error) -> String {
    let serve = format!("npx playwright@{} run-server --host 127.0.0.1 --port 9323 --unsafe", launch.playwright);
    let tungstenite::Error::Http(response) = error else {
        return format!(
            "{address} cannot be reached: {error}; help: start a Playwright server with `{serve}`, and reach one on another machine by `ssh -L 9323:127.0.0.1:9323 MACHINE`"
        );
    };
    match response.status() {
        StatusCode::PRECONDITION_REQUIRED => format!(
            "{address} is of another version of Playwright{}, and {} is spoken here; help: start it with `{serve}`",
            response.body().as_deref().and_then(own_version).map(|version| format!(" ({version})")).unwrap_or_default(),
            launch.playwright,
        ),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => format!(
            "{address} did not let us in (HTTP {}); has the address what it wants, as in ws://USER:PASSWORD@HOST/?token=…",
            response.status().as_u16()
        ),
        status => format!(
            "{address} answered HTTP {} instead of a connection; help: give the address that `{serve}` prints, with its path",
            status.as_u16()
        ),
    }
}

/// The version that a server's refusal names: digits and dots alone are believed.
fn own_version(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let version = text.split("server version: v").nth(1)?;
    let version: String = version.chars().take_while(|c| c.is_ascii_digit() || *c == '.').take(16).collect();
    (!version.is_empty()).then_some(version)
}

/// Writes the messages of the client and the tunnel, until both are gone or `null` ends it.
async fn write(mut sink: SplitSink<Socket, Message>, mut outgoing: Receiver<Value>) {
    while let Some(message) = outgoing.recv().await.filter(|message| !message.is_null()) {
        if sink.send(Message::text(message.to_string())).await.is_err() {
            break;
        }
    }
    // A peer that is gone needs no closing frame.
    let _ = sink.close().await;
}

struct Writer(Sender<Value>);

impl TransportSender for Writer {
    fn send(&mut self, message: Value) -> Pin<Box<dyn Future<Output = playwright_rs::Result<()>> + Send + '_>> {
        Box::pin(async move { self.0.send(message).await.map_err(|_| Error::ChannelClosed) })
    }
}

struct Reader {
    stream: SplitStream<Socket>,
    messages: Sender<Value>,
    tunnel: Tunnel,
}

impl TransportReceiver for Reader {
    fn run(&mut self) -> Pin<Box<dyn Future<Output = playwright_rs::Result<()>> + Send + '_>> {
        Box::pin(async move {
            while let Some(Ok(message)) = self.stream.next().await {
                let Message::Text(text) = message else { continue };
                let message = serde_json::from_str(&text).unwrap_or_else(|_| json!({}));
                if let Some(message) = self.tunnel.pass(message)
                    && self.messages.send(message).await.is_err()
                {
                    break;
                }
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_refusal_only_a_version_is_told() {
        let body = b"\xe2\x95\x91   - server version: v1.63  \xe2\x95\x91\n - client version: v1.64";
        assert_eq!(own_version(body).as_deref(), Some("1.63"));
        assert_eq!(own_version(b"server version: v\x1b[2J"), None);
        assert_eq!(own_version(b"go away"), None);
    }
}
