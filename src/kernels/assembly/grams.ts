// oxlint-disable no-loss-of-precision -- these are 64-bit integers
/**
 * Sequences of tokens as nodes of a trie, and how often documents have them. Twin: ../twins/grams.ts.
 *
 * Tokens are nodes 0 … roots − 1; a longer sequence is its parent's sequence with one more token. `slots` finds
 * a node by parent and last token: mask + 1 entries of four integers, parent, last token, node (0 where free)
 * and mark; a power of two, and never more than half full.
 *
 * A mark is the position of a node's latest entry among the counts, −1 before the first. One from an earlier
 * document lies before this document's start, so that marks need no clearing.
 *
 * State, Int32: [nodes, entries].
 */

function slotOf(parent: i32, token: i32): u32 {
  let h = (<u64>(<u32>parent) << 32) | <u64>(<u32>token);
  h *= 0x9e3779b97f4a7c15;
  h ^= h >> 29;
  return <u32>((h * 0xbf58476d1ce4e5b9) >> 32);
}

/** The slot of the node of `node` followed by `token`; the node is made when it is new. */
function child(node: i32, token: i32, slots: usize, mask: u32, state: usize, parents: usize, lasts: usize): usize {
  const key = (<u64>(<u32>token) << 32) | <u64>(<u32>node);
  let slot = slotOf(node, token) & mask;
  let entry = slots + ((<usize>slot) << 4);
  while (load<i32>(entry, 8) != 0) {
    if (load<u64>(entry) == key) return entry;
    slot = (slot + 1) & mask;
    entry = slots + ((<usize>slot) << 4);
  }
  const made = load<i32>(state);
  store<i32>(state, made + 1);
  store<u64>(entry, key);
  store<i32>(entry, made, 8);
  store<i32>(entry, -1, 12);
  store<i32>(parents + ((<usize>made) << 2), node);
  store<i32>(lasts + ((<usize>made) << 2), token);
  return entry;
}

/** Puts the nodes into a larger table, which is empty. */
export function rehashGrams(from: usize, fromSlots: i32, to: usize, mask: i32): void {
  for (let s = 0; s < fromSlots; s++) {
    const entry = from + ((<usize>s) << 4);
    if (load<i32>(entry, 8) == 0) continue;
    let slot = slotOf(load<i32>(entry), load<i32>(entry, 4)) & <u32>mask;
    while (load<i32>(to + ((<usize>slot) << 4), 8) != 0) slot = (slot + 1) & <u32>mask;
    v128.store(to + ((<usize>slot) << 4), v128.load(entry));
  }
}

/**
 * Counts the sequences of smallest … largest tokens in documents from … to − 1, each document's in order of
 * appearance. Writes indptr[i + 1] for each.
 *
 * - dropped: one byte per token, 1 where it is passed over before sequences are formed; or 0
 * - kept: room for the longest document's tokens
 * - rootMarks: marks of the tokens themselves; isFeature: one byte per node, set to 1 when it is counted
 */
