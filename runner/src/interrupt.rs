//! Handles signals that end a run: Ctrl-C, SIGTERM and SIGHUP. Usually the process ends, with the programs that it started.
//! While a browser runs, the work is cancelled, and its owner closes the browser.

use std::pin::pin;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::future::{Either, select};
use tokio::sync::watch;

use crate::exit::{Interrupted, Signal};
use crate::process;

/// The first signal that came.
static HEARD: LazyLock<watch::Sender<Option<Signal>>> = LazyLock::new(|| watch::Sender::new(None));

/// How many pieces of work handle a signal themselves.
static GUARDED: AtomicU32 = AtomicU32::new(0);

/// Watches for signals on a separate thread.
pub fn watch() {
    // Without a thread or a runtime a signal just ends this process, as it would without us.
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
    std::thread::spawn(move || {
        let Ok(signal) = runtime.block_on(signals::next()) else { return };
        HEARD.send_replace(Some(signal));
        if GUARDED.load(Ordering::SeqCst) == 0 {
            // Builds and installers run in process groups of their own, which the terminal's signal does not reach.
            process::end_all();
            std::process::exit(i32::from(signal.code()));
        }
        // Further signals are ignored: shells and CI send the same one again, and the process is ending already.
        runtime.block_on(std::future::pending::<()>());
    });
}

/// Does `work`, and cancels it when a signal comes: what it holds is dropped, including browsers.
///
/// # Errors
/// [`Interrupted`], or what the work gives.
pub async fn unless_interrupted<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let _guard = guard();
    let mut heard = HEARD.subscribe();
    let heard = pin!(heard.wait_for(Option::is_some));
    // The signal first: the error of cancelled work is no result.
    let signal = match select(heard, Box::pin(work)).await {
        Either::Left((signal, _)) => signal.ok().and_then(|signal| *signal),
        Either::Right((done, _)) => return done,
    };
    // What a thread of its own runs for the work would be waited for.
    process::end_all();
    // The sender is never dropped, and is waited on until it has one.
    Err(Interrupted(signal.unwrap_or(Signal::Interrupt)).into())
}

/// Whether a signal came.
pub fn is_heard() -> bool {
    HEARD.borrow().is_some()
}

/// Defers signals until the next [`unless_interrupted`], for as long as it lives: for the time between two of them.
#[must_use]
pub fn guard() -> Guard {
    GUARDED.fetch_add(1, Ordering::SeqCst);
    Guard
}

/// While there is one, a signal does not end the process.
pub struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        GUARDED.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(unix)]
mod signals {
    use std::future::poll_fn;
    use std::task::Poll;

    use tokio::signal::unix::{SignalKind, signal};

    use crate::exit::Signal;

    /// Waits for the next handled signal.
    pub async fn next() -> std::io::Result<Signal> {
        let mut handled = vec![(Signal::Interrupt, signal(SignalKind::interrupt())?)];
        handled.push((Signal::Terminate, signal(SignalKind::terminate())?));
        if !is_hangup_ignored() {
            handled.push((Signal::HangUp, signal(SignalKind::hangup())?));
        }
        Ok(poll_fn(|context| {
            let ready =
                handled.iter_mut().find_map(|(signal, stream)| stream.poll_recv(context).is_ready().then_some(*signal));
            ready.map_or(Poll::Pending, Poll::Ready)
        })
        .await)
    }

    /// Whether this process was started so that it outlives its terminal, as by `nohup`.
    #[cfg(target_os = "linux")]
    fn is_hangup_ignored() -> bool {
        let ignored = |status: String| {
            let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"))?.trim().to_owned();
            u64::from_str_radix(&mask, 16).ok()
        };
        // The lowest bit is that of signal 1, SIGHUP.
        std::fs::read_to_string("/proc/self/status").ok().and_then(ignored).is_some_and(|mask| mask & 1 == 1)
    }

    /// Other systems do not report it: there, a run that shall outlive its terminal needs a session of its own.
    #[cfg(not(target_os = "linux"))]
    fn is_hangup_ignored() -> bool {
        false
    }
}

#[cfg(not(unix))]
mod signals {
    use crate::exit::Signal;

    /// The next Ctrl-C.
    pub async fn next() -> std::io::Result<Signal> {
        tokio::signal::ctrl_c().await.map(|()| Signal::Interrupt)
    }
}
