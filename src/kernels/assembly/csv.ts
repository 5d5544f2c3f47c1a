// oxlint-disable no-loss-of-precision -- these are 64-bit integers
/**
 * Cutting CSV into fields, and reading numbers, booleans and dates from them. Whatever is unusual is left to
 * src/table (csv-fields.ts, csv-column.ts), which does the same at leisure: these are the twins.
 */

const TAB: i32 = 9;
const LF: i32 = 10;
const CR: i32 = 13;
const SPACE: i32 = 32;
const PLUS: i32 = 43;
const COMMA: i32 = 44;
const MINUS: i32 = 45;
const POINT: i32 = 46;
const SLASH: i32 = 47;
const ZERO: i32 = 48;
const COLON: i32 = 58;
const LOWER_E: i32 = 101;
const LARGEST_SAFE: u64 = 9007199254740991;

/**
 * Cuts a piece of a file into records, all of equal width.
 *
 * `bytes` must be readable for 16 bytes beyond `length`. `state` is i32[3]: bytes used (up to the end of the last
 * whole record), fields of a record (0 before the first), records found. `bounds` gets begin and end of every field
 * as u32, and must have room for length + 1 of them. With `isLast` the end of the piece ends a record.
 * @param quote −1 for none
 * @returns whether all was regular; false for a record of another width and for a quote that does not close
 */
export function csvRecords(bytes: usize, length: i32, isLast: bool, delimiter: i32, quote: i32, state: usize, bounds: usize): bool {
  const delimiters = i8x16.splat(<i8>delimiter);
  const quotes = i8x16.splat(<i8>(quote < 0 ? LF : quote));
  const feeds = i8x16.splat(<i8>LF);
  const returns = i8x16.splat(<i8>CR);
  let width = load<i32>(state, 4);
  let records = 0;
  let used = 0;
  let fields = 0;
  let out = bounds;
  let recordOut = bounds;
  let fieldStart = 0;
  let quotedStart = 0;
  let quotedEnd = -1;
  let inside = false;
  let skip = -1;
  const hasQuote = quote >= 0;
  // One more round than there are blocks: at the very end of the file stands an invisible line end.
  for (let block = 0; block <= length; block += 16) {
    const text = v128.load(bytes + <usize>block);
    const isFeed = i8x16.eq(text, feeds);
    const isRare = v128.or(i8x16.eq(text, quotes), i8x16.eq(text, returns));
    let mask = i8x16.bitmask(v128.or(v128.or(i8x16.eq(text, delimiters), isFeed), isRare));
    // Nearly always there are delimiters and line feeds only, and nothing is left over from the block before.
    if (!inside && quotedEnd < 0 && block + 16 <= length && !v128.any_true(hasQuote ? isRare : i8x16.eq(text, returns)) && skip < block) {
      const feedMask = i8x16.bitmask(isFeed);
      while (mask != 0) {
        const bit = ctz(mask);
        const p = block + bit;
        store<u64>(out, ((<u64>p) << 32) | <u64>fieldStart);
        out += 8;
        fields++;
        if ((feedMask >> bit) & 1) {
          if (fields == 1 && isBlank(bytes + <usize>fieldStart, bytes + <usize>p)) out = recordOut;
          else {
            if (width == 0) width = fields;
            else if (fields != width) return false;
            records++;
          }
          recordOut = out;
          fields = 0;
          used = p + 1;
        }
        fieldStart = p + 1;
        mask &= mask - 1;
      }
      continue;
    }
    if (block + 16 > length) {
      mask &= (1 << (length - block)) - 1;
      if (isLast) mask |= 1 << (length - block);
    }
    while (mask != 0) {
      const p = block + ctz(mask);
      mask &= mask - 1;
      if (p == skip) continue;
      const isEnd = p == length;
      const c: i32 = isEnd ? LF : load<u8>(bytes + <usize>p);
      if (inside) {
        if (isEnd) return false;
        if (c != quote) continue;
        const next: i32 = p + 1 < length ? load<u8>(bytes + <usize>p, 1) : LF;
        if (next == quote) {
          skip = p + 1;
          continue;
        }
        inside = false;
        quotedEnd = p;
        if (next != delimiter && next != LF && next != CR) return false;
        continue;
      }
      if (c == quote && !isEnd) {
        if (p == fieldStart && quotedEnd < 0) {
          inside = true;
          quotedStart = p + 1;
        }
        continue;
      }
      if (isEnd && fieldStart == length && fields == 0) break;
      const isQuoted = quotedEnd >= 0;
      const start = isQuoted ? quotedStart : fieldStart;
      const end = isQuoted ? quotedEnd : p;
      quotedEnd = -1;
      store<u32>(out, start);
      store<u32>(out, end, 4);
      out += 8;
      fields++;
      if (c == delimiter && !isEnd) {
        fieldStart = p + 1;
        continue;
      }
      let next = p + 1;
      if (c == CR) {
        // Whether a line feed follows is in the next piece.
        if (next == length && !isLast) break;
        if (next < length && load<u8>(bytes + <usize>next) == LF) skip = next++;
      }
      if (fields == 1 && !isQuoted && isBlank(bytes + <usize>start, bytes + <usize>end)) out = recordOut;
      else {
        if (width == 0) width = fields;
        else if (fields != width) return false;
        records++;
      }
      recordOut = out;
      fields = 0;
      fieldStart = next;
      used = min(next, length);
    }
  }
  store<i32>(state, used);
  store<i32>(state, width, 4);
  store<i32>(state, records, 8);
  return true;
}

