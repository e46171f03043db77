var Module=typeof Module!=="undefined"?Module:{};
// In the form of Emscripten's output for all environments, with its Wasm inside: only Node.js is handed the object.
var ENVIRONMENT_IS_NODE = typeof process === "object" && typeof process.versions === "object" && typeof process.versions.node === "string";
if (ENVIRONMENT_IS_NODE) { if (typeof module !== "undefined") { module["exports"] = Module } }
var wasmBinary = Uint8Array.from(atob("AGFzbQEAAAABBwFgAn9/AX8DAgEABwcBA2FkZAAACgkBBwAgACABags="), (c) => c.charCodeAt(0));
WebAssembly.instantiate(wasmBinary, {}).then(function (result) {
  Module["_add"] = result.instance.exports.add;
  if (Module["onRuntimeInitialized"]) Module["onRuntimeInitialized"]();
});
