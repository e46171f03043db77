//! The command to run after `crossover scout`, with the best function where it has a name.

use std::path::Path;

use super::findings::Finding;
use crate::sampling;

/// The command that measures a port of the function. `is_file` says whether a path, seen from here, is a file.
#[must_use]
pub fn command(finding: &Finding, is_file: impl Fn(&Path) -> bool) -> String {
    let file = path(&finding.url).filter(|path| is_plain(path) && is_file(Path::new(path)));
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let name = Some(finding.name.as_str()).filter(|name| !name.is_empty() && name.chars().all(is_name));
    let (file, name) = (file.unwrap_or("FILE"), name.unwrap_or("EXPORT"));
    format!("crossover port --js {file}#{name} --input …")
}

/// Whether a shell takes a path as it is.
fn is_plain(path: &str) -> bool {
    !path.starts_with('-') && path.chars().all(|c| c.is_ascii_alphanumeric() || "/._-@+".contains(c))
}

/// The path that an address may have in the project: that of a file, of a module of a bundler, or below the root of a
/// development server.
fn path(url: &str) -> Option<&str> {
    let url = sampling::path(url);
    if let Some(file) = url.strip_prefix("file://") {
        return Some(file);
    }
    let Some((_, rest)) = url.split_once("://") else { return Some(url) };
    let (_, path) = rest.split_once('/')?;
    // Bundlers write `webpack://name/./src/a.js`, Vite serves what is outside its root below `/@fs`.
    path.strip_prefix("@fs").or(path.strip_prefix("./")).or(Some(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_path_where_there_is_such_a_file() {
        for (url, expected) in [
            ("https://a.test/src/md.js?v=2", Some("src/md.js")),
            ("webpack://shop/./src/md.js", Some("src/md.js")),
            ("file:///home/a/src/md.js", Some("/home/a/src/md.js")),
            ("http://localhost:5173/@fs/home/a/md.js", Some("/home/a/md.js")),
            ("https://a.test", None),
        ] {
            assert_eq!(path(url), expected, "{url}");
        }
        assert!(!is_plain("a b.js") && !is_plain("$(x).js") && !is_plain("-x"));
    }
}
