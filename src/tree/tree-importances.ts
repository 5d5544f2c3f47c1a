import { impurityDrops } from './impurity-drops.ts';
import type { TreeNodes } from './tree-nodes.ts';

/**
 * How much each feature's splits lower the impurity, weighted by rows and divided by the sum; zeros for a single node.
 *
 * Counterpart: scikit-learn's feature_importances_ of a tree.
 */
export function treeImportances(tree: TreeNodes, features: number): Float64Array {
  const drops = impurityDrops(tree, features);
  const sum = drops.reduce((a, b) => a + b, 0);
  return sum > 0 ? drops.map((value) => value / sum) : drops;
}
