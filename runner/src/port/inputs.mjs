// Evaluates a module that makes inputs, and prints them, each with its arguments as JSON text that keeps what JSON would
// lose: the other side is `runner/page/arguments.js`.
import { pathToFileURL } from 'node:url';

const tag = (type, of) => ({ $crossover: type, of });

function tagged(value, at) {
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
    return tag('number', Object.is(value, -0) ? '-0' : String(value));
  }
  if (typeof value === 'bigint') return tag('bigint', String(value));
  if (value === undefined) return tag('undefined');
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value;
  if (value instanceof ArrayBuffer) return tag('ArrayBuffer', Buffer.from(value).toString('base64'));
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return tag(Buffer.isBuffer(value) ? 'Uint8Array' : value.constructor.name, bytes.toString('base64'));
  }
  if (Array.isArray(value)) return value.map((item, index) => tagged(item, `${at}[${index}]`));
  const plain = typeof value === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(value));
  if (!plain) throw new TypeError(`${at} is a ${value.constructor?.name ?? typeof value}: arguments are plain values and typed arrays`);
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, tagged(of, `${at}.${key}`)]));
}

try {
  const made = (await import(pathToFileURL(process.argv[1]))).inputs;
  const list = typeof made === 'function' ? await made() : made;
  if (!Array.isArray(list)) throw new TypeError('it has to export `inputs`, an array of { name, args } or a function that returns one');
  const named = list.map(({ name, args }, index) => {
    if (typeof name !== 'string' || name === '' || name.length > 60) throw new TypeError(`inputs[${index}].name is no name of 1 to 60 characters`);
    if (!Array.isArray(args)) throw new TypeError(`inputs[${index}].args is no array of arguments`);
    return { name, args: JSON.stringify(tagged(args, `inputs[${index}].args`)) };
  });
  process.stdout.write(`\n${JSON.stringify(named)}\n`);
} catch (error) {
  process.stderr.write(`${String(error).replaceAll('\n', ' ')}\n`);
  process.exitCode = 1;
}
