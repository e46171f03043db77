//! What `doctor` finds out by opening a page: whether it runs in a sandbox, and whether it computes on the GPU.

use std::time::Duration;

use anyhow::Context as _;
use crossover_reports::run::Emulation;
use serde::de::IgnoredAny;

use super::sandbox::Policy;
use super::test_bed::local_launcher;
use crate::complaint;
use crate::environment::{Diagnosis, Host, Tool};
use crate::protocol::TrialSpec;
use crate::runtime::sandbox::{FIX, UNAVAILABLE};
use crate::runtime::{Page, RuntimeId, Sandbox};
use crate::server::{Server, Store};

/// How long a page may take to look for a GPU.
const PATIENCE: Duration = Duration::from_secs(30);

/// About the sandbox, and about the GPU. The latter is unknown where no page opens.
pub async fn examine_page(runtime: RuntimeId, browser: &Tool, host: &Host) -> (Diagnosis, Option<Diagnosis>) {
    let policy = Policy::of(host);
    let (sandbox, webgpu) = examined(runtime, browser, policy).await.unwrap_or_else(|error| (Err(error), None));
    let found = sandbox.map(|sandbox| ("measured in a page of it".to_owned(), policy.words(sandbox)));
    let found = found.map_err(|error| {
        let text = format!("{error:#}");
        let (why, help) = complaint::parted(&text);
        let by_hand = || format!("start {} by hand, and see what it says", runtime.label());
        let usual = || if why.contains(UNAVAILABLE) { FIX.to_owned() } else { by_hand() };
        (why.to_owned(), help.map_or_else(usual, str::to_owned))
    });
    let what = match runtime {
        RuntimeId::Firefox => "Sandbox of Firefox",
        RuntimeId::Webkit => "Sandbox of WebKit",
        _ => "Sandbox",
    };
    (Diagnosis::of(what, found), webgpu)
}

/// What a page says, and what the system says of it.
type Examined = (anyhow::Result<Sandbox>, Option<Diagnosis>);

async fn examined(runtime: RuntimeId, installed: &Tool, policy: Policy) -> anyhow::Result<Examined> {
    let server = Server::start(Store::default()).await?;
    let launcher = local_launcher(runtime, installed, policy, &Emulation::default()).await?;
    let examined = async {
        let browser = launcher.launch().await?;
        let page = browser.open(&server.fresh_origin()).await;
        let silent = || format!("{} reported nothing about its sandbox", runtime.label());
        let sandbox = browser.sandbox().await.with_context(silent);
        let mut webgpu = None;
        if let Ok(page) = page {
            if runtime == RuntimeId::Chromium {
                webgpu = Some(webgpu_of(&*page, installed).await);
            }
            page.close().await;
        }
        browser.close().await;
        anyhow::Ok((sandbox.and_then(|sandbox| policy.check(runtime, sandbox).map(|()| sandbox)), webgpu))
    };
    let examined = examined.await;
    launcher.stop().await;
    examined
}

async fn webgpu_of(page: &dyn Page, chromium: &Tool) -> Diagnosis {
    let found = page.trial::<IgnoredAny>(&TrialSpec::Webgpu, PATIENCE).await;
    let found = found.map(|_| (chromium.path.display().to_string(), "an adapter was found".to_owned()));
    let fix = "chrome://gpu in this Chromium says what it lacks";
    Diagnosis::new("webgpu", found.map_err(|error| error.to_string()), fix.to_owned())
}
