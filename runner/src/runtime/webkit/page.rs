//! A page of WebKit with the harness in it, and the windows of the browser, of which the driver commands one at a time.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::LocalBoxFuture;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::PATIENCE;
use crate::protocol::{Reply, TrialSpec};
use crate::runtime::command_error::CommandError;
use crate::runtime::harness::{Harness, Numbered, ON_ITS_WAY, Outcome, TRIAL};
use crate::runtime::webdriver::WebDriver;
use crate::runtime::{DriverError, Page, Work};

/// How often a page at work is looked after. The driver has no event for one that is replaced, and no answer from it. What is asked
/// is answered by the browser, not by the page.
const LOOKED_AFTER: Duration = Duration::from_secs(1);

/// How often a page that was loaded is asked for its harness, and for how long: the driver says that it is loaded before its
/// modules have run, now and then.
const ASKED_EVERY: Duration = Duration::from_millis(10);

/// The windows of a browser.
pub struct Windows {
    driver: WebDriver,
    /// The one that commands go to.
    current: Mutex<String>,
    /// The one that the browser began with: a session ends with its last.
    first: String,
}

impl Windows {
    /// Those of a session that has just begun.
    ///
    /// # Errors
    /// When it has none.
    pub async fn of(driver: WebDriver) -> Result<Self, DriverError> {
        let first = driver.get("/window", PATIENCE).await.map_err(|error| DriverError::died("open a window", error))?;
        let first = first.as_str().unwrap_or_default().to_owned();
        Ok(Self { driver, current: Mutex::new(first.clone()), first })
    }

    /// Ends the session, if the browser still answers.
    pub async fn end(&self) {
        // One that does not is ended with its process.
        let _ = self.driver.delete("", Duration::from_secs(2)).await;
    }

    /// Does `work` in a window, while no other command is under way.
    async fn within<T>(
        &self,
        window: &str,
        work: impl AsyncFnOnce(&WebDriver) -> Result<T, CommandError>,
    ) -> Result<T, CommandError> {
        let mut current = self.current.lock().await;
        self.select(&mut current, window).await?;
        work(&self.driver).await
    }

    async fn select(&self, current: &mut String, window: &str) -> Result<(), CommandError> {
        if current != window {
            self.driver.post("/window", json!({ "handle": window }), PATIENCE).await?;
            window.clone_into(current);
        }
        Ok(())
    }

    /// Opens a window and makes it the current one.
    async fn open(&self) -> Result<String, CommandError> {
        let mut current = self.current.lock().await;
        let opened = self.driver.post("/window/new", json!({ "type": "window" }), PATIENCE).await?;
        let window = opened["handle"].as_str().unwrap_or_default().to_owned();
        self.select(&mut current, &window).await?;
        Ok(window)
    }

    async fn close(&self, window: &str) -> Result<(), CommandError> {
        let mut current = self.current.lock().await;
        self.select(&mut current, window).await?;
        self.driver.delete("/window", PATIENCE).await?;
        // Commands to a window that is closed are refused.
        self.select(&mut current, &self.first).await
    }
}

/// A page, in a window of its own.
pub struct WebkitPage {
    windows: Arc<Windows>,
    window: String,
    harness: Harness,
}

impl WebkitPage {
    /// Opens a page at `origin`.
    ///
    /// # Errors
    /// When the browser does not open or load it, or the harness does not come.
    pub(super) async fn open(windows: Arc<Windows>, origin: &str) -> Result<Self, DriverError> {
        let window = windows.open().await.map_err(|error| DriverError::died("open a page", error))?;
        let loaded = windows.within(&window, async |driver| {
            driver.post("/url", json!({ "url": origin }), PATIENCE).await?;
            let begun = tokio::time::Instant::now();
            let there = json!({ "script": "return typeof crossover === 'object'", "args": [] });
            while driver.post("/execute/sync", there.clone(), PATIENCE).await? != true && begun.elapsed() < PATIENCE {
                tokio::time::sleep(ASKED_EVERY).await;
            }
            Ok(())
        });
        loaded.await.map_err(|error| DriverError::died("load the page", error))?;
        Ok(Self { windows, window, harness: Harness::at(origin) })
    }

    async fn report(&self, spec: &TrialSpec, timeout: Duration) -> Result<Value, DriverError> {
        let trial = self.harness.next(spec);
        let answered = self.windows.within(&self.window, async |driver| {
            tokio::select! {
                answered = evaluate(driver, &trial, timeout) => answered.map(Some),
                () = self.replaced(driver) => Ok(None),
            }
        });
        match answered.await {
            Ok(Some(reply)) => match trial.outcome(reply)? {
                Outcome::Report(report) => Ok(report),
                Outcome::Left => Err(self.left().await),
            },
            Ok(None) => Err(self.left().await),
            Err(CommandError::TimedOut(limit)) => Err(DriverError::TimedOut(limit)),
            // So the driver calls a page that is replaced by one of its own origin.
            Err(CommandError::Refused { code, .. }) if code == "no such frame" || code == "javascript error" => {
                Err(self.left().await)
            }
            Err(error) => Err(DriverError::died("answer", error)),
        }
    }

