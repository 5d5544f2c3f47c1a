import type { Matrix } from '../matrix/matrix.ts';
import { eachLeaf } from './each-leaf.ts';
import type { TreeNodes } from './tree-nodes.ts';

/** The leaf of each row of X, whose values are rounded to single precision. */
export function leavesOf(tree: TreeNodes, X: Matrix): Int32Array {
  const all = new Int32Array(X.rows);
  eachLeaf([tree], X, (_, from, leaves) => all.set(leaves, from));
  return all;
}