export function countSequences(
  from: i32,
  to: i32,
  offsets: usize,
  ids: usize,
  dropped: usize,
  kept: usize,
  smallest: i32,
  largest: i32,
  slots: usize,
  mask: i32,
  state: usize,
  parents: usize,
  lasts: usize,
  rootMarks: usize,
  isFeature: usize,
  items: usize,
  counts: usize,
  indptr: usize,
): void {
  let entries = load<i32>(state, 4);
  for (let i = from; i < to; i++) {
    const start = entries;
    let p = ids + ((<usize>load<i32>(offsets + ((<usize>i) << 2))) << 2);
    let end = ids + ((<usize>load<i32>(offsets + ((<usize>i) << 2), 4)) << 2);
    if (dropped) {
      let q = kept;
      for (; p < end; p += 4) {
        const token = load<u32>(p);
        if (load<u8>(dropped + <usize>token)) continue;
        store<u32>(q, token);
        q += 4;
      }
      p = kept;
      end = q;
    }
    for (; p < end; p += 4) {
      let node = load<i32>(p);
      if (smallest == 1) {
        const mark = rootMarks + ((<usize>node) << 2);
        const position = load<i32>(mark);
        if (position >= start) {
          const count = counts + ((<usize>position) << 2);
          store<i32>(count, load<i32>(count) + 1);
        } else {
          store<i32>(mark, entries);
          store<u8>(isFeature + <usize>node, 1);
          store<i32>(items + ((<usize>entries) << 2), node);
          store<i32>(counts + ((<usize>entries) << 2), 1);
          entries++;
        }
      }
      const most = min<i32>(largest, <i32>((end - p) >> 2));
      for (let n = 2; n <= most; n++) {
        const entry = child(node, load<i32>(p + ((<usize>(n - 1)) << 2)), slots, mask, state, parents, lasts);
        node = load<i32>(entry, 8);
        if (n < smallest) continue;
        const position = load<i32>(entry, 12);
        if (position >= start) {
          const count = counts + ((<usize>position) << 2);
          store<i32>(count, load<i32>(count) + 1);
        } else {
          store<i32>(entry, entries, 12);
          store<u8>(isFeature + <usize>node, 1);
          store<i32>(items + ((<usize>entries) << 2), node);
          store<i32>(counts + ((<usize>entries) << 2), 1);
          entries++;
        }
      }
    }
    store<i32>(indptr + ((<usize>i) << 2), entries, 4);
  }
  store<i32>(state, entries, 4);
}

/**
 * Lists the sequences of n letters within words from … to − 1; a word of fewer letters than `smallest` is one
 * sequence, whole. Lengths are gone through one after the other, n = 1, 2, 3, …: lookups that do not wait for
 * each other overlap, and the sequences of one length have a smaller table to themselves.
 *
 * - nodes: per letter, the node of the n − 1 letters from there on, where n is 3 or more; moved on to n letters
 * - grams: word w's sequences are listed from grams[gramStarts[w]] on, shorter ones first
 */
export function listGrams(
  n: i32,
  from: i32,
  to: i32,
  starts: usize,
  letters: usize,
  nodes: usize,
  smallest: i32,
  slots: usize,
  mask: i32,
  state: usize,
  parents: usize,
  lasts: usize,
  isFeature: usize,
  gramStarts: usize,
  grams: usize,
): void {
  const firstMade = load<i32>(state);
  for (let w = from; w < to; w++) {
    const start = load<i32>(starts + ((<usize>w) << 2));
    const size = load<i32>(starts + ((<usize>w) << 2), 4) - start;
    const least = min<i32>(smallest, size);
    // Sequences of the lengths least … n − 1 come before.
    const before = n > least ? ((n - least) * (2 * size - least - n + 3)) >> 1 : 0;
    let gram = grams + ((<usize>(load<i32>(gramStarts + ((<usize>w) << 2)) + before)) << 2);
    // New sequences of smallest or more letters are marked as features all at once, below.
    const isMarked = n == 1 || n < smallest;
    // Of two letters, the first is the node to start from.
    let p = (n <= 2 ? letters : nodes) + ((<usize>start) << 2);
    const shift = n <= 2 ? nodes - letters : 0;
    const end = p + ((<usize>max<i32>(0, size - n + 1)) << 2);
    let letter = letters + ((<usize>(start + n - 1)) << 2);
    for (; p < end; p += 4) {
      let node = load<i32>(p);
      if (n > 1) {
        node = load<i32>(child(node, load<i32>(letter), slots, mask, state, parents, lasts), 8);
        store<i32>(p + shift, node);
        letter += 4;
      }
      if (n >= least) {
        if (isMarked) store<u8>(isFeature + <usize>node, 1);
        store<i32>(gram, node);
        gram += 4;
      }
    }
  }
  if (n > 1 && n >= smallest) memory.fill(isFeature + <usize>firstMade, 1, load<i32>(state) - firstMade);
}

