import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { eachLeaf } from './each-leaf.ts';
import type { TreeNodes } from './tree-nodes.ts';

/** The mean over all trees of the value of each row's leaf: rows × outputs. */
export function forestValues(trees: readonly TreeNodes[], X: Matrix): DenseMatrix {
  const { outputs } = trees[0];
  const sums = new DenseMatrix(X.rows, outputs);
  eachLeaf(trees, X, (t, from, leaves) => {
    const { value } = trees[t];
    let to = from * outputs;
    for (let i = 0; i < leaves.length; i++) {
      const at = leaves[i] * outputs;
      for (let k = 0; k < outputs; k++) sums.data[to++] += value[at + k];
    }
  });
  for (let e = 0; e < sums.data.length; e++) sums.data[e] /= trees.length;
  return sums;
}
