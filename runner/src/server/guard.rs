//! Which requests the server answers: those of pages of its own origins, not any that reach its port.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// The origins that were given to pages, each once: `http://p0.localhost:PORT` and so on.
#[derive(Debug, Clone)]
pub struct Origins {
    port: u16,
    given: Arc<AtomicU32>,
}

impl Origins {
    /// None yet, of a server at this port.
    #[must_use]
    pub fn new(port: u16) -> Self {
        Self { port, given: Arc::default() }
    }

    /// Their port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// One that was not given before.
    #[must_use]
    pub fn fresh(&self) -> String {
        let number = self.given.fetch_add(1, Ordering::Relaxed);
        format!("http://p{number}.localhost:{}", self.port)
    }

    /// The origin that a request is for, if it is one of these. Other names of this machine are none: a foreign page
    /// can have its own name resolve to this machine.
    fn asked(&self, headers: &HeaderMap) -> Option<String> {
        let host = text(headers, header::HOST)?;
        let number = host.strip_prefix('p')?.strip_suffix(&format!(".localhost:{}", self.port))?;
        // As it was written when it was given: no sign and no zeros in front.
        let given = number.parse::<u32>().ok().filter(|given| given.to_string() == number)?;
        (given < self.given.load(Ordering::Relaxed)).then(|| format!("http://{host}"))
    }

    /// Whether a request comes from where it goes to. Browsers say of each request which page makes it; one that says
    /// nothing may read, and nothing else.
    fn lets_in(&self, method: &Method, headers: &HeaderMap) -> bool {
        let Some(own) = self.asked(headers) else { return false };
        let is_read = matches!(*method, Method::GET | Method::HEAD);
        let is_own_page = match text(headers, header::ORIGIN) {
            Some(origin) => origin == own,
            None => is_read,
        };
        // `none` is the person, or the driver, that opens the page.
        is_own_page && matches!(text(headers, "sec-fetch-site"), None | Some("same-origin" | "none"))
    }
}

fn text(headers: &HeaderMap, name: impl header::AsHeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// Refuses foreign requests, and isolates the pages that get an answer.
pub async fn guard(State(origins): State<Origins>, request: Request, next: Next) -> Response {
    if !origins.lets_in(request.method(), request.headers()) {
        return (StatusCode::FORBIDDEN, "this server answers only its own pages").into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-embedder-policy", HeaderValue::from_static("require-corp"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("frame-ancestors 'self'"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a request with these headers is let in; two origins were given.
    fn lets_in(method: &Method, headers: &[(&'static str, &'static str)]) -> bool {
        let origins = Origins::new(81);
        assert_eq!([origins.fresh(), origins.fresh()], ["http://p0.localhost:81", "http://p1.localhost:81"]);
        let headers = headers
            .iter()
            .map(|(name, value)| (header::HeaderName::from_static(name), HeaderValue::from_static(value)));
        origins.lets_in(method, &headers.collect())
    }

    #[test]
    fn only_names_that_were_given_are_answered_to() {
        assert!(lets_in(&Method::GET, &[("host", "p0.localhost:81")]));
        assert!(lets_in(&Method::GET, &[("host", "p1.localhost:81")]));
        for host in [
            "p2.localhost:81",
            "p0.localhost:82",
            "p0.localhost",
            "p00.localhost:81",
            "p+0.localhost:81",
            "p.localhost:81",
            "localhost:81",
            "127.0.0.1:81",
            "rebound.example:81",
            "p0.localhost:81.example",
            "x.p0.localhost:81",
        ] {
            assert!(!lets_in(&Method::GET, &[("host", host)]), "{host}");
        }
        assert!(!lets_in(&Method::GET, &[]));
    }

    #[test]
    fn a_foreign_page_changes_nothing_and_reads_nothing() {
        let host = ("host", "p0.localhost:81");
        assert!(lets_in(&Method::POST, &[host, ("origin", "http://p0.localhost:81")]));
        assert!(!lets_in(&Method::POST, &[host]), "curl");
        for origin in ["http://p1.localhost:81", "http://localhost:81", "https://elsewhere.example", "null", ""] {
            assert!(!lets_in(&Method::POST, &[host, ("origin", origin)]), "{origin}");
            assert!(!lets_in(&Method::GET, &[host, ("origin", origin)]), "{origin}");
        }
        for site in ["same-origin", "none"] {
            assert!(lets_in(&Method::GET, &[host, ("sec-fetch-site", site)]), "{site}");
        }
        for site in ["cross-site", "same-site"] {
            assert!(!lets_in(&Method::GET, &[host, ("sec-fetch-site", site)]), "{site}");
        }
    }
}
