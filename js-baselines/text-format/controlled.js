// The same table, written byte by byte as Wasm writes it, and made a string once. The shortest form of a double is left to the
// engine, which has it in machine code.

const FIRST_DAY = 19_675;
const FIRST_MS = 80_000_000;
const STEP_MS = 61_007;
const MS_PER_DAY = 86_400_000;
/** The most bytes of a row: 10 and 24 for numbers, 24 for the time, 25 for the price, and what separates them. */
const ROW_BYTES = 88;

const [ZERO, COMMA, MINUS, POINT, COLON, LETTER_T, LETTER_Z, LINE_END] = [48, 44, 45, 46, 58, 84, 90, 10];
const HEADER = 'id,time,price,share\n';
const decoder = new TextDecoder();

export function run(values) {
  const table = new Table(HEADER.length + ROW_BYTES * values.length);
  table.text(HEADER);
  let day = FIRST_DAY;
  let ms = FIRST_MS;
  let date = dateOf(day);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    table.whole(row + 1);
    table.byte(COMMA);
    table.text(date);
    table.time(ms);
    table.byte(COMMA);
    table.price(value);
    table.byte(COMMA);
    table.text(String(value / 7));
    table.byte(LINE_END);
    ms += STEP_MS;
    if (ms >= MS_PER_DAY) {
      ms -= MS_PER_DAY;
      day += 1;
      date = dateOf(day);
    }
  }
  return table.finished();
}

/** The date of a day since 1970 began. It is asked for once a day. */
function dateOf(day) {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

class Table {
  constructor(bytes) {
    this.bytes = new Uint8Array(bytes);
    this.at = 0;
  }

  byte(byte) {
    this.bytes[this.at++] = byte;
  }

  /** ASCII only. */
  text(text) {
    const { bytes, at } = this;
    for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
    this.at = at + text.length;
  }

  two(number) {
    const tens = (number / 10) | 0;
    this.byte(ZERO + tens);
    this.byte(ZERO + number - 10 * tens);
  }

  /** A number from 0 up to 2^31. */
  whole(number) {
    let digits = 1;
    for (let rest = number; rest >= 10; rest = (rest / 10) | 0) digits += 1;
    this.at += digits;
    for (let at = this.at - 1; digits > 0; digits--, at--) {
      const rest = (number / 10) | 0;
      this.bytes[at] = ZERO + number - 10 * rest;
      number = rest;
    }
  }

  /** The time of day. */
  time(ms) {
    const seconds = (ms / 1000) | 0;
    const minutes = (seconds / 60) | 0;
    this.byte(LETTER_T);
    this.two((minutes / 60) | 0);
    this.byte(COLON);
    this.two(minutes % 60);
    this.byte(COLON);
    this.two(seconds % 60);
    this.byte(POINT);
    const thousandths = ms % 1000;
    this.byte(ZERO + ((thousandths / 100) | 0));
    this.two(thousandths % 100);
    this.byte(LETTER_Z);
  }

  /**
   * What `toFixed(2)` says. The hundredths are rounded twice here, by the product and then to a whole number. That can be
   * wrong only next to a tie, and there the engine decides.
   */
  price(value) {
    const scaled = 100 * Math.abs(value);
    const cents = Math.floor(scaled + 0.5);
    if (!(scaled < 1e9) || Math.abs(scaled - cents) > 0.499_999) {
      this.text(value.toFixed(2));
      return;
    }
    if (value < 0) this.byte(MINUS);
    const whole = (cents / 100) | 0;
    this.whole(whole);
    this.byte(POINT);
    this.two(cents - 100 * whole);
  }

  finished() {
    return decoder.decode(this.bytes.subarray(0, this.at));
  }
}
