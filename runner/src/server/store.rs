//! What the server can serve: bodies by path, each with its precompressed forms.

use std::collections::HashMap;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// One file's bytes, and its compressed forms where it ships compressed.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// As it is.
    pub plain: Bytes,
    /// gzip.
    pub gzip: Option<Bytes>,
    /// brotli.
    pub brotli: Option<Bytes>,
}

impl Body {
    /// A body that is served as it is.
    #[must_use]
    pub fn plain(bytes: Vec<u8>) -> Self {
        Self { plain: bytes.into(), gzip: None, brotli: None }
    }
}

/// Bodies by path.
#[derive(Debug, Default)]
pub struct Store {
    entries: HashMap<String, StoredBody>,
}

/// A body with its type.
#[derive(Debug)]
pub struct StoredBody {
    mime: HeaderValue,
    body: Body,
}

impl Store {
    /// Serves `body` at `path`.
    pub fn insert(&mut self, path: &str, mime: &'static str, body: Body) {
        self.entries.insert(path.to_owned(), StoredBody { mime: HeaderValue::from_static(mime), body });
    }

    /// Bodies whose paths begin with `folder`, with their paths.
    pub fn bodies_below(&mut self, folder: &str) -> impl Iterator<Item = (&str, &mut Body)> {
        let below = self.entries.iter_mut().filter(move |(path, _)| path.starts_with(folder));
        below.map(|(path, entry)| (path.as_str(), &mut entry.body))
    }

    /// What is served at `path`.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&StoredBody> {
        self.entries.get(path)
    }
}

impl StoredBody {
    /// The response to a client that sent `headers`: brotli if it takes that, else gzip, else plain.
    #[must_use]
    pub fn response(&self, headers: &HeaderMap) -> Response {
        let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let accepts =
            |coding: &str| accepted.split(',').any(|item| item.split(';').next().map(str::trim) == Some(coding));
        let (coding, bytes) = match &self.body {
            Body { brotli: Some(bytes), .. } if accepts("br") => (Some("br"), bytes),
            Body { gzip: Some(bytes), .. } if accepts("gzip") => (Some("gzip"), bytes),
            Body { plain, .. } => (None, plain),
        };
        let mut response = bytes.clone().into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, self.mime.clone());
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        // Fresh contexts start with an empty cache; a page that asks twice gets the cached copy, as it would in production.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
        if let Some(coding) = coding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_accepted_coding_is_served() {
        let mut store = Store::default();
        let body = Body { plain: "plain".into(), gzip: Some("gzip".into()), brotli: Some("brotli".into()) };
        store.insert("/x", "text/javascript", body);
        let coding = |accepted: &'static str| {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted))]);
            let response = store.get("/x").unwrap().response(&headers);
            response.headers().get(header::CONTENT_ENCODING).map(|coding| coding.to_str().unwrap().to_owned())
        };
        assert_eq!(coding("gzip, deflate, br;q=0.9").as_deref(), Some("br"));
        assert_eq!(coding("gzip").as_deref(), Some("gzip"));
        assert_eq!(coding("identity"), None);
    }
}