function isBlank(start: usize, end: usize): bool {
  while (start < end && isSpace(load<u8>(start))) start++;
  return start == end;
}

function isSpace(c: i32): bool {
  return c == SPACE || c == TAB;
}

/** Whether a field is one of the words; each is its length (i32) and its bytes, ended by a length of −1. */
function isWord(start: usize, end: usize, words: usize): bool {
  const length = <i32>(end - start);
  let word = words;
  for (let size = load<i32>(word); size >= 0; size = load<i32>(word)) {
    if (size == length && memory.compare(word + 4, start, end - start) == 0) return true;
    word += 4 + <usize>size;
  }
  return false;
}

let parsed: f64 = 0;

/**
 * Reads field `index` of the records from `from` to `to` as numbers into out[record]; NaN where it is one of `words`.
 * `powers`: see ../powers-of-five.ts. With `keepIds`, a field that would lose characters is no number.
 * @returns `to`, or the first record whose field is no number or must be read with more care
 */
export function csvNumbers(
  bytes: usize,
  bounds: usize,
  width: i32,
  index: i32,
  from: i32,
  to: i32,
  keepIds: bool,
  words: usize,
  powers: usize,
  out: usize,
): i32 {
  const stride = (<usize>width) << 3;
  let field = bounds + (<usize>(from * width + index) << 3);
  for (let record = from; record < to; record++, field += stride) {
    const start = bytes + <usize>load<u32>(field);
    const end = bytes + <usize>load<u32>(field, 4);
    let value = NaN;
    if (start < end && (parseShort(start, <i32>(end - start), keepIds) || parseNumber(start, end, keepIds, powers))) value = parsed;
    else if (!isWord(start, end, words)) return record;
    store<f64>(out + ((<usize>record) << 3), value);
  }
  return to;
}

/** Whether eight bytes are digits. */
function areDigits(text: u64): bool {
  return ((text & 0xf0f0f0f0f0f0f0f0) | (((text + 0x0606060606060606) & 0xf0f0f0f0f0f0f0f0) >> 4)) == 0x3333333333333333;
}

/** The number that eight digits write: pairs, then fours, then all are joined by one multiplication each. */
function eightDigits(text: u64): u64 {
  const pairs = ((text & 0x0f0f0f0f0f0f0f0f) * 2561) >> 8;
  const fours = ((pairs & 0x00ff00ff00ff00ff) * 6553601) >> 16;
  return ((fours & 0x0000ffff0000ffff) * 42949672960001) >> 32;
}

/**
 * A number of at most 16 characters after its sign, digits and a point, without a branch that depends on where they
 * stand: the point is taken out and the digits are put to the right end of a vector. 16 bytes must be readable.
 */
