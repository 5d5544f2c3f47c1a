import type { TreeNodes } from './tree-nodes.ts';

/**
 * How much each feature's splits lower the impurity, weighted by rows and divided by the sum; zeros for a single node.
 *
 * Counterpart: scikit-learn's feature_importances_ of a tree.
 */
export function treeImportances(tree: TreeNodes, features: number): Float64Array {
  const { left, right, feature, impurity, weightedSamples } = tree;
  const importances = new Float64Array(features);
  for (let node = 0; node < left.length; node++) {
    if (left[node] < 0) continue;
    const [l, r] = [left[node], right[node]];
    importances[feature[node]] += weightedSamples[node] * impurity[node] - weightedSamples[l] * impurity[l] - weightedSamples[r] * impurity[r];
  }
  for (let j = 0; j < features; j++) importances[j] /= weightedSamples[0];
  const sum = importances.reduce((a, b) => a + b, 0);
  return sum > 0 ? importances.map((value) => value / sum) : importances;
}
