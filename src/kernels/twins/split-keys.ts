/** Twin of assembly/split-keys.ts: the same steps, so the same order of rows. */

/** The ranks of one column, by row. */
export type Ranks = Uint16Array | Int32Array;

function gatherKeys(ranks: Ranks, base: number, missing: number, samples: Int32Array, keys: Int32Array, start: number, end: number): number {
  let last = end - 1;
  for (let p = start; p <= last; ) {
    const key = ranks[samples[last]] + base;
    if (key === missing) {
      last--;
      continue;
    }
    if (ranks[samples[p]] + base === missing) {
      const row = samples[p];
      samples[p] = samples[last];
      samples[last--] = row;
    }
    keys[p] = ranks[samples[p]] + base;
    p++;
  }
  return end - 1 - last;
}

export function sortByRank(ranks: Ranks, base: number, missing: number, samples: Int32Array, keys: Int32Array, start: number, end: number): number {
  const gaps = gatherKeys(ranks, base, missing, samples, keys, start, end);
  const present = end - gaps;
  if (present > start) introsort(keys, samples, start, present, 2 * (31 - Math.clz32(present - start)));
  return gaps;
}

function swap(keys: Int32Array, samples: Int32Array, i: number, j: number): void {
  const key = keys[i];
  keys[i] = keys[j];
  keys[j] = key;
  const row = samples[i];
  samples[i] = samples[j];
  samples[j] = row;
}

function introsort(keys: Int32Array, samples: Int32Array, from: number, end: number, depth: number): void {
  let start = from;
  for (let left = depth; end - start > 15; left--) {
    if (left <= 0) return heapsort(keys, samples, start, end);
    const pivot = median(keys[start], keys[start + ((end - start) >>> 1)], keys[end - 1]);
    let below = start;
    let above = end;
    for (let i = start; i < above; ) {
      if (keys[i] < pivot) swap(keys, samples, i++, below++);
      else if (keys[i] > pivot) swap(keys, samples, i, --above);
      else i++;
    }
    introsort(keys, samples, start, below, left - 1);
    start = above;
  }
  for (let i = start + 1; i < end; i++) {
    const key = keys[i];
    const row = samples[i];
    let j = i;
    for (; j > start && keys[j - 1] > key; j--) {
      keys[j] = keys[j - 1];
      samples[j] = samples[j - 1];
    }
    keys[j] = key;
    samples[j] = row;
  }
}

function median(a: number, b: number, c: number): number {
  return a < b ? (b < c ? b : Math.max(a, c)) : b < c ? Math.min(a, c) : b;
}

function heapsort(keys: Int32Array, samples: Int32Array, start: number, end: number): void {
  for (let root = (end - start - 2) >> 1; root >= 0; root--) siftDown(keys, samples, start, root, end - start);
  for (let last = end - start - 1; last > 0; last--) {
    swap(keys, samples, start, start + last);
    siftDown(keys, samples, start, 0, last);
  }
}

function siftDown(keys: Int32Array, samples: Int32Array, start: number, from: number, count: number): void {
  for (let root = from; ; ) {
    const child = 2 * root + 1;
    let largest = root;
    if (child < count && keys[start + largest] < keys[start + child]) largest = child;
    if (child + 1 < count && keys[start + largest] < keys[start + child + 1]) largest = child + 1;
    if (largest === root) return;
    swap(keys, samples, start + root, start + largest);
    root = largest;
  }
}

export function partitionByRank(
  ranks: Ranks,
  base: number,
  missing: number,
  samples: Int32Array,
  start: number,
  end: number,
  cut: number,
  missingLeft: boolean,
): number {
  let left = start;
  let right = end;
  while (left < right) {
    const key = ranks[samples[left]] + base;
    if (key === missing ? missingLeft : key <= cut) left++;
    else {
      right--;
      const row = samples[left];
      samples[left] = samples[right];
      samples[right] = row;
    }
  }
  return right;
}
