import type { TreeNodes } from './tree-nodes.ts';

/** The weakest links of a tree, one after the other. */
export interface PruningPath {
  /** The α from which each step of pruning pays, ascending from 0. */
  ccpAlphas: Float64Array;
  /** The impurity of all leaves together, weighted by rows, after each step. */
  impurities: Float64Array;
}

/**
 * Minimal cost-complexity pruning: takes away, step by step, the branch whose leaves lower the impurity least for their
 * number, α = (R(node) − R(branch)) / (leaves − 1), until only branches of larger α are left.
 *
 * Source: Breiman, Friedman, Olshen, Stone, "Classification and Regression Trees", §3.3.
 */
export function pruneTree(tree: TreeNodes, ccpAlpha: number): TreeNodes {
  return withoutBranches(tree, weakestLinks(tree, ccpAlpha).isLeaf);
}

/** All steps down to the root alone. */
export function pruningPath(tree: TreeNodes): PruningPath {
  const { alphas, impurities } = weakestLinks(tree, Infinity);
  return { ccpAlphas: Float64Array.from(alphas), impurities: Float64Array.from(impurities) };
}

function weakestLinks(tree: TreeNodes, ccpAlpha: number): { isLeaf: Uint8Array; alphas: number[]; impurities: number[] } {
  const { left, right, impurity, weightedSamples } = tree;
  const n = left.length;
  const parent = new Int32Array(n).fill(-1);
  const isLeaf = new Uint8Array(n);
  const isCandidate = new Uint8Array(n);
  const own = new Float64Array(n);
  const branch = new Float64Array(n);
  const leaves = new Int32Array(n);
  for (let node = 0; node < n; node++) {
    own[node] = (weightedSamples[node] * impurity[node]) / weightedSamples[0];
    isLeaf[node] = left[node] < 0 ? 1 : 0;
    isCandidate[node] = 1 - isLeaf[node];
    if (isLeaf[node] === 0) parent[left[node]] = parent[right[node]] = node;
  }
  for (let leaf = 0; leaf < n; leaf++) {
    if (isLeaf[leaf] === 0) continue;
    branch[leaf] = own[leaf];
    for (let node = parent[leaf]; node >= 0; node = parent[node]) {
      branch[node] += own[leaf];
      leaves[node]++;
    }
  }
  const alphas = [0];
  const impurities = [branch[0]];
  while (isCandidate[0] === 1) {
    let weakest = 0;
    let alpha = Infinity;
    for (let node = 0; node < n; node++) {
      if (isCandidate[node] === 0) continue;
      const nodeAlpha = (own[node] - branch[node]) / (leaves[node] - 1);
      if (nodeAlpha < alpha) {
        alpha = nodeAlpha;
        weakest = node;
      }
    }
    if (ccpAlpha < alpha) break;
    const below = [weakest];
    for (let node = below.pop(); node !== undefined; node = below.pop()) {
      isCandidate[node] = 0;
      isLeaf[node] = 0;
      if (left[node] >= 0) below.push(left[node], right[node]);
    }
    isLeaf[weakest] = 1;
    const fewer = leaves[weakest] - 1;
    const more = own[weakest] - branch[weakest];
    branch[weakest] = own[weakest];
    for (let node = parent[weakest]; node >= 0; node = parent[node]) {
      leaves[node] -= fewer;
      branch[node] += more;
    }
    alphas.push(alpha);
    impurities.push(branch[0]);
  }
  return { isLeaf, alphas, impurities };
}

/** The tree down to the marked leaves, nodes numbered anew in depth-first order. */
function withoutBranches(tree: TreeNodes, isLeaf: Uint8Array): TreeNodes {
  const kept: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const waiting: { node: number; parent: number; isLeft: boolean }[] = [{ node: 0, parent: -1, isLeft: false }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, parent, isLeft } = next;
    const fresh = kept.push(node) - 1;
    left.push(-1);
    right.push(-1);
    if (parent >= 0) (isLeft ? left : right)[parent] = fresh;
    if (isLeaf[node] === 1) continue;
    waiting.push({ node: tree.right[node], parent: fresh, isLeft: false }, { node: tree.left[node], parent: fresh, isLeft: true });
  }
  const ifSplit = (k: number, value: number, otherwise: number): number => (left[k] < 0 ? otherwise : value);
  const { outputs } = tree;
  return {
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    feature: Int32Array.from(kept, (node, k) => ifSplit(k, tree.feature[node], -1)),
    threshold: Float64Array.from(kept, (node, k) => ifSplit(k, tree.threshold[node], 0)),
    missingGoesLeft: Uint8Array.from(kept, (node, k) => ifSplit(k, tree.missingGoesLeft[node], 0)),
    value: Float64Array.from({ length: kept.length * outputs }, (_, i) => tree.value[kept[Math.floor(i / outputs)] * outputs + (i % outputs)]),
    outputs,
    impurity: Float64Array.from(kept, (node) => tree.impurity[node]),
    samples: Int32Array.from(kept, (node) => tree.samples[node]),
    weightedSamples: Float64Array.from(kept, (node) => tree.weightedSamples[node]),
  };
}
