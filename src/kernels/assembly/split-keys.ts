/** Sorting a node's rows by a column, and parting them at a rank. Twin: ../twins/split-keys.ts. */

@inline
function rankAt(ranks: usize, wide: bool, row: usize): i32 {
  return wide ? load<i32>(ranks + (row << 2)) : <i32>load<u16>(ranks + (row << 1));
}

/**
 * Moves the rows whose rank is at most `cut` to the front of samples[start … end); those with the rank `missing` too if
 * missingLeft. ranks: u16 or, if `wide`, i32 by row, to which `base` is added. @returns where the others begin
 */
export function partitionByRank(ranks: usize, wide: bool, base: i32, missing: i32, samples: usize, start: i32, end: i32, cut: i32, missingLeft: bool): i32 {
  let left = start;
  let right = end;
  while (left < right) {
    const at = samples + ((<usize>left) << 2);
    const row = load<u32>(at);
    const key = rankAt(ranks, wide, <usize>row) + base;
    if (key == missing ? missingLeft : key <= cut) {
      left++;
    } else {
      right--;
      const other = samples + ((<usize>right) << 2);
      store<u32>(at, load<u32>(other));
      store<u32>(other, row);
    }
  }
  return right;
}

/** Fewer rows than this are sorted as they are; and fewer than MARKED where two ranks are equal. */
const FEW = 24;
const MARKED = 256;
/** So many rows have one of equal rank at most, for marks to be of use. */
const TIED = 32;

/**
 * gatherKeys, then sortKeys of what has a value.
 * @param scratch zeros, which are left as they were, to sort with where few ranks are equal; 0 for none. 4 bytes for each
 *   of `most` ranks, then 8 for every 64 of them begun, then 8 for every 4096 begun, each rounded up to 8 and 8 more
 * @returns how many have none
 */
export function sortByRank(ranks: usize, wide: bool, base: i32, missing: i32, samples: usize, keys: usize, start: i32, end: i32, scratch: usize, most: i32): i32 {
  let last = end - 1;
  for (let p = start; p <= last; ) {
    const tail = samples + ((<usize>last) << 2);
    const tailRow = load<u32>(tail);
    if (rankAt(ranks, wide, <usize>tailRow) + base == missing) {
      last--;
      continue;
    }
    const at = samples + ((<usize>p) << 2);
    let key = rankAt(ranks, wide, <usize>load<u32>(at)) + base;
    if (key == missing) {
      store<u32>(tail, load<u32>(at));
      store<u32>(at, tailRow);
      last--;
      key = rankAt(ranks, wide, <usize>tailRow) + base;
    }
    store<i32>(keys + ((<usize>p) << 2), key);
    p++;
  }
  const n = last + 1 - start;
  const offset = (<usize>start) << 2;
  if (n > 0 && !(n > FEW && scratch != 0 && sortMarked(keys + offset, samples + offset, n, scratch, most, missing))) {
    introsort(keys + offset, samples + offset, n, depthFor(n));
  }
  return end - 1 - last;
}

/** How often n rows may be parted. */
@inline
function depthFor(n: i32): i32 {
  return 2 * (31 - clz<i32>(n));
}

/**
 * Sorts rows by noting each rank as a bit: where all differ there is but one order, which the bits tell. Where some are
 * equal, rows are parted as introsort does, whose order that of equal ones is, until they are apart.
 * @param ranks how many there are
 * @returns false, with nothing changed, if too many are equal for that to be faster
 */
function sortMarked(keys: usize, samples: usize, n: i32, scratch: usize, most: i32, ranks: i32): bool {
  const words = scratch + (((<usize>most + 1) >> 1) << 3);
  const groups = words + (((<usize>most >> 6) + 1) << 3);
  const last = (<usize>n) << 2;
  // Marks are counted word by word, which is too dear where they lie scattered.
  const allowed = n >= MARKED && n >= ranks >> 6 ? n / TIED : 0;
  let tied = 0;
  for (let i: usize = 0; i < last; i += 4) {
    const key = <usize>load<u32>(keys + i);
    const word = words + ((key >> 6) << 3);
    const held = load<u64>(word);
    const bit = (<u64>1) << (key & 63);
    if (held & bit) {
      if (tied++ < allowed) continue;
      for (let q: usize = 0; q < i; q += 4) {
        const noted = <usize>load<u32>(keys + q);
        store<u64>(words + ((noted >> 6) << 3), 0);
        store<u64>(groups + ((noted >> 12) << 3), 0);
      }
      return false;
    }
    store<u64>(word, held | bit);
    const group = groups + ((key >> 12) << 3);
    store<u64>(group, load<u64>(group) | ((<u64>1) << ((key >> 6) & 63)));
    store<u32>(scratch + (key << 2), load<u32>(samples + i));
  }
  if (tied > 0) {
    sortPart(keys, samples, n, depthFor(n), scratch, words, 0, ranks - 1);
    memory.fill(words, 0, ((<usize>ranks >> 6) + 1) << 3);
    memory.fill(groups, 0, ((<usize>ranks >> 12) + 1) << 3);
    return true;
  }
  let to: usize = 0;
  for (let g: usize = 0; to < last; g++) {
    let group = load<u64>(groups + (g << 3));
    store<u64>(groups + (g << 3), 0);
    for (; group != 0; group &= group - 1) {
      const w = (g << 6) + <usize>ctz(group);
      to = writeMarked(keys, samples, to, w, load<u64>(words + (w << 3)), scratch);
      store<u64>(words + (w << 3), 0);
    }
  }
  return true;
}

