import { childOf } from './child-of.ts';
import type { TreeNodes } from './tree-nodes.ts';

/** The leaf that a row of values ends in. */
export function leafOf(tree: TreeNodes, row: ArrayLike<number>): number {
  let node = 0;
  while (tree.left[node] >= 0) node = childOf(tree, node, row[tree.feature[node]]);
  return node;
}
