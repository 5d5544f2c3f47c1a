/** Twins of assembly/words.ts: other means, the same results. */

export function markAscii(bytes: Uint8Array, length: number, table: Uint8Array, bits: Uint8Array): boolean {
  let others = 0;
  bits.fill(0, 0, ((length + 7) >> 3) + 16);
  for (let i = 0; i < length; i++) {
    const c = bytes[i];
    others |= c & 0x80;
    if (c < 0x80 && (table[c & 15] >> (c >> 4)) & 1) bits[i >> 3] |= 1 << (i & 7);
  }
  return others !== 0;
}

/** Code point of the sequence that starts at `at`; unpaired surrogates of three bytes included. */
function codePointAt(bytes: Uint8Array, at: number): number {
  const a = bytes[at];
  if (a < 0x80) return a;
  const b = bytes[at + 1] & 63;
  if (a < 0xe0) return ((a & 31) << 6) | b;
  const c = bytes[at + 2] & 63;
  if (a < 0xf0) return ((a & 15) << 12) | (b << 6) | c;
  return ((a & 7) << 18) | (b << 12) | (c << 6) | (bytes[at + 3] & 63);
}

export function markOthers(
  bytes: Uint8Array,
  length: number,
  from: number,
  known: Uint8Array,
  members: Uint8Array,
  bits: Uint8Array,
): number {
  let at = from;
  while (at < length) {
    const c = codePointAt(bytes, at);
    const width = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    if (width > 1) {
      if (known[c >> 8] === 0) return at;
      if ((members[c >> 3] >> (c & 7)) & 1) for (let i = at; i < at + width; i++) bits[i >> 3] |= 1 << (i & 7);
    }
    at += width;
  }
  return -1;
}

/** What is known of terms: see assembly/words.ts. */
export interface TermArrays {
  state: Int32Array;
  ids: Int32Array;
  slots: Int32Array;
  starts: Int32Array;
  pool: Uint8Array;
}

export function internTexts(spans: Int32Array, bytes: Uint8Array, bits: Uint8Array, minLength: number, terms: TermArrays, ends: Int32Array, tooShort: Int32Array): void {
  for (let t = 0; 2 * t < spans.length; t++) {
    const from = spans[2 * t];
    tooShort[t] = internRuns(bytes.subarray(from), spans[2 * t + 1], bits.subarray(from >> 3), minLength, terms);
    ends[t] = terms.state[0];
  }
}

function internRuns(bytes: Uint8Array, length: number, bits: Uint8Array, minLength: number, terms: TermArrays): number {
  let tooShort = 0;
  for (let at = 0; at < length; at++) {
    if (((bits[at >> 3] >> (at & 7)) & 1) === 0) continue;
    const start = at;
    let points = 0;
    for (; (bits[at >> 3] >> (at & 7)) & 1; at++) if ((bytes[at] & 0xc0) !== 0x80) points++;
    if (points < minLength) tooShort++;
    else terms.ids[terms.state[0]++] = intern(bytes, start, at, terms);
  }
  return tooShort;
}

export function mergeTerms(count: number, otherStarts: Int32Array, otherPool: Uint8Array, terms: TermArrays, numbers: Int32Array): void {
  for (let t = 0; t < count; t++) numbers[t] = intern(otherPool, otherStarts[t], otherStarts[t + 1], terms);
}

export function renumber(ids: Int32Array, numbers: Int32Array, out: Int32Array): void {
  for (let p = 0; p < ids.length; p++) out[p] = numbers[ids[p]];
}

function intern(bytes: Uint8Array, from: number, to: number, { state, slots, starts, pool }: TermArrays): number {
  const mask = (slots.length >> 2) - 1;
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193);
  hash ^= hash >>> 15;
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const id = slots[4 * slot + 3] - 1;
    if (id < 0) {
      const term = state[1]++;
      slots[4 * slot] = hash;
      slots[4 * slot + 3] = term + 1;
      pool.set(bytes.subarray(from, to), starts[term]);
      starts[term + 1] = starts[term] + to - from;
      return term;
    }
    if (slots[4 * slot] !== hash || starts[id + 1] - starts[id] !== to - from) continue;
    let k = from;
    for (let p = starts[id]; k < to && pool[p] === bytes[k]; p++) k++;
    if (k === to) return id;
  }
}

export function rehashTerms(from: Int32Array, to: Int32Array): void {
  const mask = (to.length >> 2) - 1;
  for (let s = 0; s < from.length; s += 4) {
    if (from[s + 3] === 0) continue;
    let slot = from[s] & mask;
    while (to[4 * slot + 3] !== 0) slot = (slot + 1) & mask;
    to.set(from.subarray(s, s + 4), 4 * slot);
  }
}

export function lowerAscii(bytes: Uint8Array, length: number): void {
  for (let i = 0; i < length; i++) if (bytes[i] >= 65 && bytes[i] <= 90) bytes[i] += 32;
}

export function orderTerms(starts: Int32Array, pool: Uint8Array, order: Int32Array): void {
  const terms = Array.from(order, (term) => Buffer.from(pool.subarray(starts[term], starts[term + 1])));
  order.set(Array.from(order, (_, i) => i).sort((a, b) => Buffer.compare(terms[a], terms[b])).map((i) => order[i]));
}
