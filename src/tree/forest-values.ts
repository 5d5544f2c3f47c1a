import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { TreeNodes } from './tree-nodes.ts';

/** So many rows are walked through one tree after the other, so that both stay in the cache. */
const BLOCK = 256;

/** The mean over all trees of the value of each row's leaf: rows × outputs. */
export function forestValues(trees: readonly TreeNodes[], X: Matrix): DenseMatrix {
  const { outputs } = trees[0];
  const sums = new DenseMatrix(X.rows, outputs);
  const block = new Float32Array(BLOCK * X.cols);
  for (let from = 0; from < X.rows; from += BLOCK) {
    const rows = Math.min(BLOCK, X.rows - from);
    if (X.kind === 'dense') block.set(X.data.subarray(from * X.cols, (from + rows) * X.cols));
    else {
      block.fill(0);
      for (let i = 0; i < rows; i++) {
        for (let e = X.indptr[from + i]; e < X.indptr[from + i + 1]; e++) block[i * X.cols + X.indices[e]] = X.data[e];
      }
    }
    for (const tree of trees) {
      for (let i = 0; i < rows; i++) {
        const leaf = walk(tree, block, i * X.cols);
        for (let k = 0; k < outputs; k++) sums.data[(from + i) * outputs + k] += tree.value[leaf * outputs + k];
      }
    }
  }
  for (let e = 0; e < sums.data.length; e++) sums.data[e] /= trees.length;
  return sums;
}

/** The leaf of a row that begins at `offset`. */
function walk(tree: TreeNodes, rows: Float32Array, offset: number): number {
  const { left, right, feature, threshold, missingGoesLeft } = tree;
  let node = 0;
  for (let child = left[0]; child >= 0; child = left[node]) {
    const x = rows[offset + feature[node]];
    node = x <= threshold[node] || (x !== x && missingGoesLeft[node] === 1) ? child : right[node];
  }
  return node;
}
