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
    entries: HashMap<String, Entry>,
}

/// A body with its type.
#[derive(Debug)]
pub struct Entry {
    mime: HeaderValue,
    body: Body,
}

impl Store {
    /// Serves `body` at `path`.
    pub fn insert(&mut self, path: &str, mime: &'static str, body: Body) {
        self.entries.insert(path.to_owned(), Entry { mime: HeaderValue::from_static(mime), body });
    }

    /// What is served at `path`.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Entry> {
        self.entries.get(path)
    }
}

impl Entry {
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