function parseShort(start: usize, length: i32, keepIds: bool): bool {
  const isNegative = load<u8>(start) == MINUS;
  start += <usize>isNegative;
  length -= <i32>isNegative;
  if (<u32>(length - 1) > 15) return false;
  const text = v128.load(start);
  const inside = (1 << length) - 1;
  const values = i8x16.sub(text, i8x16.splat(<i8>ZERO));
  const points = i8x16.bitmask(i8x16.eq(text, i8x16.splat(<i8>POINT))) & inside;
  const digits = i8x16.bitmask(i8x16.lt_u(values, i8x16.splat(10))) & inside;
  if ((points | digits) != inside || (points & (points - 1)) != 0 || digits == 0) return false;
  const point = points == 0 ? length : ctz(points);
  if (keepIds && point > 1 && load<u8>(start) == ZERO) return false;
  const decimals = points == 0 ? 0 : length - point - 1;
  const count = popcnt(digits);
  let from = i8x16.sub(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i8x16.splat(<i8>(16 - count)));
  from = i8x16.sub(from, i8x16.ge_s(from, i8x16.splat(<i8>point)));
  // Places before the first digit are negative, and give 0.
  const aligned = v128.swizzle(values, from);
  const w = eightDigits(i64x2.extract_lane(aligned, 0)) * 100_000_000 + eightDigits(i64x2.extract_lane(aligned, 1));
  if (w > LARGEST_SAFE) return false;
  const value = <f64>w / unchecked(EXACT_TENS[decimals]);
  parsed = isNegative ? -value : value;
  return true;
}

function parseNumber(start: usize, end: usize, keepIds: bool, powers: usize): bool {
  while (start < end && isSpace(load<u8>(start))) start++;
  while (end > start && isSpace(load<u8>(end - 1))) end--;
  if (start == end) return false;
  const first: i32 = load<u8>(start);
  const isNegative = first == MINUS;
  if (isNegative || first == PLUS) start++;
  let w: u64 = 0;
  let p = start;
  for (; p < end; p++) {
    const digit: u32 = <u32>load<u8>(p) - ZERO;
    if (digit > 9) break;
    w = w * 10 + digit;
  }
  let count = <i32>(p - start);
  if (keepIds && count > 1 && load<u8>(start) == ZERO) return false;
  if (p == end) {
    if (count == 0 || count > 19 || (keepIds && w > LARGEST_SAFE)) return false;
    parsed = isNegative ? -(<f64>w) : <f64>w;
    return true;
  }
  let exponent: i32 = 0;
  if (load<u8>(p) == POINT) {
    const decimals = ++p;
    for (; p + 8 <= end && areDigits(load<u64>(p)); p += 8) w = w * 100_000_000 + eightDigits(load<u64>(p));
    for (; p < end; p++) {
      const digit: u32 = <u32>load<u8>(p) - ZERO;
      if (digit > 9) break;
      w = w * 10 + digit;
    }
    exponent = -(<i32>(p - decimals));
    count -= exponent;
  }
  if (count == 0) return false;
  if (p < end) {
    if ((load<u8>(p) | 32) != LOWER_E || ++p == end) return false;
    const sign: i32 = load<u8>(p);
    if (sign == MINUS || sign == PLUS) p++;
    if (p == end || end - p > 4) return false;
    let written = 0;
    for (; p < end; p++) {
      const digit = <i32>load<u8>(p) - ZERO;
      if (digit < 0 || digit > 9) return false;
      written = written * 10 + digit;
    }
    exponent += sign == MINUS ? -written : written;
  }
  // Zeros in front do not count towards what 64 bits can hold.
  if (count > 19) {
    for (p = start; load<u8>(p) == ZERO || load<u8>(p) == POINT; p++) if (load<u8>(p) == ZERO) count--;
    if (count > 19) return false;
  }
  return scaleByTen(w, exponent, isNegative, powers);
}

const EXACT_TENS: StaticArray<f64> = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/**
 * The double nearest to w·10^exponent, into `parsed`; false where this needs more care.
 *
 * Two exact doubles make one rounding (Clinger, PLDI 1990); else w times the leading 128 bits of the power tells
 * the 53 bits and how to round them, except near a tie (Lemire, "Number parsing at a gigabyte per second",
 * Software: Practice and Experience 51, 2021).
 */
