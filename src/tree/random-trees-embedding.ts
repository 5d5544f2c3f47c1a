import { MatrixTransformer, type FeaturesSeen } from '../base/matrix-transformer.ts';
import { RandomState } from '../core/random-state.ts';
import { flag, integer, optional, type Rules } from '../core/rules.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { eachLeaf } from './each-leaf.ts';
import { forestColumns } from './forest-columns.ts';
import { memoryOfProcess } from './forest-memory.ts';
import { forestRules, treeSeeds, type ForestOptions } from './forest-options.ts';
import { growForest } from './forest-threads.ts';
import { keptTrees, warmNotes } from './kept-trees.ts';
import type { TreeNodes } from './tree-nodes.ts';

/** Of the options of forests those that random trees have; maxDepth is 5 by default. */
export interface RandomTreesEmbeddingOptions
  extends Pick<ForestOptions, 'nEstimators' | 'maxDepth' | 'minSamplesSplit' | 'minSamplesLeaf' | 'minWeightFractionLeaf' | 'maxLeafNodes' | 'minImpurityDecrease' | 'randomState' | 'warmStart' | 'workers'> {
  /** Whether the result is sparse: it has one entry per row and tree. Default true. */
  sparseOutput?: boolean;
}

/** What RandomTreesEmbedding has learned. */
export interface RandomTreesEmbeddingFitted {
  trees: readonly TreeNodes[];
  /** Columns of the result: the leaves of all trees. */
  nFeaturesOut: number;
  /** What to know of the fit, in sentences. */
  notes: string[];
}

/**
 * Rows as the leaves that they end in: trees are grown without a target, each node split by a random feature at a random
 * threshold; every leaf of every tree is a column, which is 1 for the rows in it and 0 for others. Rows that are near each
 * other share leaves, so that a linear model after it can follow curves.
 *
 * X: rows × features, dense or CSR, rounded to single precision; NaN is a missing value. Result: rows × leaves, tree after
 * tree, leaves by their number, with one 1 per tree in each row.
 * `fitted`: trees, nFeaturesOut, notes. The result depends on `randomState` alone, not on the number of threads.
 *
 * Counterpart: scikit-learn's RandomTreesEmbedding, leaf for leaf for the same seed; ours takes NaN in sparse X too, and
 * refuses a warm start for other columns.
 * Source: Geurts, Ernst, Wehenkel, "Extremely randomized trees", Machine Learning 63, 2006; Moosmann, Triggs, Jurie, "Fast
 * discriminative visual codebooks using randomized clustering forests", NIPS 2006.
 *
 * @example
 * const pipeline = new Pipeline([['leaves', new RandomTreesEmbedding({ nEstimators: 200 })], ['classify', new LogisticRegression()]]);
 * await pipeline.fit(X, y);
 */
export class RandomTreesEmbedding extends MatrixTransformer<RandomTreesEmbeddingOptions, RandomTreesEmbeddingFitted> {
  static override readonly rules: Rules<RandomTreesEmbeddingOptions> = embeddingRules();

  protected override get allowNaN(): boolean {
    return true;
  }

  protected async learn(X: Matrix, _y: unknown, weights: Float64Array | undefined): Promise<RandomTreesEmbeddingFitted> {
    const { owner } = this;
    const { sparseOutput: _, ...own } = this.options;
    const options: Required<ForestOptions> = { ...own, maxFeatures: 1, ccpAlpha: 0, monotonicCst: null, bootstrap: false, maxSamples: null, oobScore: false, maxBins: null };
    const kept = keptTrees(owner, options, X.cols, this.isFitted ? this.fitted : undefined);
    // A target of noise: where a node is split, and whether its gain is enough, hangs on it as it does in scikit-learn.
    const target = { y: new RandomState(options.randomState).randomSample(X.rows) };
    const seeds = treeSeeds(options.randomState, options.nEstimators);
    const growth = { criterion: 'squaredError', splitter: 'random' } as const;
    const trees = await growForest({ owner, columns: forestColumns(owner, X, options), target, weights, draws: null, balancesDraws: false, seeds, growth, options, memory: memoryOfProcess() }, kept);
    const nFeaturesOut = trees.reduce((sum, tree) => sum + leafNumbers(tree).length, 0);
    return { trees, nFeaturesOut, notes: warmNotes(owner, kept.length, options.nEstimators) };
  }

  protected apply(X: Matrix, { trees, nFeaturesOut }: RandomTreesEmbeddingFitted & FeaturesSeen): Matrix {
    const columns = columnsOf(trees);
    const indices = new Int32Array(X.rows * trees.length);
    eachLeaf(trees, X, (t, from, leaves) => {
      for (let i = 0; i < leaves.length; i++) indices[(from + i) * trees.length + t] = columns[t][leaves[i]];
    });
    const indptr = Int32Array.from({ length: X.rows + 1 }, (_, i) => i * trees.length);
    const embedded = new CsrMatrix(X.rows, nFeaturesOut, indptr, indices, new Float64Array(indices.length).fill(1));
    return this.options.sparseOutput ? embedded : embedded.toDense();
  }

  /** 'randomtreesembedding_t_n' for leaf n of tree t. */
  override featureNamesOut(): string[] {
    return this.fitted.trees.flatMap((tree, t) => leafNumbers(tree).map((leaf) => `randomtreesembedding_${t}_${leaf}`));
  }
}

function embeddingRules(): Rules<RandomTreesEmbeddingOptions> {
  const { nEstimators, minSamplesSplit, minSamplesLeaf, minWeightFractionLeaf, maxLeafNodes, minImpurityDecrease, randomState, warmStart, workers } = forestRules(null, false);
  const maxDepth = optional(integer(5, { min: 1 }), 5);
  return { nEstimators, maxDepth, minSamplesSplit, minSamplesLeaf, minWeightFractionLeaf, maxLeafNodes, minImpurityDecrease, sparseOutput: flag(true), randomState, warmStart, workers };
}

/** The numbers of a tree's leaves, ascending. */
function leafNumbers({ left }: TreeNodes): number[] {
  const leaves: number[] = [];
  for (let node = 0; node < left.length; node++) if (left[node] < 0) leaves.push(node);
  return leaves;
}

/** The column of each tree's leaves, by node. */
function columnsOf(trees: readonly TreeNodes[]): Int32Array[] {
  let next = 0;
  return trees.map((tree) => {
    const columns = new Int32Array(tree.left.length);
    for (const leaf of leafNumbers(tree)) columns[leaf] = next++;
    return columns;
  });
}
