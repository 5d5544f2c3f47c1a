import { withArena } from '../kernels/arena.ts';
import { blockReader } from './block-reader.ts';
import { treeCount, type BoostedTrees } from './boosted-trees.ts';
import type { Features } from './features.ts';
import { predictRaw, usedColumns, type RawModel } from './predict-raw.ts';

/** Raw predictions of all rows of X after each round, rows × outputs. */
export function* stagedRaw(owner: string, model: RawModel, features: Features): Generator<Float64Array> {
  const plan = usedColumns(model);
  const read = blockReader(owner, features, plan);
  const { nTreesPerIteration: outputs, baseline } = model;
  const raw = Float64Array.from({ length: features.rows * outputs }, (_, p) => baseline[p % outputs]);
  for (let first = 0; first < treeCount(model.trees); first += outputs) {
    const round = { ...model, trees: roundOf(model.trees, first, first + outputs), baseline: new Float64Array(outputs) };
    const added = withArena(() => predictRaw(round, read, null, features.rows, plan));
    for (let p = 0; p < raw.length; p++) raw[p] += added[p];
    yield raw.slice();
  }
}

/** Trees first … last − 1, sharing memory. */
function roundOf(trees: BoostedTrees, first: number, last: number): BoostedTrees {
  return { ...trees, starts: trees.starts.subarray(first, last + 1) };
}
