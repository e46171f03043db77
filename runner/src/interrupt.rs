//! Ctrl-C before anything is measured: the programs we started end with us. Later, the run ends in good order itself.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::process;

/// The exit code of an interrupted command.
const INTERRUPTED: i32 = 130;

static IS_HANDLED: AtomicBool = AtomicBool::new(false);

/// Watches for Ctrl-C on a thread of its own, until [`hand_over`].
pub fn watch() {
    // Without a thread or a runtime an interrupt just ends this process, as it would without us.
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
    std::thread::spawn(move || {
        runtime.block_on(async {
            let heard = tokio::signal::ctrl_c().await;
            if heard.is_ok() && !IS_HANDLED.load(Ordering::SeqCst) {
                // Builds and installers run in process groups of their own, which the terminal's signal does not reach.
                process::end_all();
                std::process::exit(INTERRUPTED);
            }
        });
    });
}

/// From now on the caller sees to interrupts.
pub fn hand_over() {
    IS_HANDLED.store(true, Ordering::SeqCst);
}
