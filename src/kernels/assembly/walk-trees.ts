/** Pointers are byte addresses, lengths are elements. Twin: ../twins/walk-trees.ts. */
import { addByMasks, MOST_NODES } from './leaf-masks.ts';

/** Fewer rows than this are sooner walked than a tree's tables made. */
const FEW_ROWS: i32 = 256;

/** The column's number, then the bin up to which rows go left, then the kind of the split; the left child. */
const THRESHOLD: u64 = 16;
const KIND: u64 = 24;
const CHILD: u64 = 32;

/** The next node: the left child or the one after it; a leaf is its own left child. */
// @ts-ignore: decorator
@inline
function next(nodes: usize, at: usize, row: usize): usize {
  const node = load<u64>(nodes + (at << 3));
  const kind = <u32>(node >> KIND) & 255;
  const bin = (<u32>load<u8>(row + <usize>(node & 0xffff)) + kind) & 255;
  return <usize>(node >> CHILD) + <usize>(bin > (<u32>(node >> THRESHOLD) & 255) + kind);
}

/** The same by the set of each node's bins that go left. */
// @ts-ignore: decorator
@inline
function nextBySet(nodes: usize, sets: usize, at: usize, row: usize): usize {
  const node = load<u64>(nodes + (at << 3));
  const bin = <usize>load<u8>(row + <usize>(node & 0xffff));
  const byte = <usize>load<u8>(sets + (at << 5) + (bin >> 3));
  return <usize>(node >> CHILD) + (((byte >> (bin & 7)) & 1) ^ 1);
}

/**
 * Adds to out[row, tree % outputs] the value of the leaf that the row reaches, for trees from `first` to `last` in turn.
 *
 * @param bins a row's bytes, `stride` apart; missing values are 255
 * @param starts number of each tree's first node, and behind the last tree the number of nodes
 * @param depths largest number of splits from root to leaf, per tree
 * @param nodes eight bytes each
 * @param values one double per node
 * @param sets per tree, the number of its first node's set; −1 where no split is over categories
 * @param bits 32 bytes a set
 * @param room as for addByMasks
 */
export function walkTrees(
  rows: i32,
  bins: usize,
  stride: i32,
  first: i32,
  last: i32,
  starts: usize,
  depths: usize,
  nodes: usize,
  values: usize,
  sets: usize,
  bits: usize,
  outputs: i32,
  out: usize,
  room: usize,
): void {
  const width = (<usize>outputs) << 3;
  for (let t = first; t < last; t++) {
    const start = <usize>load<i32>(starts + ((<usize>t) << 2));
    const count = load<i32>(starts + ((<usize>t) << 2), 4) - <i32>start;
    const depth = load<i32>(depths + ((<usize>t) << 2));
    const own = nodes + (start << 3);
    const leaf = values + (start << 3);
    let to = out + ((<usize>(t % outputs)) << 3);
    let row = bins;
    let i = 0;
    const set = load<i32>(sets + ((<usize>t) << 2));
    if (rows >= FEW_ROWS && count <= MOST_NODES) {
      addByMasks(rows, bins, stride, own, count, leaf, set < 0 ? 0 : bits + ((<usize>set) << 5), width, to, room);
    } else if (set < 0) {
      for (; i + 3 < rows; i += 4) {
        const rowB = row + stride;
        const rowC = rowB + stride;
        const rowD = rowC + stride;
        let a: usize = 0;
        let b: usize = 0;
        let c: usize = 0;
        let d: usize = 0;
        for (let step = 0; step < depth; step++) {
          const wereAt = a + b + c + d;
          a = next(own, a, row);
          b = next(own, b, rowB);
          c = next(own, c, rowC);
          d = next(own, d, rowD);
          if (a + b + c + d == wereAt) break;
        }
        to = addFour(leaf, a, b, c, d, to, width);
        row = rowD + stride;
      }
      for (; i < rows; i++, to += width, row += stride) {
        let a: usize = 0;
        for (let step = 0; step < depth; step++) a = next(own, a, row);
        store<f64>(to, load<f64>(to) + load<f64>(leaf + (a << 3)));
      }
    } else {
      const ownSets = bits + ((<usize>set) << 5);
      for (; i + 3 < rows; i += 4) {
        const rowB = row + stride;
        const rowC = rowB + stride;
        const rowD = rowC + stride;
        let a: usize = 0;
        let b: usize = 0;
        let c: usize = 0;
        let d: usize = 0;
        for (let step = 0; step < depth; step++) {
          const wereAt = a + b + c + d;
          a = nextBySet(own, ownSets, a, row);
          b = nextBySet(own, ownSets, b, rowB);
          c = nextBySet(own, ownSets, c, rowC);
          d = nextBySet(own, ownSets, d, rowD);
          if (a + b + c + d == wereAt) break;
        }
        to = addFour(leaf, a, b, c, d, to, width);
        row = rowD + stride;
      }
      for (; i < rows; i++, to += width, row += stride) {
        let a: usize = 0;
        for (let step = 0; step < depth; step++) a = nextBySet(own, ownSets, a, row);
        store<f64>(to, load<f64>(to) + load<f64>(leaf + (a << 3)));
      }
    }
  }
}

/** Adds four leaves' values to four rows' sums. @returns where the next row's is */
// @ts-ignore: decorator
@inline
function addFour(leaf: usize, a: usize, b: usize, c: usize, d: usize, to: usize, width: usize): usize {
  store<f64>(to, load<f64>(to) + load<f64>(leaf + (a << 3)));
  to += width;
  store<f64>(to, load<f64>(to) + load<f64>(leaf + (b << 3)));
  to += width;
  store<f64>(to, load<f64>(to) + load<f64>(leaf + (c << 3)));
  to += width;
  store<f64>(to, load<f64>(to) + load<f64>(leaf + (d << 3)));
  return to + width;
}
