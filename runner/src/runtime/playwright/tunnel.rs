//! Carries requests of a remote browser's pages to the server of this process, and to nothing else.
//!
//! A Playwright server that is asked to hands on the connections that its browser makes to names of the loopback interface,
//! as messages between those of the protocol (`SocksSupport` in Playwright's protocol.yml). The client of this language
//! does not know them, so they are taken out on the way.

use std::collections::HashMap;
use std::net::Ipv4Addr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{Sender, UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What the ids of the tunnel's own requests begin with.
const OWN: &str = "tunnel@";
/// More connections than a browser makes to one server.
const MOST_STREAMS: usize = 1024;

/// The connections through one browser's tunnel; they end with it.
#[derive(Debug)]
pub struct Tunnel {
    port: u16,
    /// Takes requests to the Playwright server.
    requests: Sender<Value>,
    /// The object that the messages are of, once the server has made it.
    object: Option<String>,
    streams: HashMap<String, UnboundedSender<Vec<u8>>>,
}

impl Tunnel {
    /// A tunnel to `port` of the loopback interface.
    #[must_use]
    pub fn new(port: u16, requests: Sender<Value>) -> Self {
        Self { port, requests, object: None, streams: HashMap::new() }
    }

    /// What a Playwright server is to hand on: see `parsePattern` in its source.
    #[must_use]
    pub fn pattern(port: u16) -> String {
        format!("<loopback>:{port}")
    }

    /// Takes a message of the server's if it is for the tunnel; else gives it back.
    pub fn pass(&mut self, message: Value) -> Option<Value> {
        let (method, params) = (message["method"].as_str(), &message["params"]);
        if method == Some("__create__") && params["type"] == "SocksSupport" {
            self.object = params["guid"].as_str().map(str::to_owned);
            return None;
        }
        if message["id"].as_str().is_some_and(|id| id.starts_with(OWN)) {
            return None;
        }
        if self.object.is_none() || message["guid"].as_str() != self.object.as_deref() {
            return Some(message);
        }
        if let Some(stream) = params["uid"].as_str() {
            match method {
                Some("socksRequested") => self.open(stream, params),
                Some("socksData") => self.send(stream, params),
                Some("socksClosed") => drop(self.streams.remove(stream)),
                _ => {}
            }
        }
        None
    }

    fn open(&mut self, stream: &str, params: &Value) {
        let reply =
            TunnelReply { stream: stream.to_owned(), object: self.object.clone(), requests: self.requests.clone() };
        let is_ours = params["host"].as_str().is_some_and(is_loopback) && params["port"] == self.port;
        self.streams.retain(|_, sender| !sender.is_closed());
        if !is_ours || self.streams.len() >= MOST_STREAMS {
            tokio::spawn(async move { reply.send("socksFailed", json!({ "errorCode": "ERULESET" })).await });
            return;
        }
        let (sender, receiver) = unbounded_channel();
        self.streams.insert(stream.to_owned(), sender);
        tokio::spawn(carry(self.port, reply, receiver));
    }

    fn send(&self, stream: &str, params: &Value) {
        let data = params["data"].as_str().and_then(|data| STANDARD.decode(data).ok());
        if let (Some(stream), Some(data)) = (self.streams.get(stream), data) {
            // A stream that has ended takes nothing any more.
            let _ = stream.send(data);
        }
    }
}

fn is_loopback(host: &str) -> bool {
    host == "127.0.0.1" || host == "localhost" || host.ends_with(".localhost")
}

/// Messages of one connection to the Playwright server.
struct TunnelReply {
    stream: String,
    object: Option<String>,
    requests: Sender<Value>,
}

impl TunnelReply {
    /// Waits until the connection takes it, so that a slow one slows down what is read here.
    async fn send(&self, method: &str, mut params: Value) {
        params["uid"] = json!(self.stream);
        let metadata = json!({ "internal": true, "timeout": 0 });
        let id = format!("{OWN}{}", self.stream);
        let request =
            json!({ "id": id, "guid": self.object, "method": method, "params": params, "metadata": metadata });
        // Without a connection nothing receives it.
        let _ = self.requests.send(request).await;
    }
}

/// One connection, until either side ends it.
async fn carry(port: u16, reply: TunnelReply, mut incoming: UnboundedReceiver<Vec<u8>>) {
    let Ok(mut server) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await else {
        return reply.send("socksFailed", json!({ "errorCode": "ECONNREFUSED" })).await;
    };
    let own = server.local_addr().map_or(0, |address| address.port());
    reply.send("socksConnected", json!({ "host": Ipv4Addr::LOCALHOST.to_string(), "port": own })).await;
    let mut buffer = vec![0; 64 * 1024];
    loop {
        tokio::select! {
            data = incoming.recv() => match data {
                Some(data) if server.write_all(&data).await.is_ok() => {}
                _ => return reply.send("socksEnd", json!({})).await,
            },
            read = server.read(&mut buffer) => match read {
                Ok(length) if length > 0 => {
                    reply.send("socksData", json!({ "data": STANDARD.encode(&buffer[..length]) })).await;
                }
                _ => return reply.send("socksEnd", json!({})).await,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;
    use tokio::sync::mpsc::{Receiver, channel};

    use super::*;

    fn event(method: &str, params: Value) -> Value {
        json!({ "guid": "socks@1", "method": method, "params": params })
    }

    /// A tunnel to a port, with its messages.
    fn tunnel(port: u16) -> (Tunnel, Receiver<Value>) {
        let (sender, receiver) = channel(8);
        let mut tunnel = Tunnel::new(port, sender);
        let created =
            json!({ "guid": "", "method": "__create__", "params": { "type": "SocksSupport", "guid": "socks@1" } });
        assert_eq!(tunnel.pass(created), None);
        (tunnel, receiver)
    }

    #[tokio::test]
    async fn bytes_go_to_the_server_and_back_and_the_end_is_told() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (mut tunnel, mut said) = tunnel(port);
        let requested = json!({ "uid": "a", "host": "p0.localhost", "port": port });
        assert_eq!(tunnel.pass(event("socksRequested", requested)), None);
        let (mut server, _) = listener.accept().await.unwrap();
        assert_eq!(said.recv().await.unwrap()["method"], "socksConnected");
        assert_eq!(tunnel.pass(event("socksData", json!({ "uid": "a", "data": STANDARD.encode("ping") }))), None);
        let mut four = [0; 4];
        server.read_exact(&mut four).await.unwrap();
        assert_eq!(&four, b"ping");
        server.write_all(b"pong").await.unwrap();
        let data = said.recv().await.unwrap();
        assert_eq!((&data["method"], &data["params"]["data"]), (&json!("socksData"), &json!(STANDARD.encode("pong"))));
        drop(server);
        assert_eq!(said.recv().await.unwrap()["method"], "socksEnd");
    }

    #[tokio::test]
    async fn nothing_else_on_this_machine_is_reached() {
        let (mut tunnel, mut said) = tunnel(8000);
        for (host, port) in [("localhost", 22), ("10.0.0.1", 8000), ("localhost.evil.example", 8000)] {
            assert_eq!(tunnel.pass(event("socksRequested", json!({ "uid": "a", "host": host, "port": port }))), None);
            let answer = said.recv().await.unwrap();
            assert_eq!(
                (&answer["method"], &answer["params"]["errorCode"]),
                (&json!("socksFailed"), &json!("ERULESET"))
            );
        }
    }

    #[tokio::test]
    async fn all_other_messages_pass() {
        let (mut tunnel, _said) = tunnel(8000);
        for message in
            [json!({ "id": "call@1", "result": {} }), json!({ "guid": "page@1", "method": "close" }), json!(3)]
        {
            assert_eq!(tunnel.pass(message.clone()), Some(message));
        }
        assert_eq!(tunnel.pass(json!({ "id": "tunnel@a", "result": {} })), None);
        assert_eq!(tunnel.pass(event("socksData", json!({ "uid": "unknown", "data": "?" }))), None);
    }
}