/**
 * Counts the listed sequences of the words in documents from … to − 1. A word's sequences are added as often as
 * the document has the word, at once. Writes indptr[i + 1] for each.
 *
 * - wordMarks: −1 per word, and left so; words, times: room for the most distinct words of a document
 * - marks: one per node
 */
export function countListed(
  from: i32,
  to: i32,
  offsets: usize,
  ids: usize,
  gramStarts: usize,
  grams: usize,
  wordMarks: usize,
  words: usize,
  times: usize,
  marks: usize,
  state: usize,
  items: usize,
  counts: usize,
  indptr: usize,
): void {
  let entries = load<i32>(state, 4);
  for (let i = from; i < to; i++) {
    const start = entries;
    let p = ids + ((<usize>load<i32>(offsets + ((<usize>i) << 2))) << 2);
    const end = ids + ((<usize>load<i32>(offsets + ((<usize>i) << 2), 4)) << 2);
    let distinct = 0;
    for (; p < end; p += 4) {
      const word = load<i32>(p);
      const mark = wordMarks + ((<usize>word) << 2);
      const position = load<i32>(mark);
      if (position >= 0) {
        const count = times + ((<usize>position) << 2);
        store<i32>(count, load<i32>(count) + 1);
      } else {
        store<i32>(mark, distinct);
        store<i32>(words + ((<usize>distinct) << 2), word);
        store<i32>(times + ((<usize>distinct) << 2), 1);
        distinct++;
      }
    }
    for (let d = 0; d < distinct; d++) {
      const word = load<i32>(words + ((<usize>d) << 2));
      const add = load<i32>(times + ((<usize>d) << 2));
      store<i32>(wordMarks + ((<usize>word) << 2), -1);
      let g = grams + ((<usize>load<i32>(gramStarts + ((<usize>word) << 2))) << 2);
      const last = grams + ((<usize>load<i32>(gramStarts + ((<usize>word) << 2), 4)) << 2);
      for (; g < last; g += 4) {
        const node = load<i32>(g);
        const mark = marks + ((<usize>node) << 2);
        const position = load<i32>(mark);
        if (position >= start) {
          const count = counts + ((<usize>position) << 2);
          store<i32>(count, load<i32>(count) + add);
        } else {
          store<i32>(mark, entries);
          store<i32>(items + ((<usize>entries) << 2), node);
          store<i32>(counts + ((<usize>entries) << 2), add);
          entries++;
        }
      }
    }
    store<i32>(indptr + ((<usize>i) << 2), entries, 4);
  }
  store<i32>(state, entries, 4);
}

/**
 * Writes each node's column: the place of its sequence among all features when sequences are compared token by
 * token, by the tokens' ranks, a beginning before what it begins; −1 for a node that is no feature.
 *
 * - rank: per token, its place
 * - starts: roots + 1 zeros; depths: room for a number per node; below: a zero per node; byRank: room for all nodes
 */
