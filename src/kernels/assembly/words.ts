// oxlint-disable no-loss-of-precision -- these are 64-bit integers
/**
 * Finding runs of one class of characters in UTF-8 and giving every distinct run a number.
 * Twin: ../twins/words.ts.
 */

/**
 * Marks the bytes of ASCII members of a class: bit i of `bits` is set if byte i is one.
 *
 * `table` holds 16 bytes: bit h of byte l says that the character 16·h + l is a member. Sixteen characters are
 * looked up at once, by their low half in `table` and by their high half in 1, 2, 4, …, 128, 0, …, 0.
 *
 * `bits` must have room for length + 128 bits. @returns whether there are bytes beyond ASCII
 */
export function markAscii(bytes: usize, length: i32, table: usize, bits: usize): bool {
  const lowHalf = v128.load(table);
  const highHalf = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
  const zero = i8x16.splat(0);
  let others = 0;
  const end = bytes + <usize>length;
  let out = bits;
  for (let p = bytes; p < end; p += 16) {
    const characters = v128.load(p);
    const low = v128.swizzle(lowHalf, v128.and(characters, i8x16.splat(15)));
    const high = v128.swizzle(highHalf, v128.shr<u8>(characters, 4));
    const isMember = i8x16.ne(v128.and(low, high), zero);
    store<u16>(out, <u16>i8x16.bitmask(isMember));
    let negative = i8x16.bitmask(characters);
    if (p + 16 > end) {
      const inside = (1 << <i32>(end - p)) - 1;
      store<u16>(out, <u16>(i8x16.bitmask(isMember) & inside));
      negative &= inside;
    }
    others |= negative;
    out += 2;
  }
  memory.fill(out, 0, 16);
  return others != 0;
}

/** Makes A … Z lower case, in place; up to 15 bytes beyond `length` are read and written back. */
export function lowerAscii(bytes: usize, length: i32): void {
  const end = bytes + <usize>length;
  for (let p = bytes; p < end; p += 16) {
    const characters = v128.load(p);
    const isUpper = i8x16.lt_u(i8x16.sub(characters, i8x16.splat(65)), i8x16.splat(26));
    v128.store(p, v128.or(characters, v128.and(isUpper, i8x16.splat(32))));
  }
}

/** Code point of the sequence that starts at p; `unpaired surrogates` of three bytes included. */
function codePointAt(p: usize): i32 {
  const a: i32 = load<u8>(p);
  if (a < 0x80) return a;
  const b: i32 = load<u8>(p, 1) & 63;
  if (a < 0xe0) return ((a & 31) << 6) | b;
  const c: i32 = load<u8>(p, 2) & 63;
  if (a < 0xf0) return ((a & 15) << 12) | (b << 6) | c;
  return ((a & 7) << 18) | (b << 12) | (c << 6) | <i32>(load<u8>(p, 3) & 63);
}

/**
 * Marks the bytes of members beyond ASCII, from byte `from` on. `known[b]` says whether the code points
 * 256·b … 256·b + 255 have been asked about, bit c of `members` whether c is a member.
 * @returns −1 when done; otherwise the position of a character of a block that is not known
 */
export function markOthers(bytes: usize, length: i32, from: i32, known: usize, members: usize, bits: usize): i32 {
  let at = from;
  while (at < length) {
    if (load<u8>(bytes + <usize>at) < 0x80) {
      at++;
      // Eight at once while there is nothing but ASCII.
      while (at + 8 <= length && (load<u64>(bytes + <usize>at) & 0x8080808080808080) == 0) at += 8;
      continue;
    }
    const c = codePointAt(bytes + <usize>at);
    if (load<u8>(known + <usize>(c >> 8)) == 0) return at;
    const width = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    if ((load<u8>(members + <usize>(c >> 3)) >> <u8>(c & 7)) & 1) {
      for (let i = at; i < at + width; i++) {
        const byte = bits + <usize>(i >> 3);
        store<u8>(byte, <u8>(load<u8>(byte) | (1 << <u8>(i & 7))));
      }
    }
    at += width;
  }
  return -1;
}

/** The first position from `at` on whose bit is set, or `length`. */
function nextSet(bits: usize, at: i32, length: i32): i32 {
  let word = load<u64>(bits + ((<usize>(at >> 6)) << 3)) >> <u64>(at & 63);
  if (word) return at + <i32>ctz(word);
  at = (at & ~63) + 64;
  while (at < length) {
    word = load<u64>(bits + ((<usize>(at >> 6)) << 3));
    if (word) return at + <i32>ctz(word);
    at += 64;
  }
  return length;
}

