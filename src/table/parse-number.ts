const TAB = 9;
const SPACE = 32;
const PLUS = 43;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const UPPER_E = 69;
const LOWER_E = 101;

/** A text as its bytes in UTF-8, and as strings cut from it. */
export interface CsvText {
  readonly bytes: Buffer;
  /** The text between two offsets into `bytes`. */
  readonly cut: (start: number, end: number) => string;
}

const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
const LONGEST_INFINITY = '-infinity'.length;
const INFINITIES: Readonly<Record<string, number>> = { inf: Infinity, infinity: Infinity, '-inf': -Infinity, '-infinity': -Infinity };

const isBlank = (byte: number): boolean => byte === SPACE || byte === TAB;
const isDigit = (byte: number): boolean => byte >= ZERO && byte <= NINE;

/**
 * The double that the bytes from `start` to `end` write, correctly rounded, or NaN where they write none.
 * Accepted: blanks around, a sign, digits with at most one point, an exponent; inf and infinity in any case.
 *
 * `point` is the byte that stands before decimals, a point's or a comma's.
 *
 * With `keepIds`, NaN also for what would lose characters as a number: a zero before another digit (`0012`),
 * and a whole number beyond ±(2⁵³ − 1).
 *
 * Up to 15 digits and 22 decimals, digits and power of ten are both exact doubles, so that one division
 * rounds right (Clinger, "How to read floating point numbers accurately", PLDI 1990); the rest is left to Number.
 */
export function parseNumber({ bytes, cut }: CsvText, start: number, end: number, keepIds: boolean, point: number = POINT): number {
  while (start < end && isBlank(bytes[start])) start++;
  while (end > start && isBlank(bytes[end - 1])) end--;
  let i = start;
  const negative = bytes[i] === MINUS;
  if (i < end && (negative || bytes[i] === PLUS)) i++;
  const digitsStart = i;
  let digits = 0;
  while (i < end && isDigit(bytes[i])) digits = digits * 10 + bytes[i++] - ZERO;
  let count = i - digitsStart;
  if (keepIds && count > 1 && bytes[digitsStart] === ZERO) return Number.NaN;
  if (i === end) {
    if (count === 0) return Number.NaN;
    if (count <= 15) return negative ? -digits : digits;
    const whole = Number(cut(start, end));
    return keepIds && !Number.isSafeInteger(whole) ? Number.NaN : whole;
  }
  let decimals = 0;
  if (bytes[i] === point) {
    const pointAt = i++;
    while (i < end && isDigit(bytes[i])) digits = digits * 10 + bytes[i++] - ZERO;
    decimals = i - pointAt - 1;
    count += decimals;
  }
  if (count === 0) return end - start <= LONGEST_INFINITY ? infinityOf(cut(start, end)) : Number.NaN;
  if (i === end) {
    if (count > 15) return toNumber(cut(start, end));
    const value = digits / POWERS_OF_TEN[decimals];
    return negative ? -value : value;
  }
  if (bytes[i] !== LOWER_E && bytes[i] !== UPPER_E) return Number.NaN;
  i++;
  if (i < end && (bytes[i] === MINUS || bytes[i] === PLUS)) i++;
  const exponentStart = i;
  while (i < end && isDigit(bytes[i])) i++;
  return i === end && i > exponentStart ? toNumber(cut(start, end)) : Number.NaN;
}

/** Of a text with a point or a comma before its decimals. */
const toNumber = (text: string): number => Number(text.replace(',', '.'));

function infinityOf(text: string): number {
  return INFINITIES[text.toLowerCase().replace(/^\+/, '')] ?? Number.NaN;
}