export function orderGrams(
  roots: i32,
  size: i32,
  parents: usize,
  lasts: usize,
  rank: usize,
  isFeature: usize,
  starts: usize,
  depths: usize,
  below: usize,
  byRank: usize,
  columns: usize,
): void {
  // A parent is older than its children.
  for (let node = 0; node < roots; node++) store<i32>(depths + ((<usize>node) << 2), 0);
  for (let node = roots; node < size; node++) {
    const parent = <usize>load<i32>(parents + ((<usize>node) << 2));
    store<i32>(depths + ((<usize>node) << 2), load<i32>(depths + (parent << 2)) + 1);
  }
  // Features at and below each node.
  for (let node = size - 1; node >= 0; node--) {
    const own = below + ((<usize>node) << 2);
    const total = load<i32>(own) + <i32>load<u8>(isFeature + <usize>node);
    store<i32>(own, total);
    if (node >= roots) {
      const up = below + ((<usize>load<i32>(parents + ((<usize>node) << 2))) << 2);
      store<i32>(up, load<i32>(up) + total);
    }
  }
  // Tokens by rank, then longer sequences by the rank of their last token.
  for (let token = 0; token < roots; token++) {
    store<i32>(byRank + ((<usize>load<i32>(rank + ((<usize>token) << 2))) << 2), token);
  }
  for (let node = roots; node < size; node++) {
    const at = starts + ((<usize>load<i32>(rank + ((<usize>load<i32>(lasts + ((<usize>node) << 2))) << 2))) << 2);
    store<i32>(at, load<i32>(at, 4) + 1, 4);
  }
  for (let r = 0; r < roots; r++) {
    const at = starts + ((<usize>r) << 2);
    store<i32>(at, load<i32>(at, 4) + load<i32>(at), 4);
  }
  const longer = byRank + ((<usize>roots) << 2);
  for (let node = roots; node < size; node++) {
    const at = starts + ((<usize>load<i32>(rank + ((<usize>load<i32>(lasts + ((<usize>node) << 2))) << 2))) << 2);
    const place = load<i32>(at);
    store<i32>(at, place + 1);
    store<i32>(longer + ((<usize>place) << 2), node);
  }
  // Shorter sequences first; once a node has its place, `below` says where its next child's features begin.
  let next = 0;
  for (let r = 0; r < roots; r++) next += placeAt(load<i32>(byRank + ((<usize>r) << 2)), next, below, isFeature, columns);
  let left = size - roots;
  for (let depth = 1; left > 0; depth++) {
    let kept = 0;
    for (let k = 0; k < left; k++) {
      const node = load<i32>(longer + ((<usize>k) << 2));
      if (load<i32>(depths + ((<usize>node) << 2)) != depth) {
        store<i32>(longer + ((<usize>kept) << 2), node);
        kept++;
        continue;
      }
      const cursor = below + ((<usize>load<i32>(parents + ((<usize>node) << 2))) << 2);
      const begin = load<i32>(cursor);
      store<i32>(cursor, begin + placeAt(node, begin, below, isFeature, columns));
    }
    left = kept;
  }
}

/** @returns how many features the node and its descendants are */
function placeAt(node: i32, begin: i32, below: usize, isFeature: usize, columns: usize): i32 {
  const own = below + ((<usize>node) << 2);
  const total = load<i32>(own);
  const feature = <i32>load<u8>(isFeature + <usize>node);
  store<i32>(columns + ((<usize>node) << 2), feature ? begin : -1);
  store<i32>(own, begin + feature);
  return total;
}

/**
 * Puts each row's entries in the order of their columns and adds up entries of the same column, in place.
 *
 * Values are summed in a dense row, and two levels of bits say which columns were met, so that they can be read
 * off in order: time goes with the entries. `indptr` is rewritten where entries were merged.
 *
 * - columns: item → column
 * - sums: a zero per column; bits: a zero bit per column, in whole 64-bit words; blocks: a zero bit per such
 *   word, in whole 64-bit words; all left as they were found
 */
export function sortRows(
  rows: i32,
  cols: i32,
  indptr: usize,
  items: usize,
  counts: usize,
  columns: usize,
  sums: usize,
  bits: usize,
  blocks: usize,
): void {
  let at = 0;
  let p = 0;
  const lastBlock = cols > 0 ? (cols - 1) >> 12 : -1;
  for (let i = 0; i < rows; i++) {
    const end = load<i32>(indptr + ((<usize>i) << 2), 4);
    let first = lastBlock + 1;
    let last = -1;
    for (; p < end; p++) {
      const col = load<i32>(columns + ((<usize>load<i32>(items + ((<usize>p) << 2))) << 2));
      const b = meet(col, load<i32>(counts + ((<usize>p) << 2)), sums, bits, blocks);
      first = min(first, b);
      last = max(last, b);
    }
    at = drainRow(first, last, sums, bits, blocks, items, counts, at);
    store<i32>(indptr + ((<usize>i) << 2), at, 4);
  }
}

