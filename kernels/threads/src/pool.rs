//! A pool whose caller never waits: a page must not, so it works as well, and spins until the last helper is done.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, TryLockError};

/// What is done with one part of a job, by its number and how many there are.
type Work = dyn Fn(usize, usize) + Sync;

/// What helpers find when they look.
struct Posted {
    /// How many helpers have joined.
    helpers: usize,
    /// Counts the jobs.
    number: u64,
    /// The newest of them, until it is done.
    work: Option<&'static Work>,
}

/// Threads that help one caller with one job at a time.
pub struct Pool {
    posted: Mutex<Posted>,
    changed: Condvar,
    /// Helpers that have not finished their part yet.
    at_work: AtomicUsize,
}

impl Pool {
    /// A pool without helpers: its caller does everything.
    #[must_use]
    pub const fn new() -> Self {
        let posted = Posted { helpers: 0, number: 0, work: None };
        Self { posted: Mutex::new(posted), changed: Condvar::new(), at_work: AtomicUsize::new(0) }
    }

    /// How many parts a job has that begins now; more, if helpers join until then.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.lock_spinning().helpers + 1
    }

    /// Calls `work(part, parts)` once for every part: part 0 here, and each other by one helper. Returns when all are done.
    pub fn run(&self, work: &(dyn Fn(usize, usize) + Sync)) {
        // SAFETY: helpers have the reference only while they are counted in `at_work`, and `Done` does not let this
        // function end, not even by a panic, before that is 0.
        let work: &'static Work = unsafe { std::mem::transmute::<&(dyn Fn(usize, usize) + Sync), &'static Work>(work) };
        let parts = {
            let mut posted = self.lock_spinning();
            self.at_work.store(posted.helpers, Ordering::Relaxed);
            posted.number += 1;
            posted.work = Some(work);
            posted.helpers + 1
        };
        self.changed.notify_all();
        let _done = Done(self);
        work(0, parts);
    }

    /// Makes the current thread a helper, for good. `joined` is called once that is so.
    pub fn help(&self, joined: impl FnOnce()) -> ! {
        let (part, mut seen) = {
            let mut posted = self.posted.lock().unwrap_or_else(PoisonError::into_inner);
            posted.helpers += 1;
            (posted.helpers, posted.number)
        };
        joined();
        loop {
            let (work, parts) = {
                let posted = self.posted.lock().unwrap_or_else(PoisonError::into_inner);
                let is_old = |posted: &mut Posted| posted.number == seen;
                let posted = self.changed.wait_while(posted, is_old).unwrap_or_else(PoisonError::into_inner);
                seen = posted.number;
                (posted.work, posted.helpers + 1)
            };
            if let Some(work) = work {
                work(part, parts);
            }
            self.at_work.fetch_sub(1, Ordering::Release);
        }
    }

    /// Helpers hold the lock for moments only.
    fn lock_spinning(&self) -> MutexGuard<'_, Posted> {
        loop {
            match self.posted.try_lock() {
                Ok(posted) => return posted,
                Err(TryLockError::Poisoned(posted)) => return posted.into_inner(),
                Err(TryLockError::WouldBlock) => std::hint::spin_loop(),
            }
        }
    }
}

impl Default for Pool {
    fn default() -> Self {
        Self::new()
    }
}

/// Spins until all helpers are done, when it is dropped.
struct Done<'a>(&'a Pool);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        while self.0.at_work.load(Ordering::Acquire) > 0 {
            std::hint::spin_loop();
        }
        self.0.lock_spinning().work = None;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn every_part_of_every_job_is_done_once_by_however_many_there_are() {
        static POOL: Pool = Pool::new();
        for helpers in 0..4 {
            for round in 0..200_usize {
                let counts: Vec<AtomicUsize> = (0..=helpers).map(|_| AtomicUsize::new(0)).collect();
                POOL.run(&|part, parts| {
                    assert_eq!(parts, helpers + 1);
                    assert_eq!(POOL.parts(), parts);
                    counts[part].fetch_add(round, Ordering::Relaxed);
                });
                assert!(counts.iter().all(|count| count.load(Ordering::Relaxed) == round));
            }
            let (joined, has_joined) = channel();
            std::thread::spawn(move || POOL.help(move || joined.send(()).unwrap()));
            has_joined.recv().unwrap();
        }
    }

    #[test]
    fn a_panic_waits_for_the_helpers() {
        static POOL: Pool = Pool::new();
        static FINISHED: AtomicUsize = AtomicUsize::new(0);
        let (joined, has_joined) = channel();
        std::thread::spawn(move || POOL.help(move || joined.send(()).unwrap()));
        has_joined.recv().unwrap();
        let panicked = std::panic::catch_unwind(|| {
            POOL.run(&|part, _| {
                assert_ne!(part, 0, "the caller's part");
                std::thread::sleep(std::time::Duration::from_millis(20));
                FINISHED.fetch_add(1, Ordering::Relaxed);
            });
        });
        assert!(panicked.is_err());
        assert_eq!(FINISHED.load(Ordering::Relaxed), 1);
    }
}
