//! Does the same work on many items, on all cores of this machine.

use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Does `work` on each of `things`, begun in their order; the results are in no order.
///
/// # Errors
/// The first failure of each core ends what that core does; one of them is returned.
pub fn on_all_cores<T: Send, R: Send>(
    things: Vec<T>,
    work: impl Fn(T) -> anyhow::Result<R> + Sync,
) -> anyhow::Result<Vec<R>> {
    let queue = Mutex::new(things.into_iter());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let worker = || std::iter::from_fn(next).map(&work).collect::<anyhow::Result<Vec<R>>>();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let done = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        let ended = workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
        ended.collect::<anyhow::Result<Vec<_>>>()
    })?;
    Ok(done.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_done_once_and_a_failure_is_told() {
        let mut done = on_all_cores((0..100).collect(), |n: u32| Ok(n * 2)).unwrap();
        done.sort_unstable();
        assert_eq!(done, (0..100).map(|n| n * 2).collect::<Vec<_>>());
        let failed = on_all_cores(vec![1, 2, 3], |n: u32| if n == 2 { anyhow::bail!("two") } else { Ok(n) });
        assert_eq!(failed.unwrap_err().to_string(), "two");
    }
}