/**
 * Counts the columns of the tokens of documents from … to − 1, in ascending order, as sortRows does for entries: document i's
 * begin at offsets[from] in `items` and `counts` for the first, and follow one another. Writes indptr[i + 1] for each.
 *
 * - columns: token → column, negative for a token that is passed over
 * - sums, bits, blocks: as for sortRows
 * @returns where the entries end
 */
export function countTokens(
  from: i32,
  to: i32,
  cols: i32,
  offsets: usize,
  ids: usize,
  columns: usize,
  sums: usize,
  bits: usize,
  blocks: usize,
  items: usize,
  counts: usize,
  indptr: usize,
): i32 {
  let p = load<i32>(offsets + ((<usize>from) << 2));
  let at = p;
  const lastBlock = cols > 0 ? (cols - 1) >> 12 : -1;
  for (let i = from; i < to; i++) {
    const end = load<i32>(offsets + ((<usize>i) << 2), 4);
    let first = lastBlock + 1;
    let last = -1;
    for (; p < end; p++) {
      const col = load<i32>(columns + ((<usize>load<i32>(ids + ((<usize>p) << 2))) << 2));
      if (col < 0) continue;
      const b = meet(col, 1, sums, bits, blocks);
      first = min(first, b);
      last = max(last, b);
    }
    at = drainRow(first, last, sums, bits, blocks, items, counts, at);
    store<i32>(indptr + ((<usize>i) << 2), at, 4);
  }
  return at;
}

/** Adds a count to a column's sum and sets its bits. @returns its block */
// @ts-ignore: decorator
@inline
function meet(col: i32, count: i32, sums: usize, bits: usize, blocks: usize): i32 {
  const sum = sums + ((<usize>col) << 2);
  store<i32>(sum, load<i32>(sum) + count);
  const word = bits + ((<usize>(col >> 6)) << 3);
  store<u64>(word, load<u64>(word) | ((<u64>1) << <u64>(col & 63)));
  const b = col >> 12;
  const block = blocks + ((<usize>b) << 3);
  store<u64>(block, load<u64>(block) | ((<u64>1) << <u64>((col >> 6) & 63)));
  return b;
}

/** Writes the columns that were met in blocks first … last with their sums, and clears both. @returns where the entries end */
// @ts-ignore: decorator
@inline
function drainRow(first: i32, last: i32, sums: usize, bits: usize, blocks: usize, items: usize, counts: usize, at: i32): i32 {
  for (let b = first; b <= last; b++) {
    let words = load<u64>(blocks + ((<usize>b) << 3));
    if (words == 0) continue;
    store<u64>(blocks + ((<usize>b) << 3), 0);
    for (; words != 0; words &= words - 1) {
      const w = (b << 6) + <i32>ctz(words);
      let met = load<u64>(bits + ((<usize>w) << 3));
      store<u64>(bits + ((<usize>w) << 3), 0);
      for (; met != 0; met &= met - 1) {
        const col = (w << 6) + <i32>ctz(met);
        const sum = sums + ((<usize>col) << 2);
        store<i32>(items + ((<usize>at) << 2), col);
        store<i32>(counts + ((<usize>at) << 2), load<i32>(sum));
        store<i32>(sum, 0);
        at++;
      }
    }
  }
  return at;
}

/** Whether numbers[0 … count − 1] are all from 0 to limit − 1. */
export function allBelow(numbers: usize, count: i32, limit: i32): bool {
  let most: u32 = 0;
  for (let p = numbers, end = numbers + ((<usize>count) << 2); p < end; p += 4) most = max(most, load<u32>(p));
  return count == 0 || most < <u32>limit;
}

/**
 * Finds each column's node and how many bytes the columns' texts have together.
 *
 * - tokenStarts: token t is at tokenPool[tokenStarts[t]] … tokenPool[tokenStarts[t + 1] − 1]
 * - separator: bytes between two tokens, 0 or 1; lengths: room for a number per node
 */