/** Writes the rows that the bits of a word stand for, from byte `to` on. @returns where the next go */
@inline
function writeMarked(keys: usize, samples: usize, to: usize, w: usize, word: u64, scratch: usize): usize {
  for (; word != 0; word &= word - 1) {
    const key = (w << 6) + <usize>ctz(word);
    store<u32>(keys + to, <u32>key);
    store<u32>(samples + to, load<u32>(scratch + (key << 2)));
    to += 4;
  }
  return to;
}

/** The bits of word w that stand for ranks from `low` to `high`. */
@inline
function marksOf(words: usize, w: usize, low: usize, high: usize): u64 {
  let word = load<u64>(words + (w << 3));
  if (w == low >> 6) word &= (<u64>-1) << (low & 63);
  if (w == high >> 6) word &= (<u64>-1) >> (63 - (high & 63));
  return word;
}

/** Sorts n rows if their ranks, from `low` to `high`, all differ. @returns whether they do */
@inline
function sortIfDistinct(keys: usize, samples: usize, n: i32, scratch: usize, words: usize, low: usize, high: usize): bool {
  let count = 0;
  for (let w = low >> 6; w <= high >> 6; w++) count += <i32>popcnt(marksOf(words, w, low, high));
  if (count < n) return false;
  let to: usize = 0;
  for (let w = low >> 6; w <= high >> 6; w++) to = writeMarked(keys, samples, to, w, marksOf(words, w, low, high), scratch);
  return true;
}

@inline
function keyAt(keys: usize, i: i32): i32 {
  return load<i32>(keys + ((<usize>i) << 2));
}

@inline
function swap(keys: usize, samples: usize, i: i32, j: i32): void {
  const a = (<usize>i) << 2;
  const b = (<usize>j) << 2;
  const key = load<i32>(keys + a);
  store<i32>(keys + a, load<i32>(keys + b));
  store<i32>(keys + b, key);
  const row = load<u32>(samples + a);
  store<u32>(samples + a, load<u32>(samples + b));
  store<u32>(samples + b, row);
}

/** Sorts keys[0 … n) and samples with them; `depth`: how often they may be parted, 2 · ⌊log₂ n⌋. */
export function introsort(keys: usize, samples: usize, n: i32, depth: i32): void {
  sortPart(keys, samples, n, depth, 0, 0, 0, 0);
}

/** introsort; of ranks from `low` to `high` that are marked in `words`, see sortMarked, unless that is 0. */
function sortPart(keys: usize, samples: usize, n: i32, depth: i32, scratch: usize, words: usize, low: i32, high: i32): void {
  while (n > 15) {
    if (words != 0 && sortIfDistinct(keys, samples, n, scratch, words, <usize>low, <usize>high)) return;
    if (depth <= 0) {
      heapsort(keys, samples, n);
      return;
    }
    depth--;
    const a = keyAt(keys, 0);
    const b = keyAt(keys, n >> 1);
    const c = keyAt(keys, n - 1);
    const pivot = a < b ? (b < c ? b : max(a, c)) : b < c ? min(a, c) : b;
    let below = 0;
    let above = n;
    let key = keyAt(keys, 0);
    let row = keyAt(samples, 0);
    // The row at i is held, and put in place once it is known where.
    for (let i = 0; ; ) {
      if (key > pivot) {
        const at = (<usize>(--above)) << 2;
        const lastKey = load<i32>(keys + at);
        const lastRow = load<i32>(samples + at);
        store<i32>(keys + at, key);
        store<i32>(samples + at, row);
        if (i == above) break;
        key = lastKey;
        row = lastRow;
        continue;
      }
      let to = (<usize>i) << 2;
      if (key < pivot) {
        const first = (<usize>(below++)) << 2;
        store<i32>(keys + to, load<i32>(keys + first));
        store<i32>(samples + to, load<i32>(samples + first));
        to = first;
      }
      store<i32>(keys + to, key);
      store<i32>(samples + to, row);
      if (++i == above) break;
      key = keyAt(keys, i);
      row = keyAt(samples, i);
    }
    sortPart(keys, samples, below, depth, scratch, words, low, pivot - 1);
    const offset = (<usize>above) << 2;
    keys += offset;
    samples += offset;
    n -= above;
    low = pivot + 1;
  }
  for (let i = 1; i < n; i++) {
    const key = keyAt(keys, i);
    const row = load<u32>(samples + ((<usize>i) << 2));
    let j = i;
    for (; j > 0 && keyAt(keys, j - 1) > key; j--) {
      store<i32>(keys + ((<usize>j) << 2), keyAt(keys, j - 1));
      store<u32>(samples + ((<usize>j) << 2), load<u32>(samples + ((<usize>(j - 1)) << 2)));
    }
    store<i32>(keys + ((<usize>j) << 2), key);
    store<u32>(samples + ((<usize>j) << 2), row);
  }
}

function heapsort(keys: usize, samples: usize, n: i32): void {
  for (let root = (n - 2) >> 1; root >= 0; root--) siftDown(keys, samples, root, n);
  for (let last = n - 1; last > 0; last--) {
    swap(keys, samples, 0, last);
    siftDown(keys, samples, 0, last);
  }
}

function siftDown(keys: usize, samples: usize, from: i32, count: i32): void {
  for (let root = from; ; ) {
    const child = 2 * root + 1;
    let largest = root;
    if (child < count && keyAt(keys, largest) < keyAt(keys, child)) largest = child;
    if (child + 1 < count && keyAt(keys, largest) < keyAt(keys, child + 1)) largest = child + 1;
    if (largest == root) return;
    swap(keys, samples, root, largest);
    root = largest;
  }
}
