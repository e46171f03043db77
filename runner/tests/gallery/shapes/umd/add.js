// What `emcc -sMODULARIZE` made for years: a factory that is a CommonJS module, an AMD one, or a global.
var createAdder = (() => {
  var _scriptName = typeof document != 'undefined' ? document.currentScript?.src : undefined;
  if (typeof __filename != 'undefined') _scriptName = _scriptName || __filename;
  return async function (moduleArg = {}) {
    var Module = moduleArg;
    var ENVIRONMENT_IS_NODE = typeof process == 'object' && typeof process.versions == 'object' && typeof process.versions.node == 'string';
    var scriptDirectory = '';
    var readBinary;
    if (ENVIRONMENT_IS_NODE) {
      var fs = require('fs');
      scriptDirectory = require('path').dirname(_scriptName) + '/';
      readBinary = async (filename) => fs.readFileSync(filename);
    } else {
      try {
        scriptDirectory = new URL('.', _scriptName).href;
      } catch {}
      readBinary = async (url) => {
        var response = await fetch(url, { credentials: 'same-origin' });
        if (response.ok) return response.arrayBuffer();
        throw new Error(response.status + ' : ' + response.url);
      };
    }
    var file = 'add.wasm';
    file = Module['locateFile'] ? Module['locateFile'](file, scriptDirectory) : scriptDirectory + file;
    var { instance } = await WebAssembly.instantiate(Module['wasmBinary'] ?? (await readBinary(file)), {});
    Module['_add'] = instance.exports['add'];
    return Module;
  };
})();
if (typeof exports === 'object' && typeof module === 'object') {
  module.exports = createAdder;
  module.exports.default = createAdder;
} else if (typeof define === 'function' && define['amd']) define([], () => createAdder);