/** The first position from `at` on whose bit is not set; there is one. */
function nextClear(bits: usize, at: i32): i32 {
  let word = ~load<u64>(bits + ((<usize>(at >> 6)) << 3)) >> <u64>(at & 63);
  if (word) return at + <i32>ctz(word);
  do {
    at = (at & ~63) + 64;
    word = ~load<u64>(bits + ((<usize>(at >> 6)) << 3));
  } while (!word);
  return at + <i32>ctz(word);
}

/** The last 1 … 8 bytes of a word, the rest zero. */
function tailOf(p: usize, count: i32): u64 {
  return load<u64>(p) & ((~(<u64>0)) >> <u64>(64 - (count << 3)));
}

/** A word's bytes if it has at most 8, else a hash of them. */
function keyOf(p: usize, length: i32): u64 {
  if (length <= 8) return tailOf(p, length);
  let h: u64 = 0;
  while (length > 8) {
    h = (h ^ load<u64>(p)) * 0xff51afd7ed558ccd;
    h ^= h >> 32;
    p += 8;
    length -= 8;
  }
  h = (h ^ tailOf(p, length)) * 0xff51afd7ed558ccd;
  return h ^ (h >> 29);
}

function slotOf(key: u64, length: i32): u32 {
  let h = (key ^ ((<u64>length) << 56)) * 0x9e3779b97f4a7c15;
  h ^= h >> 29;
  return <u32>((h * 0xbf58476d1ce4e5b9) >> 32);
}

function isSame(p: usize, q: usize, length: i32): bool {
  while (length > 8) {
    if (load<u64>(p) != load<u64>(q)) return false;
    p += 8;
    q += 8;
    length -= 8;
  }
  return tailOf(p, length) == tailOf(q, length);
}

/** The word's number: an earlier one, or `terms` after writing it to the table as the next one. */
// @ts-ignore: decorator
@inline
function intern(word: usize, size: i32, terms: i32, slots: usize, mask: i32, starts: usize, pool: usize): i32 {
  const key = keyOf(word, size);
  let slot = slotOf(key, size) & <u32>mask;
  let id = -1;
  for (;;) {
    const entry = slots + ((<usize>slot) << 4);
    id = load<i32>(entry, 12) - 1;
    if (id < 0) {
      store<u64>(entry, key);
      store<i32>(entry, size, 8);
      store<i32>(entry, terms + 1, 12);
      const start = load<i32>(starts + ((<usize>terms) << 2));
      for (let k = 0; k < size; k += 8) store<u64>(pool + <usize>(start + k), load<u64>(word + <usize>k));
      store<i32>(starts + ((<usize>terms) << 2), start + size, 4);
      id = terms;
      break;
    }
    if (load<u64>(entry) == key && load<i32>(entry, 8) == size) {
      if (size <= 8 || isSame(pool + <usize>load<i32>(starts + ((<usize>id) << 2)), word, size)) break;
    }
    slot = (slot + 1) & <u32>mask;
  }
  return id;
}

/**
 * Numbers the runs of set bits in each of `count` texts, in order of appearance, and appends the numbers to `ids`.
 *
 * - spans: per text, where it begins in `bytes`, a multiple of 64, and its length; its bits begin at bits + begin / 8, and
 *   at least one clear bit follows
 * - state: Int32 [ids, terms]; both are moved on.
 * - slots: mask + 1 entries of 16 bytes: key (see keyOf), length and number + 1, 0 where free; a power of two, and
 *   never more than two thirds full. A word of at most 8 bytes is told by its entry alone.
 * - starts, pool: term t is at pool[starts[t]] … pool[starts[t + 1] − 1]; the pool needs 8 bytes of slack.
 * - ends, tooShort: per text, the number of ids after it, and its runs shorter than minLength code points
 *
 * Room for as many more bytes as the texts have, and for half as many ids and terms, is the caller's care.
 */
export function internTexts(
  count: i32,
  spans: usize,
  bytes: usize,
  bits: usize,
  minLength: i32,
  state: usize,
  ids: usize,
  slots: usize,
  mask: i32,
  starts: usize,
  pool: usize,
  ends: usize,
  tooShort: usize,
): void {
  let idCount = load<i32>(state);
  let terms = load<i32>(state, 4);
  for (let t = 0; t < count; t++) {
    const begin = load<i32>(spans + ((<usize>t) << 3));
    const length = load<i32>(spans + ((<usize>t) << 3), 4);
    const text = bytes + <usize>begin;
    const own = bits + <usize>(begin >> 3);
    let short = 0;
    let at = length > 0 ? nextSet(own, 0, length) : length;
    while (at < length) {
      const end = nextClear(own, at);
      const size = end - at;
      const word = text + <usize>at;
      at = end < length ? nextSet(own, end, length) : length;
      // A code point takes at most four bytes, so that only a short run can turn out too short.
      if (size < minLength || (size < minLength << 2 && minLength > 1 && countCodePoints(word, size) < minLength)) {
        short++;
        continue;
      }
      const id = intern(word, size, terms, slots, mask, starts, pool);
      if (id == terms) terms++;
      store<i32>(ids + ((<usize>idCount) << 2), id);
      idCount++;
    }
    store<i32>(ends + ((<usize>t) << 2), idCount);
    store<i32>(tooShort + ((<usize>t) << 2), short);
  }
  store<i32>(state, idCount);
  store<i32>(state, terms, 4);
}