function scaleByTen(w: u64, exponent: i32, isNegative: bool, powers: usize): bool {
  if (w <= LARGEST_SAFE && exponent >= -22 && exponent <= 22) {
    const value = exponent < 0 ? <f64>w / unchecked(EXACT_TENS[-exponent]) : <f64>w * unchecked(EXACT_TENS[exponent]);
    parsed = isNegative ? -value : value;
    return true;
  }
  if (w == 0 || exponent < -342 || exponent > 308) return false;
  const zeros = <i32>clz(w);
  const shifted = w << zeros;
  const power = powers + ((<usize>(exponent + 342)) << 4);
  let high = highProduct(shifted, load<u64>(power));
  let low = shifted * load<u64>(power);
  if ((high & 0x1ff) == 0x1ff) {
    const carry = highProduct(shifted, load<u64>(power, 8));
    low += carry;
    if (carry > low) high++;
  }
  if (low == u64.MAX_VALUE && (exponent < -27 || exponent > 55)) return false;
  const top = <i32>(high >> 63);
  let mantissa = high >> (top + 9);
  let binary = ((217706 * exponent) >> 16) + 63 + top - zeros + 1023;
  if (binary <= 0) return false;
  // Exactly between two doubles: to even.
  if (low <= 1 && exponent >= -4 && exponent <= 23 && (mantissa & 3) == 1 && mantissa << (top + 9) == high) mantissa &= ~1;
  mantissa += mantissa & 1;
  mantissa >>= 1;
  if (mantissa >= 1 << 53) {
    mantissa = 1 << 52;
    binary++;
  }
  if (binary >= 0x7ff) return false;
  const bits = (mantissa & ~((<u64>1) << 52)) | ((<u64>binary) << 52) | ((<u64>isNegative) << 63);
  parsed = reinterpret<f64>(bits);
  return true;
}

/** The upper 64 of the 128 bits of a product. */
function highProduct(a: u64, b: u64): u64 {
  const aLow = a & 0xffffffff;
  const aHigh = a >> 32;
  const bLow = b & 0xffffffff;
  const bHigh = b >> 32;
  const middle = aHigh * bLow + ((aLow * bLow) >> 32);
  const other = aLow * bHigh + (middle & 0xffffffff);
  return aHigh * bHigh + (middle >> 32) + (other >> 32);
}

/**
 * The same for True, TRUE, true (1), False, FALSE, false (0) and words (2), into u8.
 * @returns `to`, or the first record whose field is none of these
 */
export function csvBooleans(bytes: usize, bounds: usize, width: i32, index: i32, from: i32, to: i32, words: usize, out: usize): i32 {
  const stride = (<usize>width) << 3;
  let field = bounds + (<usize>(from * width + index) << 3);
  for (let record = from; record < to; record++, field += stride) {
    const start = bytes + <usize>load<u32>(field);
    const end = bytes + <usize>load<u32>(field, 4);
    let value = 2;
    if (end - start == 4 && isTrue(load<u32>(start))) value = 1;
    else if (end - start == 5 && isFals(load<u32>(start)) && (load<u8>(start, 4) | 32) == LOWER_E && isEvenCase(start)) value = 0;
    else if (!isWord(start, end, words)) return record;
    store<u8>(out + <usize>record, <u8>value);
  }
  return to;
}

function isTrue(text: u32): bool {
  return text == 0x65757274 || text == 0x65757254 || text == 0x45555254;
}

function isFals(text: u32): bool {
  return text == 0x736c6166 || text == 0x736c6146 || text == 0x534c4146;
}

/** Whether the last letter of false is as large as the one before. */
function isEvenCase(start: usize): bool {
  return ((load<u8>(start, 3) ^ load<u8>(start, 4)) & 32) == 0;
}

/**
 * The same for dates (see src/table/parse-date.ts), in milliseconds since 1970-01-01 UTC: `2024-05-31` or
 * `2024/05/31`, then perhaps `T12:30`, `:15`, `.250`, `Z`.
 * @returns `to`, or the first record whose field is no date or one of another form
 */
