//! A browser that is none: contenders behave as a script says, in no time. For tests of whatever drives browsers.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::Duration;

use futures_util::future::LocalBoxFuture;
use serde_json::{Value, json};

use super::{Browser, DriverError, Heap, Launcher, Page, Work};
use crate::protocol::{ContenderUrls, SessionEnd, TrialSpec};

/// What an empty page holds, bytes.
pub const EMPTY_PAGE_BYTES: u64 = 1_000_000;

/// The version of fake browsers.
pub const VERSION: &str = "148.0";
/// The version of those that were updated.
pub const UPDATED: &str = "156.0";

/// How a contender behaves, by the path of its module.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Behaviour {
    /// Answers in this many nanoseconds.
    Takes(f64),
    /// Answers in the first time while it is timed for long, as in a warm-up, and in the other time in single batches.
    SpeedsUp(f64, f64),
    /// Answers in the first time in every second page that has nothing cached, and in the other time in the rest.
    Wavers(f64, f64),
    /// Throws at its first call.
    Throws,
    /// Throws once it is timed.
    ThrowsLater,
    /// Never answers once it is timed.
    Hangs,
    /// Takes the browser down once it is timed.
    Kills,
    /// Keeps so many bytes of a session until it is released.
    Keeps(u64),
    /// Throws in its fourth session.
    ThrowsInSession,
    /// Hangs in its fourth session.
    HangsInSession,
}

/// Launches fake browsers.
#[derive(Debug, Clone)]
pub struct FakeLauncher {
    script: Rc<BTreeMap<String, Behaviour>>,
    /// Launches and deaths that are still to come, in the order of launches; then all live.
    fates: Rc<RefCell<Vec<Fate>>>,
    /// Coming times of the sentinel, the last one first; after them always a millisecond.
    pub sentinel_ns: Rc<RefCell<Vec<f64>>>,
    /// Whose turn it is of those that waver.
    turn: Rc<RefCell<bool>>,
    /// Browsers launched so far.
    pub launched: Rc<RefCell<u32>>,
}

/// What becomes of a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It cannot be launched.
    NotLaunched,
    /// It dies at this trial, counted from 0.
    DiesAt(u32),
    /// It does not answer this trial, counted from 0, nor any after it.
    FallsSilentAt(u32),
    /// It takes no command that would make a page slower.
    RefusesToSlowDown,
    /// It is of another version than those before.
    IsUpdated,
    /// Nothing.
    Lives,
}

impl FakeLauncher {
    /// Contenders by the path of their module, and the fates of the first browsers.
    pub fn new(script: &[(&str, Behaviour)], fates: &[Fate]) -> Self {
        let script = script.iter().map(|(module, behaviour)| ((*module).to_owned(), *behaviour)).collect();
        let fates = fates.iter().rev().copied().collect();
        Self {
            script: Rc::new(script),
            fates: Rc::new(RefCell::new(fates)),
            sentinel_ns: Rc::default(),
            turn: Rc::default(),
            launched: Rc::default(),
        }
    }
}

impl Launcher for FakeLauncher {
    fn launch(&self) -> Work<'_, Box<dyn Browser>> {
        Box::pin(async { Ok(Box::new(self.browser()?) as _) })
    }

    fn flags(&self) -> &[String] {
        &[]
    }
}

impl FakeLauncher {
    fn browser(&self) -> Result<FakeBrowser, DriverError> {
        *self.launched.borrow_mut() += 1;
        let fate = self.fates.borrow_mut().pop().unwrap_or(Fate::Lives);
        let trials_left = match fate {
            Fate::NotLaunched => return Err(DriverError::Gone("the browser did not start".to_owned())),
            Fate::DiesAt(trial) | Fate::FallsSilentAt(trial) => Some(trial),
            Fate::RefusesToSlowDown | Fate::IsUpdated | Fate::Lives => None,
        };
        Ok(FakeBrowser {
            launcher: self.clone(),
            trials_left: Rc::new(RefCell::new(trials_left)),
            fate,
            cache: Rc::default(),
        })
    }
}

/// A fake browser.
#[derive(Clone)]
pub struct FakeBrowser {
    launcher: FakeLauncher,
    trials_left: Rc<RefCell<Option<u32>>>,
    fate: Fate,
    /// Origins whose pages have fetched their contender.
    cache: Rc<RefCell<BTreeSet<String>>>,
}

impl Browser for FakeBrowser {
    fn version(&self) -> &str {
        if self.fate == Fate::IsUpdated { UPDATED } else { VERSION }
    }

    fn open<'a>(&'a self, origin: &'a str) -> Work<'a, Box<dyn Page>> {
        let page = FakePage {
            browser: self.clone(),
            origin: origin.to_owned(),
            behaviour: RefCell::new(Behaviour::Takes(0.0)),
            sessions: RefCell::new(0),
            kept: RefCell::new(0),
        };
        Box::pin(async { Ok(Box::new(page) as _) })
    }

    fn close(self: Box<Self>) -> LocalBoxFuture<'static, ()> {
        Box::pin(async {})
    }
}

/// A page of a fake browser.
pub struct FakePage {
    browser: FakeBrowser,
    origin: String,
    behaviour: RefCell<Behaviour>,
    sessions: RefCell<u32>,
    /// Bytes of sessions that were not released.
    kept: RefCell<u64>,
}

impl Page for FakePage {
    fn put<'a>(&'a self, spec: &'a TrialSpec, timeout: Duration) -> Work<'a, Value> {
        Box::pin(async move { self.report(spec, timeout) })
    }