/** Numbers `count` distinct terms of another table in this one, in their order; `numbers` says what they are here. */
export function mergeTerms(count: i32, otherStarts: usize, otherPool: usize, state: usize, slots: usize, mask: i32, starts: usize, pool: usize, numbers: usize): void {
  let terms = load<i32>(state, 4);
  for (let t = 0; t < count; t++) {
    const start = load<i32>(otherStarts + ((<usize>t) << 2));
    const id = intern(otherPool + <usize>start, load<i32>(otherStarts + ((<usize>t) << 2), 4) - start, terms, slots, mask, starts, pool);
    if (id == terms) terms++;
    store<i32>(numbers + ((<usize>t) << 2), id);
  }
  store<i32>(state, terms, 4);
}

/** out[p] = numbers[ids[p]]. */
export function renumber(count: i32, ids: usize, numbers: usize, out: usize): void {
  for (const end = ids + ((<usize>count) << 2); ids < end; ids += 4, out += 4) {
    store<i32>(out, load<i32>(numbers + ((<usize>load<u32>(ids)) << 2)));
  }
}

function countCodePoints(p: usize, size: i32): i32 {
  if (size <= 8 && (tailOf(p, size) & 0x8080808080808080) == 0) return size;
  let count = 0;
  for (let k = 0; k < size; k++) if ((load<u8>(p + <usize>k) & 0xc0) != 0x80) count++;
  return count;
}

/** Puts the terms into a larger table, which is empty. */
export function rehashTerms(from: usize, fromSlots: i32, to: usize, mask: i32): void {
  for (let s = 0; s < fromSlots; s++) {
    const entry = from + ((<usize>s) << 4);
    if (load<i32>(entry, 12) == 0) continue;
    let slot = slotOf(load<u64>(entry), load<i32>(entry, 8)) & <u32>mask;
    while (load<i32>(to + ((<usize>slot) << 4), 12) != 0) slot = (slot + 1) & <u32>mask;
    v128.store(to + ((<usize>slot) << 4), v128.load(entry));
  }
}

/**
 * Puts the numbers of the terms in the ascending order of their bytes, which for UTF-8 is that of code points.
 *
 * Radix sort by the first eight bytes, as one big-endian number; what is equal there is sorted by the next eight, and
 * so on, with quicksort. `keys` and `otherKeys` are room for a 64-bit number per term, `otherOrder` for a number per
 * term, `tallies` for 2048 zeros; `order` holds the terms' numbers in any order. Equal terms end up side by side.
 * Source: Bentley and Sedgewick, Fast Algorithms for Sorting and Searching Strings (1997).
 */
export function orderTerms(
  count: i32,
  starts: usize,
  pool: usize,
  keys: usize,
  order: usize,
  otherKeys: usize,
  otherOrder: usize,
  tallies: usize,
): void {
  loadKeys(0, count, 0, starts, pool, keys, order);
  for (let i = 0; i < count; i++) {
    const key = load<u64>(keys + ((<usize>i) << 3));
    for (let b = 0; b < 8; b++) {
      const tally = tallies + ((((<usize>b) << 8) | (<usize>(key >> (<u64>b << 3)) & 255)) << 2);
      store<i32>(tally, load<i32>(tally) + 1);
    }
  }
  let from = keys;
  let to = otherKeys;
  let fromOrder = order;
  let toOrder = otherOrder;
  for (let b = 0; b < 8; b++) {
    const shift = <u64>b << 3;
    const own = tallies + ((<usize>b) << 10);
    let place = 0;
    let most = 0;
    for (let v = 0; v < 256; v++) {
      const tally = own + ((<usize>v) << 2);
      const met = load<i32>(tally);
      store<i32>(tally, place);
      place += met;
      most = max(most, met);
    }
    // A byte that all keys share changes nothing.
    if (most == count) continue;
    for (let i = 0; i < count; i++) {
      const key = load<u64>(from + ((<usize>i) << 3));
      const tally = own + ((<usize>(key >> shift) & 255) << 2);
      const at = <usize>load<i32>(tally);
      store<i32>(tally, <i32>at + 1);
      store<u64>(to + (at << 3), key);
      store<i32>(toOrder + (at << 2), load<i32>(fromOrder + ((<usize>i) << 2)));
    }
    const swap = from;
    from = to;
    to = swap;
    const swapOrder = fromOrder;
    fromOrder = toOrder;
    toOrder = swapOrder;
  }
  for (let i = 0; i < count; ) {
    const key = load<u64>(from + ((<usize>i) << 3));
    let end = i + 1;
    while (end < count && load<u64>(from + ((<usize>end) << 3)) == key) end++;
    if (end - i > 1) sortTerms(i, end, 0, starts, pool, from, fromOrder);
    i = end;
  }
  if (fromOrder != order) memory.copy(order, fromOrder, (<usize>count) << 2);
}