export function measureGrams(
  roots: i32,
  size: i32,
  parents: usize,
  lasts: usize,
  columns: usize,
  tokenStarts: usize,
  separator: i32,
  lengths: usize,
  nodeOf: usize,
): f64 {
  let total: i64 = 0;
  for (let node = 0; node < size; node++) {
    const token = node < roots ? node : load<i32>(lasts + ((<usize>node) << 2));
    const own = tokenStarts + ((<usize>token) << 2);
    let length = load<i32>(own, 4) - load<i32>(own);
    if (node >= roots) length += separator + load<i32>(lengths + ((<usize>load<i32>(parents + ((<usize>node) << 2))) << 2));
    store<i32>(lengths + ((<usize>node) << 2), length);
    const col = load<i32>(columns + ((<usize>node) << 2));
    if (col < 0) continue;
    store<i32>(nodeOf + ((<usize>col) << 2), node);
    total += <i64>length;
  }
  return <f64>total;
}

/**
 * Writes the columns' texts one after the other, tokens separated by a space where `separator` is 1.
 *
 * What a text shares with the one before it is copied from there: neighbours have most of their tokens in common.
 *
 * - starts: cols + 1 numbers, the first of them 0; tokenPool and bytes have 8 bytes of slack at the end
 * - path: room for three numbers per token of the longest sequence: the nodes of the text before, from its first token
 *   on, the bytes up to each of them, and nodes that are new
 */
export function writeGrams(
  roots: i32,
  cols: i32,
  longest: i32,
  parents: usize,
  lasts: usize,
  nodeOf: usize,
  tokenStarts: usize,
  tokenPool: usize,
  separator: i32,
  path: usize,
  starts: usize,
  bytes: usize,
): void {
  const ends = path + ((<usize>longest) << 2);
  const fresh = ends + ((<usize>longest) << 2);
  let out = bytes;
  let before = bytes;
  let depth = 0;
  for (let col = 0; col < cols; col++) {
    let node = load<i32>(nodeOf + ((<usize>col) << 2));
    let added = 0;
    let shared = 0;
    for (;;) {
      // How many nodes of the path before lead to this one.
      shared = depth;
      while (shared > 0 && load<i32>(path + ((<usize>(shared - 1)) << 2)) != node) shared--;
      if (shared > 0) break;
      store<i32>(fresh + ((<usize>added) << 2), node);
      added++;
      if (node < roots) break;
      node = load<i32>(parents + ((<usize>node) << 2));
    }
    const begin = out;
    if (shared > 0) {
      const length = load<i32>(ends + ((<usize>(shared - 1)) << 2));
      for (let k = 0; k < length; k += 8) store<u64>(out + <usize>k, load<u64>(before + <usize>k));
      out += <usize>length;
    }
    depth = shared;
    while (added > 0) {
      added--;
      node = load<i32>(fresh + ((<usize>added) << 2));
      if (separator && depth > 0) {
        store<u8>(out, 32);
        out++;
      }
      out = writeToken(node < roots ? node : load<i32>(lasts + ((<usize>node) << 2)), tokenStarts, tokenPool, out);
      store<i32>(path + ((<usize>depth) << 2), node);
      store<i32>(ends + ((<usize>depth) << 2), <i32>(out - begin));
      depth++;
    }
    before = begin;
    store<i32>(starts + ((<usize>col) << 2), <i32>(out - bytes), 4);
  }
}

/** Eight bytes at a time: what is too much is overwritten by what follows. @returns where the token ends */
function writeToken(token: i32, tokenStarts: usize, tokenPool: usize, out: usize): usize {
  const own = tokenStarts + ((<usize>token) << 2);
  const start = load<i32>(own);
  const length = load<i32>(own, 4) - start;
  const from = tokenPool + <usize>start;
  for (let k = 0; k < length; k += 8) store<u64>(out + <usize>k, load<u64>(from + <usize>k));
  return out + <usize>length;
}
