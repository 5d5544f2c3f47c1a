import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { drawnCounts, type ForestPlan } from './forest-plan.ts';
import { leavesOf } from './leaves-of.ts';
import type { TreeNodes } from './tree-nodes.ts';

/** What the trees that have not drawn a row say of it. */
export interface OutOfBag {
  /** Rows × outputs: their mean; zeros for a row that every tree has drawn. */
  values: DenseMatrix;
  /** How many rows every tree has drawn. */
  withoutScore: number;
}

export function outOfBag(plan: ForestPlan, trees: readonly TreeNodes[], X: Matrix): OutOfBag {
  const { outputs } = trees[0];
  const values = new DenseMatrix(X.rows, outputs);
  const voters = new Int32Array(X.rows);
  trees.forEach((tree, t) => {
    const counts = drawnCounts(plan, t)!;
    leavesOf(tree, X).forEach((leaf, i) => {
      if (counts[i] > 0) return;
      voters[i]++;
      for (let c = 0; c < outputs; c++) values.data[i * outputs + c] += tree.value[leaf * outputs + c];
    });
  });
  for (let i = 0; i < X.rows; i++) for (let c = 0; c < outputs; c++) values.data[i * outputs + c] /= Math.max(1, voters[i]);
  return { values, withoutScore: voters.reduce((n, count) => n + (count === 0 ? 1 : 0), 0) };
}
