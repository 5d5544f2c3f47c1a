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

/** Fewer rows than this are sorted as they are. */
const FEW = 24;

/**
 * gatherKeys, then sortKeys of what has a value.
 * @param scratch zeros, which are left as they were, to sort with where no two ranks are equal; 0 for none. 4 bytes for each
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
  if (n > 0 && !(n > FEW && scratch != 0 && sortDistinct(keys + offset, samples + offset, n, scratch, most))) {
    introsort(keys + offset, samples + offset, n, 2 * (31 - clz<i32>(n)));
  }
  return end - 1 - last;
}

/**
 * Sorts rows whose ranks all differ, of which there is but one order, by noting each rank as a bit.
 * @returns false, with nothing changed, if two ranks are equal
 */
function sortDistinct(keys: usize, samples: usize, n: i32, scratch: usize, most: i32): bool {
  const words = scratch + (((<usize>most + 1) >> 1) << 3);
  const groups = words + (((<usize>most >> 6) + 1) << 3);
  const last = (<usize>n) << 2;
  for (let i: usize = 0; i < last; i += 4) {
    const key = <usize>load<u32>(keys + i);
    const word = words + ((key >> 6) << 3);
    const held = load<u64>(word);
    const bit = (<u64>1) << (key & 63);
    if (held & bit) {
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
  let to: usize = 0;
  for (let g: usize = 0; to < last; g++) {
    let group = load<u64>(groups + (g << 3));
    store<u64>(groups + (g << 3), 0);
    for (; group != 0; group &= group - 1) {
      const w = (g << 6) + <usize>ctz(group);
      let word = load<u64>(words + (w << 3));
      store<u64>(words + (w << 3), 0);
      for (; word != 0; word &= word - 1) {
        const key = (w << 6) + <usize>ctz(word);
        store<u32>(keys + to, <u32>key);
        store<u32>(samples + to, load<u32>(scratch + (key << 2)));
        to += 4;
      }
    }
  }
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
  while (n > 15) {
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
    for (let i = 0; i < above; ) {
      const key = keyAt(keys, i);
      if (key < pivot) swap(keys, samples, i++, below++);
      else if (key > pivot) swap(keys, samples, i, --above);
      else i++;
    }
    introsort(keys, samples, below, depth);
    const offset = (<usize>above) << 2;
    keys += offset;
    samples += offset;
    n -= above;
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
