/* global Services, Cc, Ci */
// What the engine of a process holds, once its garbage is collected. It runs in the scope of Firefox itself.
async (process) => {
  // The reports are asked for on the same way, so they come after the garbage is collected. Cycles between the page and its
  // scripts are garbage only once they are found.
  for (const request of ['child-gc-request', 'child-cc-request', 'child-gc-request']) {
    Services.obs.notifyObservers(null, request);
  }
  const held = { used: 0, buffers: 0 };
  const count = (name, path, _kind, _units, bytes) => {
    if (!name.endsWith(`(pid ${process})`)) return;
    const isIn = (folder) => path.startsWith(folder);
    const isObjects = isIn('js-main-runtime/realms/classes/objects/');
    if (isIn('js-main-runtime-gc-heap-committed/used/gc-things/')) {
      held.used += bytes;
    } else if (isIn('js-main-runtime/') && path.includes('/gc-buffers')) {
      held.used += bytes;
    } else if (isObjects && /\/malloc-heap\/(slots|elements\/normal)$/.test(path)) {
      // Where versions before the 'GC buffers' have them.
      held.used += bytes;
    } else if (isObjects && path.endsWith('/elements/array-buffer')) {
      // Shared buffers are left out: linear memories are among them.
      held.buffers += bytes;
    } else if (isIn('js-main-runtime/zones/strings/malloc-heap/')) {
      held.buffers += bytes;
    }
  };
  const reporters = Cc['@mozilla.org/memory-reporter-manager;1'].getService(Ci.nsIMemoryReporterManager);
  await new Promise((done) => reporters.getReports(count, null, done, null, false));
  return JSON.stringify(held);
}
