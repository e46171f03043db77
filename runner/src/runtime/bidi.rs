//! A client of WebDriver BiDi, the standard protocol for driving browsers over a WebSocket (<https://www.w3.org/TR/webdriver-bidi/>).

use std::collections::HashMap;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::{broadcast, mpsc, oneshot};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

use super::command_error::CommandError;

/// The longest answer that is taken, bytes: a recorded profile has some tens of megabytes.
const LONGEST: usize = 512 << 20;

/// The most events that a listener may be behind; one that is further behind misses some.
const MOST_EVENTS: usize = 1024;

/// A connection. Commands that are under way at the same time do not wait for each other.
#[derive(Clone)]
pub struct Bidi {
    commands: mpsc::UnboundedSender<Command>,
    events: broadcast::WeakSender<BidiEvent>,
}

/// Something that happened in the browser, of the kinds that were subscribed to.
#[derive(Debug, Clone, PartialEq)]
pub struct BidiEvent {
    /// What happened, e.g. `script.realmDestroyed`.
    pub method: String,
    /// To what.
    pub params: Value,
}

/// The events from a moment on.
pub struct BidiEvents(Option<broadcast::Receiver<BidiEvent>>);

impl BidiEvents {
    /// The next event; `None` once the browser is gone.
    pub async fn next(&mut self) -> Option<BidiEvent> {
        loop {
            match self.0.as_mut()?.recv().await {
                Ok(event) => return Some(event),
                Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}

struct Command {
    method: &'static str,
    params: Value,
    answer: oneshot::Sender<Result<Value, CommandError>>,
}

fn closed() -> CommandError {
    CommandError::Gone("the browser closed the connection".to_owned())
}

/// The callers that wait for the answer to a command, by its number.
type Waiting = HashMap<u64, oneshot::Sender<Result<Value, CommandError>>>;

/// What comes from the browser: the answer to a command, or an event, which has no number.
#[derive(Deserialize)]
struct Incoming {
    id: Option<u64>,
    #[serde(default)]
    result: Value,
    error: Option<String>,
    #[serde(default)]
    message: String,
    #[serde(default)]
    method: String,
    #[serde(default)]
    params: Value,
}

impl Bidi {
    /// Connects to a browser at a `ws://` address.
    ///
    /// # Errors
    /// When no browser answers there, or the answer is no WebSocket.
    pub async fn connect(address: &str) -> Result<Self, tungstenite::Error> {
        let config = WebSocketConfig::default().max_message_size(Some(LONGEST)).max_frame_size(Some(LONGEST));
        let (socket, _) = connect_async_with_config(address, Some(config), true).await?;
        let (commands, asked) = mpsc::unbounded_channel();
        let (events, _) = broadcast::channel(MOST_EVENTS);
        let listeners = events.downgrade();
        // It ends with the connection, or when the last handle is dropped.
        tokio::spawn(converse(socket, asked, events));
        Ok(Self { commands, events: listeners })
    }

    /// The events from now on.
    #[must_use]
    pub fn events(&self) -> BidiEvents {
        BidiEvents(self.events.upgrade().map(|events| events.subscribe()))
    }

    /// Sends a command and returns its result.
    ///
    /// # Errors
    /// When it is refused, not answered within `patience`, or the browser is gone.
    pub async fn send(&self, method: &'static str, params: Value, patience: Duration) -> Result<Value, CommandError> {
        let (answer, answered) = oneshot::channel();
        self.commands.send(Command { method, params, answer }).map_err(|_| closed())?;
        match tokio::time::timeout(patience, answered).await {
            Err(_) => Err(CommandError::TimedOut(patience)),
            Ok(result) => result.unwrap_or(Err(closed())),
        }
    }
}

impl Bidi {
    /// Calls a function with texts in a context, a page's or the browser's own, and waits for what it promises.
    ///
    /// # Errors
    /// As [`Bidi::send`]; what the function throws is in the answer.
    pub async fn call(
        &self,
        context: &Value,
        function: &str,
        arguments: &[&str],
        patience: Duration,
    ) -> Result<Value, CommandError> {
        let arguments: Vec<_> = arguments.iter().map(|text| json!({ "type": "string", "value": text })).collect();
        let call = json!({
            "functionDeclaration": function,
            "arguments": arguments,
            "target": { "context": context },
            "awaitPromise": true,
            "resultOwnership": "none",
        });
        self.send("script.callFunction", call, patience).await
    }
}

/// Hands commands to the browser, and its answers to the callers. A caller that still waits when it ends has no answer.
async fn converse(
    mut socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    mut asked: mpsc::UnboundedReceiver<Command>,
    events: broadcast::Sender<BidiEvent>,
) {
    let mut waiting = Waiting::new();
    let mut number = 0_u64;
    loop {
        tokio::select! {
            command = asked.recv() => {
                let Some(Command { method, params, answer }) = command else { break };
                number += 1;
                let text = json!({ "id": number, "method": method, "params": params }).to_string();
                waiting.insert(number, answer);
                if socket.send(Message::text(text)).await.is_err() {
                    break;
                }
            }
            message = socket.next() => match message {
                Some(Ok(Message::Text(text))) => hand_over(&text, &mut waiting, &events),
                Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                Some(Ok(_)) => {}
            },
        }
    }
}

fn hand_over(text: &str, waiting: &mut Waiting, events: &broadcast::Sender<BidiEvent>) {
    // What can't be read is no answer to anything.
    let Ok(incoming) = serde_json::from_str::<Incoming>(text) else { return };
    let Some(id) = incoming.id else {
        // There may be no listener.
        let _ = events.send(BidiEvent { method: incoming.method, params: incoming.params });
        return;
    };
    let Some(answer) = waiting.remove(&id) else { return };
    let result = match incoming.error {
        Some(code) => Err(CommandError::Refused { code, message: incoming.message }),
        None => Ok(incoming.result),
    };
    // Who has waited long enough does not listen any more.
    let _ = answer.send(result);
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;
    use tokio_tungstenite::accept_async;

    use super::*;

    const LONG: Duration = Duration::from_secs(20);

    /// A browser that answers two commands in the wrong order, refuses the third, is silent at the fourth and then goes.
    async fn peer(listener: TcpListener) {
        let (stream, _) = listener.accept().await.unwrap();
        let mut socket = accept_async(stream).await.unwrap();
        let mut heard = Vec::new();
        while heard.len() < 2 {
            let message = socket.next().await.unwrap().unwrap();
            heard.push(serde_json::from_str::<Value>(message.to_text().unwrap()).unwrap());
        }
        let event = json!({ "type": "event", "method": "log.entryAdded", "params": { "text": "hi" } });
        socket.send(Message::text(event.to_string())).await.unwrap();
        socket.send(Message::text("not JSON")).await.unwrap();
        for command in heard.iter().rev() {
            let result = json!({ "of": command["method"], "params": command["params"] });
            let answer = json!({ "type": "success", "id": command["id"], "result": result });
            socket.send(Message::text(answer.to_string())).await.unwrap();
        }
        socket.next().await.unwrap().unwrap();
        let refused = json!({ "type": "error", "id": 3, "error": "no such frame", "message": "it is gone" });
        socket.send(Message::text(refused.to_string())).await.unwrap();
        socket.next().await.unwrap().unwrap();
        socket.next().await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn every_command_has_its_own_answer_or_the_reason_why_not() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("ws://{}/session", listener.local_addr().unwrap());
        let peer = tokio::spawn(peer(listener));
        let bidi = Bidi::connect(&address).await.unwrap();
        let mut events = bidi.events();
        let (one, two) =
            tokio::join!(bidi.send("a", json!({ "n": 1 }), LONG), bidi.send("b", json!({ "n": 2 }), LONG),);
        assert_eq!(one.unwrap(), json!({ "of": "a", "params": { "n": 1 } }));
        assert_eq!(two.unwrap(), json!({ "of": "b", "params": { "n": 2 } }));
        let happened = BidiEvent { method: "log.entryAdded".to_owned(), params: json!({ "text": "hi" }) };
        assert_eq!(events.next().await, Some(happened));
        let refused = bidi.send("c", json!({}), LONG).await.unwrap_err();
        assert_eq!(refused.to_string(), "no such frame: it is gone");
        let soon = Duration::from_millis(50);
        assert_eq!(bidi.send("d", json!({}), soon).await, Err(CommandError::TimedOut(soon)));
        assert_eq!(bidi.send("e", json!({}), LONG).await, Err(closed()), "it hangs up while we wait");
        peer.await.unwrap();
        assert_eq!(bidi.send("f", json!({}), LONG).await, Err(closed()));
        assert_eq!(events.next().await, None);
    }

    #[tokio::test]
    async fn where_no_browser_listens_there_is_no_connection() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("ws://{}/session", listener.local_addr().unwrap());
        drop(listener);
        assert!(Bidi::connect(&address).await.is_err());
    }
}
