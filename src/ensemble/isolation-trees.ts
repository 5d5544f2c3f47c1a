import { RandomState } from '../core/random-state.ts';
import { sampleWithoutReplacement } from '../core/sample-without-replacement.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { growSingleTree } from '../tree/grow-single-tree.ts';
import { withSharedRanks } from '../tree/shared-ranks.ts';
import type { TreeNodes } from '../tree/tree-nodes.ts';
import { drawRows } from './draw-rows.ts';

/** What each tree draws. */
export interface IsolationDraws {
  rows: number;
  columns: number;
  /** Whether rows are drawn with replacement. */
  bootstrap: boolean;
  /** How likely each row is drawn; undefined for all alike. */
  weights: Float64Array | undefined;
  /** One per tree: all of its randomness. */
  seeds: Float64Array;
}

/** Extremely randomised trees that look at one column for each split. */
const GROWTH = {
  criterion: 'squaredError',
  splitter: 'random',
  minSamplesSplit: 2,
  minSamplesLeaf: 1,
  minWeightFractionLeaf: 0,
  maxFeatures: 1,
  maxLeafNodes: null,
  minImpurityDecrease: 0,
  ccpAlpha: 0,
  monotonicCst: null,
} as const;

/** So many draws of each row are worth ranking all of them once. */
const MANY = 4;

/**
 * Grows isolation trees, whose features are columns of X: each draws rows and columns and splits at random, down to the depth
 * that so many rows would have in a balanced tree.
 * @param noise one number per row that no column knows, to be told apart
 */
export async function isolationTrees(owner: string, X: Matrix, noise: Float64Array, draws: IsolationDraws): Promise<TreeNodes[]> {
  const { rows, columns, bootstrap, weights, seeds } = draws;
  const maxDepth = Math.ceil(Math.log2(Math.max(rows, 2)));
  // A tree's own rows are ranked column by column for it, unless all trees together draw each row so often that ranks of all rows are cheaper.
  const ranksAll = columns === X.cols && rows * seeds.length >= MANY * X.rows;
  const grown = (): TreeNodes[] => Array.from(seeds, (treeSeed) => {
    const random = new RandomState(treeSeed);
    const features = sampleWithoutReplacement(random, X.cols, columns);
    const drawn = drawRows(random, X.rows, rows, bootstrap, weights);
    const options = { ...GROWTH, maxDepth, randomState: new RandomState(treeSeed).randint(2 ** 31 - 1) };
    const times = timesDrawn(drawn, X.rows);
    if (ranksAll) return growSingleTree(owner, X, { y: noise }, times, options);
    const own = Int32Array.from(new Set(drawn)).sort();
    const part = columns === X.cols ? X.take(own) : X.take(own).takeCols(features);
    const tree = growSingleTree(owner, part, { y: Float64Array.from(own, (row) => noise[row]) }, Float64Array.from(own, (row) => times[row]), options);
    return columns === X.cols ? tree : { ...tree, feature: tree.feature.map((feature) => (feature < 0 ? feature : features[feature])) };
  });
  return ranksAll ? withSharedRanks(X, async () => grown()) : grown();
}

/** How often each row was drawn. */
function timesDrawn(drawn: Int32Array, rows: number): Float64Array {
  const times = new Float64Array(rows);
  for (const row of drawn) times[row]++;
  return times;
}