    /// Waits until the page has another address than the one that it was opened at.
    async fn replaced(&self, driver: &WebDriver) {
        loop {
            tokio::time::sleep(LOOKED_AFTER).await;
            let address = driver.get("/url", PATIENCE).await.ok();
            if address.as_ref().and_then(Value::as_str).is_some_and(|address| !self.harness.is_at(address)) {
                return;
            }
        }
    }

    /// Why the page does not answer any more: the contender put another one in its place, or it died.
    async fn left(&self) -> DriverError {
        let mut address = self.address().await;
        if address.as_ref().is_ok_and(|address| self.harness.is_at(address)) {
            tokio::time::sleep(ON_ITS_WAY).await;
            address = self.address().await;
        }
        match address {
            Ok(address) => self.harness.left(&address),
            Err(error) => DriverError::died("answer", error),
        }
    }

    async fn address(&self) -> Result<String, CommandError> {
        let address = self.windows.within(&self.window, async |driver| driver.get("/url", PATIENCE).await).await?;
        Ok(address.as_str().unwrap_or_default().to_owned())
    }
}

async fn evaluate(driver: &WebDriver, trial: &Numbered<'_>, timeout: Duration) -> Result<Reply<Value>, CommandError> {
    // Texts, because the driver does not hand on every number as it is.
    let script = format!(
        "const done = arguments[1];
         Promise.resolve(JSON.parse(arguments[0])).then({TRIAL}).then(
             (reply) => done(JSON.stringify(reply)),
             (error) => done(JSON.stringify({{ error: String(error) }})),
         );"
    );
    let call = json!({ "script": script, "args": [json!(trial).to_string()] });
    let answer = driver.post("/execute/async", call, timeout).await?;
    let read = answer.as_str().and_then(|text| serde_json::from_str(text).ok());
    Ok(read.unwrap_or_else(|| Reply::Error("the page asked a question, and there is no user to answer it".to_owned())))
}

impl Page for WebkitPage {
    fn put<'a>(&'a self, spec: &'a TrialSpec, timeout: Duration) -> Work<'a, Value> {
        Box::pin(self.report(spec, timeout))
    }

    fn close(self: Box<Self>) -> LocalBoxFuture<'static, ()> {
        Box::pin(async move {
            // What does not close now ends with the browser.
            let _ = tokio::time::timeout(PATIENCE, self.windows.close(&self.window)).await;
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::runtime::webdriver::tests::driver;

    const ORIGIN: &str = "http://p1.localhost:80";

    /// A page of a driver whose calls have this answer, and what the driver was asked after the session began.
    async fn page(answer: Option<Value>) -> (WebkitPage, Arc<Mutex<Vec<String>>>) {
        let log = Arc::new(Mutex::new(Vec::<String>::new()));
        let asked = Arc::clone(&log);
        let address = driver(move |command, body| {
            let command = command.replace("/session/7", "");
            let nth = asked.lock().unwrap().iter().filter(|earlier| earlier.starts_with(&command)).count();
            let handle = body["handle"].as_str().map_or_else(String::new, |handle| format!(" {handle}"));
            asked.lock().unwrap().push(format!("{command}{handle}"));
            Some(match command.as_str() {
                "POST /session" => json!({ "sessionId": "7", "capabilities": {} }),
                "GET /window" => json!("first"),
                "POST /window/new" => json!({ "handle": "own", "type": "window" }),
                // The harness comes a little after the page.
                "POST /execute/sync" => json!(nth > 0),
                "POST /execute/async" => return answer.clone(),
                "GET /url" => json!("http://far.localhost:80/there"),
                "POST /window" | "POST /url" | "DELETE /window" | "DELETE " => Value::Null,
                other => panic!("{other}"),
            })
        });
        let (driver, _) = WebDriver::begin(address.await, json!({}), PATIENCE).await.unwrap();
        let windows = Windows::of(driver).await.unwrap();
        (WebkitPage::open(Arc::new(windows), ORIGIN).await.unwrap(), log)
    }

    #[tokio::test]
    async fn a_page_is_opened_asked_and_closed_in_a_window_of_its_own() {
        let (page, log) = page(Some(json!("{\"report\":{\"cross_origin_isolated\":true}}"))).await;
        let report = page.put(&TrialSpec::Probe, PATIENCE).await.unwrap();
        assert_eq!(report, json!({ "cross_origin_isolated": true }));
        Box::new(page).close().await;
        let expected = [
            "POST /session",
            "GET /window",
            "POST /window/new",
            "POST /window own",
            "POST /url",
            "POST /execute/sync",
            "POST /execute/sync",
            "POST /execute/async",
            "DELETE /window",
            "POST /window first",
        ];
        assert_eq!(*log.lock().unwrap(), expected);
    }

    #[tokio::test]
    async fn a_page_that_leaves_without_an_answer_is_noticed() {
        let (page, _) = page(None).await;
        let error = page.put(&TrialSpec::Probe, Duration::from_secs(20)).await.unwrap_err();
        let left = "the contender left the page for http://far.localhost:80/there";
        assert_eq!(error, DriverError::Threw(left.to_owned()));
    }

    #[tokio::test]
    async fn what_the_driver_refuses_has_its_reason() {
        let (page, _) = page(Some(json!({ "error": "unknown error", "message": "the process crashed" }))).await;
        let error = page.put(&TrialSpec::Probe, PATIENCE).await.unwrap_err();
        assert!(matches!(&error, DriverError::Gone(why) if why.ends_with("the process crashed")), "{error}");
    }
}
