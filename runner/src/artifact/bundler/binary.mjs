// Reads what the instantiation of a Wasm module needs: imports, exports and the types of exported functions.
// Source of the format: WebAssembly Core Specification 3.0, chapter 5 (binary format).

const KINDS = ['function', 'table', 'memory', 'global', 'tag'];
const VALUE_TYPES = { 0x7f: 'i32', 0x7e: 'i64', 0x7d: 'f32', 0x7c: 'f64', 0x7b: 'v128', 0x70: 'funcref', 0x6f: 'externref' };
// Reference types that are followed by what they refer to: `ref null` and `ref`.
const LONG_REFERENCES = [0x63, 0x64];

/** `{ imports, exports }`; an exported function has `params`, or null where its type is of a kind that is not read. */
export function read(bytes) {
  const reader = new Reader(bytes);
  if (reader.u32le() !== 0x6d736100) throw new TypeError('it does not begin as a Wasm module does');
  if (reader.u32le() !== 1) throw new TypeError('it is a component or of another version, not a module: run `jco transpile` on it first');
  const found = { types: [], imports: [], functions: [], exports: [] };
  while (!reader.isAtEnd()) {
    const id = reader.byte();
    const end = reader.u32() + reader.at;
    SECTIONS[id]?.(reader, found);
    reader.at = end;
  }
  const typeOf = (index) => found.types?.[found.functions[index]] ?? null;
  const withType = (item) => (item.kind === 'function' ? { ...item, params: typeOf(item.index) } : item);
  return { imports: found.imports, exports: found.exports.map(withType) };
}

class Reader {
  at = 0;

  constructor(bytes) {
    this.bytes = bytes;
  }

  isAtEnd() {
    return this.at >= this.bytes.length;
  }

  byte() {
    if (this.isAtEnd()) throw new TypeError('the Wasm module is cut off');
    return this.bytes[this.at++];
  }

  u32le() {
    return (this.byte() | (this.byte() << 8) | (this.byte() << 16) | (this.byte() << 24)) >>> 0;
  }

  // LEB128, as a number: limits of 64 bits fit as long as they are sensible.
  u32() {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  name() {
    const length = this.u32();
    const text = new TextDecoder().decode(this.bytes.subarray(this.at, this.at + length));
    this.at += length;
    return text;
  }

  list(item) {
    return Array.from({ length: this.u32() }, () => item());
  }

  valueType() {
    const code = this.byte();
    if (LONG_REFERENCES.includes(code)) this.u32();
    return VALUE_TYPES[code] ?? 'ref';
  }

  limits() {
    const flags = this.byte();
    const initial = this.u32();
    return { initial, maximum: flags & 1 ? this.u32() : undefined, shared: (flags & 2) !== 0, is64: (flags & 4) !== 0 };
  }
}

const SECTIONS = {
  1(reader, found) {
    found.types = reader.list(() => {
      // Groups and subtypes of garbage-collected types: none of the types is known then.
      if (found.types === null || reader.byte() !== 0x60) return (found.types = null);
      const params = reader.list(() => reader.valueType());
      reader.list(() => reader.valueType());
      return params;
    });
    if (found.types.includes(null)) found.types = null;
  },
  2(reader, found) {
    found.imports = reader.list(() => {
      const item = { module: reader.name(), name: reader.name(), kind: KINDS[reader.byte() & 0x1f] };
      if (item.kind === 'function') found.functions.push(reader.u32());
      if (item.kind === 'table') reader.valueType();
      if (item.kind === 'table' || item.kind === 'memory') item.limits = reader.limits();
      if (item.kind === 'global') item.type = [reader.valueType(), reader.byte()];
      if (item.kind === 'tag') item.type = [reader.byte(), reader.u32()];
      return item;
    });
  },
  3(reader, found) {
    found.functions.push(...reader.list(() => reader.u32()));
  },
  7(reader, found) {
    found.exports = reader.list(() => ({ name: reader.name(), kind: KINDS[reader.byte()], index: reader.u32() }));
  },
};
