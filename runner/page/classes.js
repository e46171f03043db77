// Objects that hide their contents: the parts that each is compared by, and how it is made of them again.

const CLASSES = {
  File: {
    parts: async (file) => ({ name: file.name, type: file.type, bytes: await bytesOf(file) }),
    make: ({ name, type, bytes }) => new File([bytes], name, { type }),
  },
  Blob: {
    parts: async (blob) => ({ type: blob.type, bytes: await bytesOf(blob) }),
    make: ({ type, bytes }) => new Blob([bytes], { type }),
  },
  Date: { parts: (date) => ({ time: date.getTime() }), make: ({ time }) => new Date(time) },
  RegExp: { parts: ({ source, flags }) => ({ source, flags }), make: ({ source, flags }) => new RegExp(source, flags) },
  URL: { parts: ({ href }) => ({ href }), make: ({ href }) => new URL(href) },
  URLSearchParams: { parts: (params) => ({ text: String(params) }), make: ({ text }) => new URLSearchParams(text) },
  Error: { parts: partsOfError, make: errorOf },
  ImageData: {
    parts: ({ width, height, data }) => ({ width, height, data }),
    make: ({ width, height, data }) => new ImageData(data, width, height),
  },
  String: { parts: (text) => ({ value: text.valueOf() }), make: ({ value }) => Object(value) },
  Number: { parts: (number) => ({ value: number.valueOf() }), make: ({ value }) => Object(value) },
  Boolean: { parts: (boolean) => ({ value: boolean.valueOf() }), make: ({ value }) => Object(value) },
  BigInt: { parts: (bigint) => ({ value: bigint.valueOf() }), make: ({ value }) => Object(value) },
};

/** The name of the class that `value` is compared as; undefined for any other object. */
export function classOf(value) {
  return Object.keys(CLASSES).find((name) => typeof globalThis[name] === 'function' && value instanceof globalThis[name]);
}

/** The parts that an object of the class `name` is compared by; a promise of them where reading takes time. */
export function partsOf(name, value) {
  return CLASSES[name].parts(value);
}

/** An object of the class `name`, of its parts. */
export function made(name, parts) {
  return CLASSES[name].make(parts);
}

async function bytesOf(blob) {
  return new Uint8Array(await blob.arrayBuffer());
}

// The stack says where it was made, not what it is.
function partsOfError(error) {
  const hidden = ['cause', 'errors'].filter((key) => Object.hasOwn(error, key)).map((key) => [key, error[key]]);
  return { name: error.name, message: error.message, ...Object.fromEntries(hidden), ...error };
}

function errorOf({ name, message, ...more }) {
  const error = Object.assign(new Error(message), more);
  Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
  return error;
}
