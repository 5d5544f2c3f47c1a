import { withArena } from '../kernels/arena.ts';
import { binRows, binTable } from '../kernels/binning.ts';
import { WALK_BYTES, walkTrees } from '../kernels/walk-trees.ts';
import { blockReader, type BlockReader, type ColumnPlan } from './block-reader.ts';
import { treeCount, type BoostedTrees, type ColumnCoding } from './boosted-trees.ts';
import type { Features } from './features.ts';
import { strideOf } from './binned-rows.ts';
import { packTrees } from './pack-trees.ts';

/** Rows that are read and binned together. */
const BLOCK = 512;
/** Rows that the trees are then asked for: their bins stay in the cache for all of them. */
const TOGETHER = 8 * BLOCK;
/** The bin of missing values. */
const MISSING = 255;

/** What predictions need of a model. */
export interface RawModel extends ColumnCoding {
  trees: BoostedTrees;
  baseline: Float64Array;
  nTreesPerIteration: number;
}

/** Raw predictions, rows × outputs: the baseline and what the trees add. */
export function predictRaw(model: RawModel, read: BlockReader, rows: Int32Array | null, count: number, plan: readonly ColumnPlan[]): Float64Array {
  const { trees, baseline, nTreesPerIteration: outputs } = model;
  const raw = new Float64Array(count * outputs);
  const places = new Int32Array(model.binEdges.length);
  plan.forEach(({ column }, j) => (places[column] = j));
  withArena((arena) => {
    const cols = plan.length;
    const stride = strideOf(cols);
    const packed = packTrees(arena, trees, 0, treeCount(trees), places);
    const table = binTable(arena, plan.map(({ column }) => model.binEdges[column]), new Uint8Array(cols).fill(MISSING));
    const block = arena.float64(BLOCK * cols);
    const byRow = arena.uint8(TOGETHER * stride);
    const out = arena.float64(TOGETHER * outputs);
    const room = arena.unsetUint8(WALK_BYTES);
    for (let from = 0; from < count; from += TOGETHER) {
      const size = Math.min(TOGETHER, count - from);
      for (let first = 0; first < size; first += BLOCK) {
        const end = Math.min(first + BLOCK, size);
        read(rows, from + first, from + end, block);
        binRows(end - first, cols, block, table, first, { byRow, stride, byColumn: undefined, height: 0 });
      }
      for (let p = 0; p < size * outputs; p++) out[p] = baseline[p % outputs];
      walkTrees(size, byRow, stride, 0, treeCount(trees), packed, outputs, out.subarray(0, size * outputs), room);
      raw.set(out.subarray(0, size * outputs), from * outputs);
    }
  });
  return raw;
}

/** Columns of X that some split asks for, so that no others are read; at least one. */
export function usedColumns({ trees, categories }: RawModel): ColumnPlan[] {
  const used = new Set(trees.feature);
  used.delete(-1);
  if (used.size === 0) used.add(0);
  return [...used].sort((a, b) => a - b).map((column) => ({ column, categories: categories[column] }));
}

/** Raw predictions of all rows of X. */
export function predictFeatures(owner: string, model: RawModel, features: Features): Float64Array {
  const plan = usedColumns(model);
  return predictRaw(model, blockReader(owner, features, plan), null, features.rows, plan);
}
