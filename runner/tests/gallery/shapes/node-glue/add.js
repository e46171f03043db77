const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const bytes = readFileSync(join(__dirname, 'add.wasm'));
const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
exports.add = (a, b) => instance.exports.add(a, b);
