/* global Services */
// The process that runs the page at an origin; null where no tab shows it. It runs in the scope of Firefox itself.
(origin) => {
  const windows = [...Services.wm.getEnumerator('navigator:browser')];
  const tab = windows.flatMap((window) => window.gBrowser.browsers).find((tab) => tab.currentURI.prePath === origin);
  return tab?.browsingContext.currentWindowGlobal?.osPid.toString() ?? null;
}
