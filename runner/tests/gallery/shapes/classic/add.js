// What `emcc` makes without -sMODULARIZE: a script whose Module is a global, ready when its Wasm has come.
var Module = typeof Module != 'undefined' ? Module : {};
var ENVIRONMENT_IS_WEB = typeof window == 'object';
var _scriptName = typeof document != 'undefined' ? document.currentScript?.src : undefined;
var scriptDirectory = '';
if (ENVIRONMENT_IS_WEB) {
  try {
    scriptDirectory = new URL('.', _scriptName).href;
  } catch {}
}
function locateFile(path) {
  if (Module['locateFile']) return Module['locateFile'](path, scriptDirectory);
  return scriptDirectory + path;
}
async function createWasm() {
  var { instance } = await WebAssembly.instantiateStreaming(fetch(locateFile('add.wasm'), { credentials: 'same-origin' }), {});
  Module['_add'] = instance.exports['add'];
  Module['calledRun'] = true;
  Module['onRuntimeInitialized']?.();
}
createWasm();
