import { Search } from './node-search.ts';
import { introsort } from './split-keys.ts';

/** The entries of sparse columns, and what a search of a node needs to find its own among them; ../../tree/sparse-entries.ts has the twin of this list. */
@unmanaged
export class SparseColumns {
  /** Column by column: where each begins, i32; the row and the rank of each entry, i32, the rank less that of zero. */
  starts: usize;
  rows: usize;
  ranks: usize;
  /** The same row by row. */
  rowStarts: usize;
  columns: usize;
  rowRanks: usize;
  /**
   * Where a node is read row by row, its entries are numbered on from `first`, those of a column in a chain: by column the
   * last number, u32; by entry 8 bytes for rank and value, and u32 the number of the one before, 0 or one up to `first` for none.
   */
  heads: usize;
  items: usize;
  befores: usize;
  /** Columns. */
  cols: i32;
  first: u32;
  issued: u32;
  isByRow: i32;
  /** u32 by row. For classes: the note of a sample in the node where it is read by column, else 0. For means: where the row lies in samples, −1 for nowhere. */
  states: usize;
  /** For classes with weights of any size: weight and class by row, f64; room for a weight of each class. */
  pairs: usize;
  left: usize;
  /** Where all columns are judged before they are drawn: a Verdict for each; else 0. */
  verdicts: usize;
  /** Written by takeApart: the node's samples without an entry lie from `zeros` to `positives`. */
  zeros: i32;
  positives: i32;
  /** Where thresholds are drawn for means: i32 by row, zeros, for the ranks of one column; else 0. */
  spread: usize;
}

/** What a column's best split of a node is, 24 bytes. */
@unmanaged
export class Verdict {
  /** −∞ if it has none that could be the node's, NaN if it is constant; ∞ where it is known to be. */
  proxy: f64;
  /** As searchClasses writes them. */
  passed: i32;
  cut: i32;
  next: i32;
}

@inline
function at4(list: usize, i: usize): usize {
  return list + (i << 2);
}

/** Gets ready to gather columns of samples[start … end). */
export function enterNode(search: Search, start: i32, end: i32): void {
  const sparse = changetype<SparseColumns>(search.sparse);
  const samples = search.samples;
  const most = search.allowance;
  let entries = 0;
  for (let p = start; p < end && entries <= most; p++) {
    const row = <usize>load<u32>(at4(samples, p));
    entries += load<i32>(at4(sparse.rowStarts, row + 1)) - load<i32>(at4(sparse.rowStarts, row));
  }
  sparse.isByRow = i32(entries <= most);
  const isOfClasses = search.measure < 2;
  if (!sparse.isByRow) {
    if (isOfClasses) for (let p = start; p < end; p++) store<u32>(at4(sparse.states, load<u32>(at4(samples, p))), load<u32>(at4(search.notes, p)));
    return;
  }
  const n = end - start;
  let list = at4(samples, start);
  if (!isOfClasses && !search.isDrawn) {
    // The chains of entries are to ascend by row, as columns do.
    list = search.scratch;
    memory.copy(list, at4(samples, start), at4(0, n));
    if (n > 1) introsort(list, search.moved, n, 2 * (31 - clz<i32>(n)));
  }
  chain(sparse, list, isOfClasses ? at4(search.notes, start) : list, n, most);
}

/** Chains the entries of n rows by column, the last first; `values` are noted with them. */
function chain(sparse: SparseColumns, list: usize, values: usize, n: i32, most: i32): void {
  if (sparse.issued > <u32>(0x7fffffff - most)) {
    memory.fill(sparse.heads, 0, at4(0, sparse.cols));
    sparse.issued = 0;
  }
  const heads = sparse.heads;
  const columns = sparse.columns;
  const ranks = sparse.rowRanks;
  let number = sparse.issued;
  let item = sparse.items;
  let before = sparse.befores;
  sparse.first = number;
  for (let i = n - 1; i >= 0; i--) {
    const row = <usize>load<u32>(at4(list, i));
    const value = load<u32>(at4(values, i));
    const last = load<u32>(at4(sparse.rowStarts, row + 1));
    for (let e = load<u32>(at4(sparse.rowStarts, row)); e < last; e++) {
      const rank = load<i32>(at4(ranks, e));
      if (rank == 0) continue;
      const head = at4(heads, load<u32>(at4(columns, e)));
      store<u32>(item, value);
      store<i32>(item, rank, 4);
      store<u32>(before, load<u32>(head));
      store<u32>(head, ++number);
      item += 8;
      before += 4;
    }
  }
  sparse.issued = number;
}

export function leaveNode(search: Search, start: i32, end: i32): void {
  const sparse = changetype<SparseColumns>(search.sparse);
  if (sparse.isByRow || search.measure >= 2) return;
  for (let p = start; p < end; p++) store<u32>(at4(sparse.states, load<u32>(at4(search.samples, p))), 0);
}

/**
 * Lists a column's entries in the node that are not zero: (rank + base) · 2³² + its note for classes, its row for means,
 * u64 each, with room for one more. For means, rows ascend unless thresholds are drawn. @returns how many there are
 */
export function gather(search: Search, feature: i32, base: i32, start: i32, end: i32, list: usize): i32 {
  const sparse = changetype<SparseColumns>(search.sparse);
  const lift = (<u64>base) << 32;
  let to = list;
  if (sparse.isByRow) {
    const first = sparse.first;
    for (let number = load<u32>(at4(sparse.heads, feature)); number > first; ) {
      const at = <usize>(number - first - 1);
      store<u64>(to, load<u64>(sparse.items + (at << 3)) + lift);
      to += 8;
      number = load<u32>(at4(sparse.befores, at));
    }
    return <i32>((to - list) >> 3);
  }
  const states = sparse.states;
  const last = load<u32>(at4(sparse.starts, feature + 1));
  const isOfClasses = search.measure < 2;
  for (let e = load<u32>(at4(sparse.starts, feature)); e < last; e++) {
    // Each is written, and what is not wanted is written over: there is nothing to predict.
    const row = load<u32>(at4(sparse.rows, e));
    const state = load<u32>(at4(states, row));
    const rank = load<i32>(at4(sparse.ranks, e));
    store<u64>(to, ((<u64>(<u32>(rank + base))) << 32) | <u64>(isOfClasses ? state : row));
    const isWithin = isOfClasses ? i32(state != 0) : i32(state - <u32>start < <u32>(end - start));
    to += (<usize>(isWithin & i32(rank != 0))) << 3;
  }
  return <i32>((to - list) >> 3);
}
