import { MOST_EDGES, binTable } from '../kernels/binning.ts';
import type { Arena } from '../kernels/arena.ts';
import { stagedBytes } from '../kernels/histograms.ts';
import { CATEGORICAL, HAS_MISSING } from '../kernels/split-arrays.ts';
import type { BlockReader, ColumnPlan } from './block-reader.ts';
import type { BinnedArrays } from './binned-arrays.ts';
import type { SharedWork } from './shared-work.ts';

/** Rows to bin: those of a list, or the first `count`. */
export interface RowsToBin {
  read: BlockReader;
  rows: Int32Array | null;
  count: number;
}

/** A row's bytes are padded to this, so that they are copied sixteen at a time. */
export const strideOf = (cols: number): number => Math.ceil(cols / 16) * 16;

/**
 * Bins training rows and, after them, validation rows. A column's bins are 0 … n − 1 and n for missing values.
 *
 * @param directions per planned column: 1, −1 or 0
 * @param parts the training rows first
 */
export function binnedRows(
  arena: Arena,
  work: SharedWork,
  plan: readonly ColumnPlan[],
  edges: readonly Float64Array[],
  directions: Int8Array,
  parts: readonly RowsToBin[],
): BinnedArrays {
  const cols = plan.length;
  const rows = parts.reduce((sum, { count }) => sum + count, 0);
  const stride = strideOf(cols);
  const bins = arena.copyInt32(edges.map((own) => own.length + 1));
  const starts = arena.int32(cols);
  let cells = 0;
  bins.forEach((count, j) => {
    starts[j] = cells;
    cells += count + 1;
  });
  const binned: BinnedArrays = {
    rows,
    cols,
    stride,
    byRow: arena.unsetUint8(rows * stride),
    byColumn: arena.unsetUint8(rows * cols),
    height: rows,
    starts,
    cells,
    bins,
    kinds: arena.uint8(cols),
    directions: signed(arena, directions),
    staged: arena.unsetUint8(stagedBytes(stride)),
  };
  const table = binTable(arena, edges.map((own) => own.subarray(0, MOST_EDGES - 1)), Uint8Array.from(bins));
  const size = work.rowsToBin;
  const blocks = blocksOf(parts, size);
  // While one block is binned, the next is read.
  const values = [arena.unsetFloat64(size * cols), arena.unsetFloat64(size * cols)];
  const read = (i: number): void => {
    if (i >= blocks.length) return;
    const { part, from, to } = blocks[i];
    part.read(part.rows, from, to, values[i % 2]);
  };
  read(0);
  blocks.forEach(({ from, to, first }, i) => work.binRows(to - from, cols, values[i % 2], table, first, binned, () => read(i + 1)));
  for (let j = 0; j < cols; j++) {
    const own = binned.byColumn.subarray(j * rows, j * rows + parts[0].count);
    binned.kinds[j] = (own.includes(bins[j]) ? HAS_MISSING : 0) + (plan[j].categories === null ? 0 : CATEGORICAL);
  }
  return binned;
}

interface BlockOfRows {
  part: RowsToBin;
  from: number;
  to: number;
  /** Number of its first row among those of all parts. */
  first: number;
}

function blocksOf(parts: readonly RowsToBin[], size: number): BlockOfRows[] {
  const blocks: BlockOfRows[] = [];
  let before = 0;
  for (const part of parts) {
    for (let from = 0; from < part.count; from += size) blocks.push({ part, from, to: Math.min(part.count, from + size), first: before + from });
    before += part.count;
  }
  return blocks;
}

function signed(arena: Arena, values: Int8Array): Int8Array {
  const bytes = arena.uint8(values.length);
  const copy = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  copy.set(values);
  return copy;
}