    fn slow_down(&self) -> Option<Work<'_, ()>> {
        let refused = || DriverError::Threw("the browser refused Network.enable: no".to_owned());
        let came = if self.browser.fate == Fate::RefusesToSlowDown { Err(refused()) } else { Ok(()) };
        Some(Box::pin(async { came }))
    }

    fn heap(&self) -> Option<Work<'_, Heap>> {
        let heap = Heap { used: EMPTY_PAGE_BYTES + *self.kept.borrow(), buffers: None };
        Some(Box::pin(async move { Ok(heap) }))
    }

    fn close(self: Box<Self>) -> LocalBoxFuture<'static, ()> {
        Box::pin(async {})
    }
}

impl FakePage {
    fn report(&self, spec: &TrialSpec, timeout: Duration) -> Result<Value, DriverError> {
        match &mut *self.browser.trials_left.borrow_mut() {
            Some(0) if matches!(self.browser.fate, Fate::FallsSilentAt(_)) => {
                return Err(DriverError::TimedOut(timeout));
            }
            Some(0) => return Err(DriverError::Gone("the browser or its page died".to_owned())),
            Some(left) => *left -= 1,
            None => {}
        }
        let report = match spec {
            TrialSpec::Probe => {
                let machine = json!({ "system": "Fake", "architecture": "none", "cores": 1 });
                json!({ "cross_origin_isolated": true, "quantum_ns": 5000.0, "machine": machine })
            }
            TrialSpec::Input { .. } => json!({ "bytes": 1 }),
            TrialSpec::Fetch { .. } => {
                self.browser.cache.borrow_mut().insert(self.origin.clone());
                json!({ "bytes": 1 })
            }
            TrialSpec::Start { contender, .. } => self.start(contender)?,
            TrialSpec::FirstPaint { contender } => json!({ "ns": if contender.is_some() { 18e6 } else { 16e6 } }),
            TrialSpec::Batches { calls, at_least_ms, sentinel, .. } => {
                let mut report = self.batches(*calls, *at_least_ms, timeout)?;
                let next = || self.browser.launcher.sentinel_ns.borrow_mut().pop().unwrap_or(1e6);
                report["sentinel_ns"] = json!(sentinel.then(next));
                report
            }
            TrialSpec::Instance { contender, .. } => {
                self.behaviour.replace(self.browser.launcher.script[&contender.module]);
                json!({ "releases": matches!(*self.behaviour.borrow(), Behaviour::Keeps(_)) })
            }
            TrialSpec::Session { end } => self.session(*end, timeout)?,
            TrialSpec::Webgpu => json!({}),
            TrialSpec::Linear => json!({ "linear_bytes": null }),
            TrialSpec::Attempt { .. } => json!({ "found": { "fetched": [] } }),
            TrialSpec::List { .. } => json!({ "paths": [] }),
            TrialSpec::Same { .. } => json!({ "difference": null }),
        };
        Ok(report)
    }

    fn start(&self, contender: &ContenderUrls) -> Result<Value, DriverError> {
        let cached = !self.browser.cache.borrow_mut().insert(self.origin.clone());
        let mut behaviour = self.browser.launcher.script[&contender.module];
        if let Behaviour::Wavers(first, other) = behaviour {
            let turn = *self.browser.launcher.turn.borrow();
            if !cached {
                self.browser.launcher.turn.replace(!turn);
            }
            behaviour = Behaviour::Takes(if turn { other } else { first });
        }
        self.behaviour.replace(behaviour);
        if behaviour == Behaviour::Throws {
            return Err(DriverError::Threw("Error: no".to_owned()));
        }
        Ok(json!({
            "phases": { "total_ns": 2e6, "fetch": 1e6, "evaluate": 5e5, "first_call": 5e5, "cached": cached },
            "answer_sha256": contender.module,
            "parts": ["call"],
            "timeline": { "begin": 0.0, "phases": [{ "phase": "fetch", "until": 1.0 }, { "phase": "first_call", "until": 2.0 }] },
        }))
    }

    fn session(&self, end: SessionEnd, timeout: Duration) -> Result<Value, DriverError> {
        let session = self.sessions.replace_with(|done| *done + 1);
        match *self.behaviour.borrow() {
            Behaviour::ThrowsInSession if session == 3 => return Err(DriverError::Threw("Error: no".to_owned())),
            Behaviour::HangsInSession if session == 3 => return Err(DriverError::TimedOut(timeout)),
            Behaviour::Keeps(bytes) if end == SessionEnd::Kept => *self.kept.borrow_mut() += bytes,
            _ => {}
        }
        Ok(json!({ "linear_bytes": null }))
    }

    fn batches(&self, calls: u32, at_least_ms: f64, timeout: Duration) -> Result<Value, DriverError> {
        match *self.behaviour.borrow() {
            Behaviour::Takes(_) | Behaviour::SpeedsUp(..) => {
                let ns = match *self.behaviour.borrow() {
                    Behaviour::SpeedsUp(ns, _) if at_least_ms > 0.0 => ns,
                    Behaviour::SpeedsUp(_, ns) | Behaviour::Takes(ns) => ns,
                    _ => f64::NAN,
                };
                let batch = ns * f64::from(calls);
                let count = (at_least_ms * 1e6 / batch).ceil().max(1.0) as usize;
                Ok(json!({ "ns": vec![batch; count], "checksum": 0.0 }))
            }
            Behaviour::Hangs => Err(DriverError::TimedOut(timeout)),
            Behaviour::Kills => Err(DriverError::Gone("the browser or its page died".to_owned())),
            // A wavering page got its time when it was loaded.
            Behaviour::Wavers(..)
            | Behaviour::Throws
            | Behaviour::ThrowsLater
            | Behaviour::Keeps(_)
            | Behaviour::ThrowsInSession
            | Behaviour::HangsInSession => Err(DriverError::Threw("Error: no".to_owned())),
        }
    }
}