export function csvDates(bytes: usize, bounds: usize, width: i32, index: i32, from: i32, to: i32, words: usize, out: usize): i32 {
  const stride = (<usize>width) << 3;
  let field = bounds + (<usize>(from * width + index) << 3);
  for (let record = from; record < to; record++, field += stride) {
    const start = bytes + <usize>load<u32>(field);
    const end = bytes + <usize>load<u32>(field, 4);
    let value = NaN;
    if (end - start >= 10 && parseDate(start, end)) value = parsed;
    else if (!isWord(start, end, words)) return record;
    store<f64>(out + ((<usize>record) << 3), value);
  }
  return to;
}

/** Two digits, or −1. */
function pair(p: usize): i32 {
  const tens = <i32>load<u8>(p) - ZERO;
  const ones = <i32>load<u8>(p, 1) - ZERO;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
}

function parseDate(p: usize, end: usize): bool {
  const century = pair(p);
  const years = pair(p + 2);
  const separator: i32 = load<u8>(p, 4);
  const month = pair(p + 5);
  const day = pair(p + 8);
  if (century < 0 || years < 0 || (separator != MINUS && separator != SLASH) || load<u8>(p, 7) != separator) return false;
  const year = century * 100 + years;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false;
  let milliseconds: f64 = <f64>daysSinceEpoch(year, month, day) * 86_400_000;
  p += 10;
  if (p < end) {
    const mark: i32 = load<u8>(p);
    if ((mark != 84 && mark != SPACE) || end - p < 6 || load<u8>(p, 3) != COLON) return false;
    const hour = pair(p + 1);
    const minute = pair(p + 4);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return false;
    milliseconds += <f64>((hour * 60 + minute) * 60_000);
    p += 6;
    if (p < end && load<u8>(p) == COLON) {
      if (end - p < 3) return false;
      const second = pair(p + 1);
      if (second < 0 || second > 59) return false;
      milliseconds += <f64>(second * 1000);
      p += 3;
      if (p < end && (load<u8>(p) == POINT || load<u8>(p) == COMMA)) {
        let unit = 100;
        const fraction = ++p;
        for (; p < end; p++) {
          const digit = <i32>load<u8>(p) - ZERO;
          if (digit < 0 || digit > 9) break;
          milliseconds += <f64>(digit * unit);
          unit /= 10;
        }
        if (p == fraction || p - fraction > 9) return false;
      }
    }
    if (p < end && load<u8>(p) == 90) p++;
  }
  parsed = milliseconds;
  return p == end;
}

function daysIn(year: i32, month: i32): i32 {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/** Days from 1970-01-01; years count from March, so that the leap day is their last. */
function daysSinceEpoch(year: i32, month: i32, day: i32): i32 {
  const y = month <= 2 ? year - 1 : year;
  // 400 years have 146,097 days; year 0 of the calendar is in the first such span.
  const era = (y >= 0 ? y : y - 399) / 400;
  const yearOfEra = y - era * 400;
  const dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
}

/**
 * Copies field `index` of the records from `from` to `to` to `out`, one behind the other, doubled quotes made single,
 * and the end of each, counted from `base`, to `ends` as u32.
 * @param quote −1 for none
 * @returns bytes written
 */
export function csvTexts(bytes: usize, bounds: usize, width: i32, index: i32, from: i32, to: i32, quote: i32, base: u32, out: usize, ends: usize): i32 {
  const stride = (<usize>width) << 3;
  let field = bounds + (<usize>(from * width + index) << 3);
  let at = out;
  for (let record = from; record < to; record++, field += stride, ends += 4) {
    const offset = load<u32>(field);
    const length = <usize>(load<u32>(field, 4) - offset);
    const start = bytes + <usize>offset;
    if (offset > 0 && <i32>load<u8>(start - 1) == quote) at = copyUnquoted(start, start + length, quote, at);
    else if (length <= 16) {
      // What is copied too much is overwritten by the next.
      v128.store(at, v128.load(start));
      at += length;
    } else {
      memory.copy(at, start, length);
      at += length;
    }
    store<u32>(ends, base + <u32>(at - out));
  }
  return <i32>(at - out);
}

function copyUnquoted(start: usize, end: usize, quote: i32, out: usize): usize {
  for (let p = start; p < end; p++, out++) {
    const c: i32 = load<u8>(p);
    store<u8>(out, <u8>c);
    if (c == quote) p++;
  }
  return out;
}
