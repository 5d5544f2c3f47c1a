import type { Matrix } from '../matrix/matrix.ts';
import { leafOf } from './leaf-of.ts';
import type { TreeNodes } from './tree-nodes.ts';
import { eachRow } from './each-row.ts';

/** The leaf of each row of X, whose values are rounded to single precision. */
export function leavesOf(tree: TreeNodes, X: Matrix): Int32Array {
  const leaves = new Int32Array(X.rows);
  eachRow(X, (row, i) => {
    leaves[i] = leafOf(tree, row);
  });
  return leaves;
}
