//! The address of a server that starts browsers on another machine. Its credentials are never shown.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use tokio_tungstenite::tungstenite::http::Uri;

/// A server that starts browsers on another machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Endpoint {
    /// A Playwright server, `playwright run-server`.
    Playwright(Address),
    /// A Selenium Grid.
    Grid(Address),
}

/// An address with its credentials. Neither [`fmt::Display`] nor [`fmt::Debug`] shows them.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    secret: String,
    shown: String,
    user: Option<String>,
}

impl FromStr for Endpoint {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const FIX: &str = "write ws://HOST:PORT/ for a Playwright server, or http://HOST:PORT for a Selenium Grid";
        let uri: Uri = text.trim().parse().map_err(|_| FIX.to_owned())?;
        let (scheme, authority) = uri.scheme_str().zip(uri.authority()).ok_or(FIX)?;
        let (user, host) = match authority.as_str().rsplit_once('@') {
            Some((user, host)) => (Some(user), host),
            None => (None, authority.as_str()),
        };
        let has_port = host.rsplit_once(':').is_some_and(|(_, port)| !port.ends_with(']'));
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let address =
            Address { secret: text.trim().to_owned(), shown: format!("{scheme}://{host}"), user: user.map(unescaped) };
        // A handshake has its user in a header and not in the address.
        let plain = Address { secret: format!("{scheme}://{host}{path}"), ..address.clone() };
        match scheme {
            _ if authority.host().is_empty() || (has_port && authority.port_u16().is_none()) => Err(FIX.to_owned()),
            "ws" | "wss" => Ok(Self::Playwright(plain)),
            "http" | "https" => Ok(Self::Grid(address)),
            _ => Err(FIX.to_owned()),
        }
    }
}

impl Endpoint {
    /// Its address.
    #[must_use]
    pub fn address(&self) -> &Address {
        match self {
            Self::Playwright(address) | Self::Grid(address) => address,
        }
    }
}

impl Address {
    /// The whole address with its credentials, for connecting.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// The value of the authorization header, where the address names a user.
    #[must_use]
    pub fn authorization(&self) -> Option<String> {
        let user = self.user.as_ref()?;
        Some(format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(user)))
    }

    /// Takes the credentials out of a message that may quote the whole address.
    #[must_use]
    pub fn redacted(&self, message: &str) -> String {
        let known = [self.secret.as_str(), self.secret.trim_end_matches('/')];
        known.iter().fold(message.to_owned(), |message, secret| message.replace(secret, &self.shown))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

/// Text with its `%41` made what they stand for.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        match (first, code) {
            (b'%', Some(code)) => {
                bytes.push(code);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(text: &str) -> Endpoint {
        text.parse().unwrap()
    }

    #[test]
    fn the_scheme_says_what_it_is() {
        assert!(matches!(endpoint("ws://127.0.0.1:9323/"), Endpoint::Playwright(_)));
        assert!(matches!(endpoint("wss://browsers.example/path"), Endpoint::Playwright(_)));
        assert!(matches!(endpoint("http://[::1]:4444"), Endpoint::Grid(_)));
        for text in ["", "127.0.0.1:9323", "ftp://host", "ws://", "ws:///path", "/path", "ws://host:port/"] {
            assert!(text.parse::<Endpoint>().is_err_and(|fix| fix.contains("ws://HOST:PORT/")), "{text}");
        }
    }

    #[test]
    fn what_lets_in_is_used_and_never_told() {
        for text in ["wss://me:p%40ss@host:1/x?token=s3cret", "https://me:p%40ss@host:1/x?token=s3cret"] {
            let endpoint = endpoint(text);
            let address = endpoint.address();
            assert!(address.secret().ends_with("host:1/x?token=s3cret"));
            let failed = format!("cannot reach {}", address.secret());
            for shown in [address.to_string(), format!("{endpoint:?}"), address.redacted(&failed)] {
                assert!(shown.contains("host:1"), "{shown}");
                assert!(!shown.contains("s3cret") && !shown.contains("ss@"), "{shown}");
            }
            // me:p@ss
            assert_eq!(address.authorization().as_deref(), Some("Basic bWU6cEBzcw=="));
        }
        assert_eq!(endpoint("ws://host").address().authorization(), None);
        assert_eq!(unescaped("a%4"), "a%4");
    }
}
