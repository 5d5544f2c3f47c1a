import type { TreeNodes } from './tree-nodes.ts';

/** How much each feature's splits lower the impurity, weighted by rows; zeros for a single node. */
export function impurityDrops(tree: TreeNodes, features: number): Float64Array {
  const { left, right, feature, impurity, weightedSamples } = tree;
  const drops = new Float64Array(features);
  for (let node = 0; node < left.length; node++) {
    if (left[node] < 0) continue;
    const [l, r] = [left[node], right[node]];
    drops[feature[node]] += weightedSamples[node] * impurity[node] - weightedSamples[l] * impurity[l] - weightedSamples[r] * impurity[r];
  }
  for (let j = 0; j < features; j++) drops[j] /= weightedSamples[0];
  return drops;
}
