import { treeImportances } from './tree-importances.ts';
import type { TreeNodes } from './tree-nodes.ts';

/** The mean of the importances of all trees that split, summing to 1; zeros where none does. */
export function forestImportances(trees: readonly TreeNodes[], features: number): Float64Array {
  const sums = new Float64Array(features);
  let count = 0;
  for (const tree of trees) {
    if (tree.left.length < 2) continue;
    count++;
    treeImportances(tree, features).forEach((value, j) => (sums[j] += value));
  }
  if (count === 0) return sums;
  const means = sums.map((value) => value / count);
  const total = means.reduce((a, b) => a + b, 0);
  return means.map((value) => value / total);
}
