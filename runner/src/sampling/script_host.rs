//! What ran the scripts of a profile, known by their addresses.

use serde::Serialize;

/// What ran the scripts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScriptHost {
    /// A page, or Electron, which has pages.
    #[default]
    Browser,
    /// Node.js.
    Node,
}

/// Node.js' modules that have an address without folder and scheme, before version 15. Files of the user's have a whole path.
const MODULES: &str = "_debug_agent _debugger _http_agent _http_client _http_common _http_incoming _http_outgoing _http_server \
                       _linklist _stream_duplex _stream_passthrough _stream_readable _stream_transform _stream_wrap \
                       _stream_writable _tls_common _tls_legacy _tls_wrap assert async_hooks bootstrap_node buffer \
                       child_process cluster console constants crypto dgram diagnostics_channel dns domain events \
                       freelist fs http http2 https inspector module net node os path perf_hooks process punycode \
                       querystring readline repl smalloc stream string_decoder sys timers tls trace_events tracing tty url \
                       util v8 vm wasi worker_threads zlib";

impl ScriptHost {
    /// Decides by the addresses of all scripts. Those of Electron's pages run in a browser that has Node.js' modules.
    #[must_use]
    pub fn of<'a>(urls: impl Iterator<Item = &'a str>) -> Self {
        let mut host = Self::Browser;
        for url in urls {
            if ["http:", "https:", "node:electron", "electron/"].iter().any(|scheme| url.starts_with(scheme)) {
                return Self::Browser;
            }
            if is_internal(url) {
                host = Self::Node;
            }
        }
        host
    }

    /// Whether a script is the host's own.
    #[must_use]
    pub fn owns(self, url: &str) -> bool {
        let is_module =
            |url: &str| url.strip_suffix(".js").is_some_and(|name| MODULES.split(' ').any(|own| own == name));
        self == Self::Node && (is_internal(url) || is_module(url))
    }
}

/// Addresses that only Node.js gives.
fn is_internal(url: &str) -> bool {
    url.starts_with("node:") || url.starts_with("internal/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_is_known_by_its_own_modules_and_owns_those_without_a_folder() {
        let node = ScriptHost::of(["/home/a/app.js", "internal/modules/cjs/loader.js"].into_iter());
        assert_eq!((node, ScriptHost::of(["node:fs"].into_iter())), (ScriptHost::Node, ScriptHost::Node));
        for page in [vec!["buffer.js"], vec!["node:electron/init", "node:fs"], vec!["https://a.test/a.js", "node:fs"]] {
            assert_eq!(ScriptHost::of(page.iter().copied()), ScriptHost::Browser, "{page:?}");
        }
        assert!(node.owns("buffer.js") && node.owns("internal/timers.js") && node.owns("node:fs"));
        assert!(!node.owns("/home/a/buffer.js") && !node.owns("app.js") && !ScriptHost::Browser.owns("buffer.js"));
    }
}
