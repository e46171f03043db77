// What `wasm-bindgen --target no-modules` makes: a script with one global.
let wasm_bindgen;
(function () {
    const __exports = {};
    let script_src;
    if (typeof document !== 'undefined' && document.currentScript !== null) {
        script_src = new URL(document.currentScript.src, location.href).toString();
    }
    let wasm = undefined;

    __exports.add = function (a, b) {
        const ret = wasm.add(a, b);
        return ret;
    };

    async function __wbg_load(module, imports) {
        if (typeof Response === 'function' && module instanceof Response) {
            return await WebAssembly.instantiateStreaming(module, imports);
        }
        const instance = await WebAssembly.instantiate(module, imports);
        return instance instanceof WebAssembly.Instance ? { instance, module } : instance;
    }

    async function __wbg_init(module_or_path) {
        if (wasm !== undefined) return wasm;
        if (typeof module_or_path !== 'undefined' && Object.getPrototypeOf(module_or_path) === Object.prototype) {
            ({ module_or_path } = module_or_path);
        }
        if (typeof module_or_path === 'undefined' && typeof script_src !== 'undefined') {
            module_or_path = script_src.replace(/\.js$/, '_bg.wasm');
        }
        if (typeof module_or_path === 'string' || (typeof URL === 'function' && module_or_path instanceof URL)) {
            module_or_path = fetch(module_or_path);
        }
        const { instance } = await __wbg_load(await module_or_path, { wbg: {} });
        wasm = instance.exports;
        return wasm;
    }

    wasm_bindgen = Object.assign(__wbg_init, __exports);
})();
