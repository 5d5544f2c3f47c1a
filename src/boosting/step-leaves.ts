import { pairwiseSum } from '../core/pairwise-sum.ts';
import { takeRows } from '../core/rows.ts';
import type { TreeNodes } from '../tree/tree-nodes.ts';
import type { StageLoss } from './stage-loss.ts';

/** The rows that a stage's leaves get their values from. */
export interface LeafRows {
  /** The leaf of every row. */
  leaves: Int32Array;
  /** 1 for the rows that count; undefined where all do. */
  bag: Uint8Array | undefined;
  weights: Float64Array | undefined;
  /** Of one output: the numbers to tell, or 1 for rows of its class and 0 for others. */
  y: Float64Array;
  /** The negative gradient that the tree was grown on. */
  gradient: Float64Array;
  raw: Float64Array;
}

/** Below this, a Newton step's denominator is taken for none, and the step is 0. */
const NO_CURVATURE = 1e-150;

/** Gives the leaves of a tree, which has been grown on the negative gradient, the values of the loss. */
export function stepLeaves(tree: TreeNodes, loss: StageLoss, rows: LeafRows): void {
  if (loss.newton === null && loss.residualValue === null) return;
  const { order, starts } = rowsByLeaf(tree.left.length, rows.leaves, rows.bag);
  const weights = rows.weights === undefined ? new Float64Array(order.length).fill(1) : takeRows(rows.weights, order);
  const valueOf = loss.newton === null ? residualValues(loss.residualValue!, order, weights, rows) : newtonValues(loss.newton, order, weights, rows);
  for (let node = 0; node < tree.left.length; node++) if (tree.left[node] < 0) tree.value[node] = valueOf(starts[node], starts[node + 1]);
}

/** The value of the leaf whose rows lie at order[start … end). */
type ValueOf = (start: number, end: number) => number;

function newtonValues({ scale, curvature }: NonNullable<StageLoss['newton']>, order: Int32Array, weights: Float64Array, { y, gradient }: LeafRows): ValueOf {
  const slopes = new Float64Array(order.length);
  const curvatures = new Float64Array(order.length);
  for (let p = 0; p < order.length; p++) {
    const row = order[p];
    slopes[p] = gradient[row] * weights[p];
    curvatures[p] = curvature(y[row], gradient[row]) * weights[p];
  }
  return (start, end) => {
    const weight = pairwiseSum(weights, start, end);
    const down = pairwiseSum(curvatures, start, end) / weight;
    return Math.abs(down) < NO_CURVATURE ? 0 : ((pairwiseSum(slopes, start, end) / weight) * scale) / down;
  };
}

function residualValues(value: NonNullable<StageLoss['residualValue']>, order: Int32Array, weights: Float64Array, { y, raw }: LeafRows): ValueOf {
  const residuals = new Float64Array(order.length);
  for (let p = 0; p < order.length; p++) residuals[p] = y[order[p]] - raw[order[p]];
  return (start, end) => value(residuals.subarray(start, end), weights.subarray(start, end));
}

/** The rows that count, leaf after leaf, ascending in each; those of a node are order[starts[node] … starts[node + 1]). */
function rowsByLeaf(nodes: number, leaves: Int32Array, bag: Uint8Array | undefined): { order: Int32Array; starts: Int32Array } {
  const starts = new Int32Array(nodes + 1);
  for (let i = 0; i < leaves.length; i++) if (bag === undefined || bag[i] === 1) starts[leaves[i] + 1]++;
  for (let node = 0; node < nodes; node++) starts[node + 1] += starts[node];
  const order = new Int32Array(starts[nodes]);
  const next = starts.slice(0, nodes);
  for (let i = 0; i < leaves.length; i++) if (bag === undefined || bag[i] === 1) order[next[leaves[i]]++] = i;
  return { order, starts };
}
