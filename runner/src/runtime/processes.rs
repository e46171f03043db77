//! The processes that run pages of a browser on this machine, as Linux lists them.

use std::collections::HashMap;
use std::fs;

/// A process, as `/proc/ID/stat` describes it (proc_pid_stat(5)).
pub struct RendererProcess {
    /// Its number.
    pub id: i32,
    parent: i32,
    /// Time spent in user mode, ticks.
    pub busy: u64,
    /// The core that its first thread was last on.
    pub core: usize,
}

/// The processes that run the pages of browsers which the process `ancestor` has started, directly or not.
#[must_use]
pub fn pages_below(ancestor: i32) -> Vec<RendererProcess> {
    let ids = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = ids.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    let processes: Vec<_> = ids.filter_map(process).collect();
    let parents: HashMap<_, _> = processes.iter().map(|process| (process.id, process.parent)).collect();
    // A process has some few ancestors; a list that was read while it changed might go in circles.
    let is_below =
        |id| std::iter::successors(Some(id), |id| parents.get(id).copied()).take(32).any(|id| id == ancestor);
    processes.into_iter().filter(|process| is_below(process.id) && is_page(process.id)).collect()
}

fn process(id: i32) -> Option<RendererProcess> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name, in parentheses, may hold anything; what follows begins with the third field.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let field = |number: usize| fields.get(number - 3);
    Some(RendererProcess {
        id,
        parent: field(4)?.parse().ok()?,
        busy: field(14)?.parse().ok()?,
        core: field(39)?.parse().ok()?,
    })
}

fn is_page(id: i32) -> bool {
    runs_pages(&fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default())
}

/// Whether a process with this command line runs pages: Chromium's renderers, those that Firefox calls `tab`, and WebKit's own
/// program for them. Words end with a zero byte; processes that a browser forks and renames have spaces instead.
fn runs_pages(command_line: &[u8]) -> bool {
    let program = command_line.split(|byte| *byte == 0).next().unwrap_or_default();
    if program.ends_with(b"/WebKitWebProcess") {
        return true;
    }
    let words = command_line.split(|byte| *byte == 0 || *byte == b' ').filter(|word| !word.is_empty());
    let (mut renderer, mut content, mut last) = (false, false, &b""[..]);
    for word in words {
        renderer |= word == b"--type=renderer";
        content |= word == b"-contentproc";
        last = word;
    }
    renderer || content && last == b"tab"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_processes_that_run_pages_are_told_from_the_others_of_a_browser() {
        for (line, runs) in [
            ("/usr/lib/chromium/chromium\0--type=renderer\0--lang=en\0", true),
            ("/usr/lib/chromium/chromium --type=renderer --lang=en", true),
            ("/usr/lib/chromium/chromium\0--type=gpu-process\0", false),
            ("/usr/lib/firefox-esr/firefox-esr\0-contentproc\0-isForBrowser\0-appDir\0/usr/lib\x003\0tab\0", true),
            ("/usr/lib/firefox/firefox -contentproc -isForBrowser -appDir /usr/lib 3 tab", true),
            ("/usr/lib/firefox-esr/firefox-esr\0-contentproc\0-appDir\0/usr/lib\x001\0socket\0", false),
            ("/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/WebKitWebProcess\x004\x0012\x0020\0", true),
            ("/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/WebKitNetworkProcess\x001\x009\0", false),
            ("tail\0-f\0tab\0", false),
            ("", false),
        ] {
            assert_eq!(runs_pages(line.as_bytes()), runs, "{line}");
        }
    }
}