/** The keys at `depth` of the terms in a range; zeros stand for what is past a term's end. */
function loadKeys(from: i32, to: i32, depth: i32, starts: usize, pool: usize, keys: usize, order: usize): void {
  for (let i = from; i < to; i++) {
    const own = starts + ((<usize>load<i32>(order + ((<usize>i) << 2))) << 2);
    const start = load<i32>(own) + depth;
    const left = load<i32>(own, 4) - start;
    const key = left <= 0 ? 0 : bswap<u64>(left < 8 ? tailOf(pool + <usize>start, left) : load<u64>(pool + <usize>start));
    store<u64>(keys + ((<usize>i) << 3), key);
  }
}

/** How many bytes from `depth` on a term has, 9 standing for more than 8. */
function leftOf(i: i32, depth: i32, starts: usize, order: usize): i32 {
  const own = starts + ((<usize>load<i32>(order + ((<usize>i) << 2))) << 2);
  return min<i32>(load<i32>(own, 4) - load<i32>(own) - depth, 9);
}

function swapTerms(i: i32, j: i32, keys: usize, order: usize): void {
  const a = keys + ((<usize>i) << 3);
  const b = keys + ((<usize>j) << 3);
  const key = load<u64>(a);
  store<u64>(a, load<u64>(b));
  store<u64>(b, key);
  const p = order + ((<usize>i) << 2);
  const q = order + ((<usize>j) << 2);
  const term = load<i32>(p);
  store<i32>(p, load<i32>(q));
  store<i32>(q, term);
}

function sortTerms(from: i32, to: i32, depth: i32, starts: usize, pool: usize, keys: usize, order: usize): void {
  while (to - from > 1) {
    const a = load<u64>(keys + ((<usize>from) << 3));
    const b = load<u64>(keys + ((<usize>((from + to) >> 1)) << 3));
    const c = load<u64>(keys + ((<usize>(to - 1)) << 3));
    const pivot = max<u64>(min<u64>(a, b), min<u64>(max<u64>(a, b), c));
    let less = from;
    let greater = to;
    for (let i = from; i < greater; ) {
      const key = load<u64>(keys + ((<usize>i) << 3));
      if (key < pivot) swapTerms(i++, less++, keys, order);
      else if (key > pivot) swapTerms(i, --greater, keys, order);
      else i++;
    }
    // Of equal keys the terms that end here come first, shorter ones before longer ones.
    let ended = less;
    for (let i = less; i < greater; i++) {
      if (leftOf(i, depth, starts, order) > 8) continue;
      swapTerms(i, ended, keys, order);
      for (let j = ended; j > less && leftOf(j, depth, starts, order) < leftOf(j - 1, depth, starts, order); j--) {
        swapTerms(j, j - 1, keys, order);
      }
      ended++;
    }
    loadKeys(ended, greater, depth + 8, starts, pool, keys, order);
    // The longest part goes on in this loop, so that calls nest no deeper than the logarithm of the terms.
    const before = less - from;
    const after = to - greater;
    const within = greater - ended;
    if (within >= before && within >= after) {
      sortTerms(from, less, depth, starts, pool, keys, order);
      sortTerms(greater, to, depth, starts, pool, keys, order);
      from = ended;
      to = greater;
      depth += 8;
    } else if (before >= after) {
      sortTerms(ended, greater, depth + 8, starts, pool, keys, order);
      sortTerms(greater, to, depth, starts, pool, keys, order);
      to = less;
    } else {
      sortTerms(ended, greater, depth + 8, starts, pool, keys, order);
      sortTerms(from, less, depth, starts, pool, keys, order);
      from = greater;
    }
  }
}
