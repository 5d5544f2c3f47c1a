/**
 * Trees of few leaves, asked for many rows at once. Pointers are byte addresses, lengths are elements. Twin:
 * ../twins/walk-trees.ts, which walks.
 *
 * Leaves are numbered from left to right, a bit each. A split that sends a row to the right rules out the leaves to its
 * left; of those that no split rules out, the leftmost is the row's. What the splits by one column rule out hangs on the
 * row's bin alone: a table of 256 masks says it. So a row takes one look-up per column, whatever the depth, and waits for
 * none of them. Source: Lucchese et al., "QuickScorer: a fast algorithm to rank documents with additive ensembles of
 * regression trees", SIGIR 2015.
 */

/** Nodes of a tree of 32 leaves, which a mask has bits for. */
export const MOST_NODES: i32 = 63;

/** The room: up to 31 tables of 256 masks, their columns (i32), values of leaves (f64); leaves below each node and the first of them, bytes. */
const COLUMNS: usize = 31 << 10;
const VALUES: usize = COLUMNS + 128;
const COUNTS: usize = VALUES + 256;
const BEGINS: usize = COUNTS + 64;

/** Of the masks from bin `first` on, only these bits stay; where `keepsLast`, bin 255's stays as it is. */
// @ts-ignore: decorator
@inline
function keepFrom(table: usize, first: usize, bits: u32, keepsLast: bool): void {
  const last = load<u32>(table, 1020);
  const end = table + 1024;
  let p = table + (first << 2);
  for (; (p & 15) != 0; p += 4) store<u32>(p, load<u32>(p) & bits);
  const lanes = i32x4.splat(bits);
  for (; p < end; p += 16) v128.store(p, v128.and(v128.load(p), lanes));
  if (keepsLast) store<u32>(table, last, 1020);
}

/** The same of the masks of all bins that are not in a set. */
// @ts-ignore: decorator
@inline
function keepOutside(table: usize, set: usize, bits: u32): void {
  const dropped = i32x4.splat(~bits);
  const low = i32x4(1, 2, 4, 8);
  const high = i32x4(16, 32, 64, 128);
  const none = i32x4.splat(0);
  for (const end = set + 32; set < end; set++, table += 32) {
    const eight = i32x4.splat(load<u8>(set));
    v128.store(table, v128.andnot(v128.load(table), v128.and(i32x4.eq(v128.and(eight, low), none), dropped)));
    v128.store(table, v128.andnot(v128.load(table, 16), v128.and(i32x4.eq(v128.and(eight, high), none), dropped)), 16);
  }
}

/** Makes a tree's tables. @param sets those of the tree's nodes, or 0 @returns how many columns it splits by */
function makeTables(nodes: usize, count: i32, values: usize, sets: usize, room: usize): i32 {
  const columns = room + COLUMNS;
  const counts = room + COUNTS;
  const begins = room + BEGINS;
  for (let at = count - 1; at >= 0; at--) {
    const child = <i32>(load<u64>(nodes + ((<usize>at) << 3)) >> 32);
    store<u8>(counts + at, child == at ? 1 : load<u8>(counts + child) + load<u8>(counts + child + 1));
  }
  store<u8>(begins, 0);
  let used = 0;
  for (let at = 0; at < count; at++) {
    const node = load<u64>(nodes + ((<usize>at) << 3));
    const child = <i32>(node >> 32);
    const begin = load<u8>(begins + at);
    if (child == at) {
      store<f64>(room + VALUES + ((<usize>begin) << 3), load<f64>(values + ((<usize>at) << 3)));
      continue;
    }
    const left = load<u8>(counts + child);
    store<u8>(begins + child, begin);
    store<u8>(begins + child + 1, begin + left);
    const column = <u32>node & 0xffff;
    let slot = 0;
    while (slot < used && load<u32>(columns + ((<usize>slot) << 2)) != column) slot++;
    const table = room + ((<usize>slot) << 10);
    if (slot == used) {
      store<u32>(columns + ((<usize>slot) << 2), column);
      memory.fill(table, 255, 1024);
      used++;
    }
    const bits = ~((((<u32>1) << left) - 1) << begin);
    if (sets != 0) keepOutside(table, sets + ((<usize>at) << 5), bits);
    else keepFrom(table, <usize>((<u32>node >> 16) & 255) + 1, bits, <u32>node >> 24 != 0);
  }
  return used;
}

/**
 * Adds to every `width`-th byte from `out` on, doubles, the value of the leaf that each row reaches.
 *
 * @param bins a row's bytes, `stride` apart; missing values are 255
 * @param nodes eight bytes each, `count` of them, MOST_NODES at most
 * @param values one double per node
 * @param sets 32 bytes per node, see ../packed-trees.ts; 0 where no split is over categories
 * @param room 32,768 bytes
 */
export function addByMasks(rows: i32, bins: usize, stride: i32, nodes: usize, count: i32, values: usize, sets: usize, width: usize, out: usize, room: usize): void {
  const used = makeTables(nodes, count, values, sets, room);
  const columns = room + COLUMNS;
  const end = columns + ((<usize>used) << 2);
  const leaves = room + VALUES;
  let row = bins;
  let i = 0;
  for (; i + 3 < rows; i += 4) {
    const rowB = row + stride;
    const rowC = rowB + stride;
    const rowD = rowC + stride;
    let a: u32 = -1;
    let b: u32 = -1;
    let c: u32 = -1;
    let d: u32 = -1;
    for (let p = columns, table = room; p < end; p += 4, table += 1024) {
      const column = <usize>load<u32>(p);
      a &= load<u32>(table + ((<usize>load<u8>(row + column)) << 2));
      b &= load<u32>(table + ((<usize>load<u8>(rowB + column)) << 2));
      c &= load<u32>(table + ((<usize>load<u8>(rowC + column)) << 2));
      d &= load<u32>(table + ((<usize>load<u8>(rowD + column)) << 2));
    }
    out = addValue(leaves, a, out, width);
    out = addValue(leaves, b, out, width);
    out = addValue(leaves, c, out, width);
    out = addValue(leaves, d, out, width);
    row = rowD + stride;
  }
  for (; i < rows; i++, row += stride) {
    let mask: u32 = -1;
    for (let p = columns, table = room; p < end; p += 4, table += 1024) mask &= load<u32>(table + ((<usize>load<u8>(row + <usize>load<u32>(p))) << 2));
    out = addValue(leaves, mask, out, width);
  }
}

/** Adds the value of the leftmost leaf of a mask. @returns where the next row's sum is */
// @ts-ignore: decorator
@inline
function addValue(leaves: usize, mask: u32, to: usize, width: usize): usize {
  store<f64>(to, load<f64>(to) + load<f64>(leaves + ((<usize>ctz<u32>(mask)) << 3)));
  return to + width;
}
