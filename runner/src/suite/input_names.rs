//! Names of inputs that are the user's files: the file name, with folders before it where two would be the same. Pure.

use std::path::{Component, Path};

use crossover_reports::report::wording::printable;

/// The longest name, characters.
const LONGEST: usize = 60;

/// A name for each file. Files with the same name get as many folders before it as make them differ.
#[must_use]
pub fn distinct_names(files: &[&Path]) -> Vec<String> {
    let parts: Vec<Vec<String>> = files.iter().map(|file| parts(file)).collect();
    let name = |at: usize, length: usize| {
        let parts = &parts[at];
        parts[parts.len().saturating_sub(length)..].join("/")
    };
    let is_alone =
        |at: usize, length: usize| (0..files.len()).all(|other| other == at || name(other, length) != name(at, length));
    let named = (0..files.len()).map(|at| {
        let length = (1..=parts[at].len()).find(|length| is_alone(at, *length));
        // The same file twice has the same name twice. The plan reports that.
        shortened(&name(at, length.unwrap_or(1)), LONGEST)
    });
    named.collect()
}

fn parts(file: &Path) -> Vec<String> {
    let name = |part: Component<'_>| match part {
        Component::Normal(name) => Some(printable(&name.to_string_lossy())),
        _ => None,
    };
    file.components().filter_map(name).collect()
}

/// Cuts the middle out of a name of more than `most` characters: the names of a series differ at their ends.
#[must_use]
pub fn shortened(name: &str, most: usize) -> String {
    let chars: Vec<char> = name.chars().collect();
    if chars.len() <= most {
        return name.to_owned();
    }
    let end = most / 2;
    let (begin, end) = (&chars[..most - end - 1], &chars[chars.len() - end..]);
    begin.iter().chain(&['…']).chain(end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(files: &[&str]) -> Vec<String> {
        distinct_names(&files.iter().map(Path::new).collect::<Vec<_>>())
    }

    #[test]
    fn files_of_the_same_name_get_their_folders() {
        assert_eq!(names(&["a/x.txt", "b/y.txt"]), ["x.txt", "y.txt"]);
        assert_eq!(names(&["/p/a/input.txt", "/p/b/input.txt", "/p/c.txt"]), ["a/input.txt", "b/input.txt", "c.txt"]);
        assert_eq!(names(&["a/v/in", "b/v/in", "b/w/in"]), ["a/v/in", "b/v/in", "w/in"]);
        assert_eq!(names(&["in", "a/in"]), ["in", "a/in"]);
    }

    #[test]
    fn the_same_file_twice_has_one_name() {
        assert_eq!(names(&["a/in", "a/in"]), ["in", "in"]);
    }

    #[test]
    fn long_names_keep_both_ends_and_control_characters_are_replaced() {
        let long = format!("{}-of-2.txt", "x".repeat(80));
        let [name] = &names(&[&long])[..] else { panic!("one name") };
        assert!(name.chars().count() == LONGEST && name.starts_with("xxx") && name.ends_with("-of-2.txt"), "{name}");
        assert_eq!(names(&["a\nb\u{1b}"]), ["a b "]);
    }
}
