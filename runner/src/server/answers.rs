//! Answers on their way from a page to the runner.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::answer::Answer;

/// Answers that are waited for, by token. Only an expected token takes a body, and only once.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    slots: Arc<Mutex<HashMap<u64, Option<Answer>>>>,
    next: Arc<AtomicU64>,
}

impl Answers {
    /// A new token.
    pub fn expect(&self) -> u64 {
        let token = self.next.fetch_add(1, Ordering::Relaxed);
        self.slots().insert(token, None);
        token
    }

    /// Keeps `answer` for `token`; whether it was waited for.
    pub fn put(&self, token: u64, answer: Answer) -> bool {
        match self.slots().get_mut(&token) {
            Some(slot @ None) => {
                *slot = Some(answer);
                true
            }
            _ => false,
        }
    }

    /// Ends the wait for `token` and gives what came.
    pub fn take(&self, token: u64) -> Option<Answer> {
        self.slots().remove(&token).flatten()
    }

    fn slots(&self) -> MutexGuard<'_, HashMap<u64, Option<Answer>>> {
        // A panic while the lock was held leaves a map that is still whole.
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
