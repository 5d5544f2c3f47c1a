import { Regressor } from '../base/regressor.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { choice, type Rules } from '../core/rules.ts';
import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import { asMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { checkPoissonTarget } from './check-poisson-target.ts';
import { decisionPathOf } from './decision-path-of.ts';
import type { FittedTree } from './decision-tree-classifier.ts';
import { growSingleTree } from './grow-single-tree.ts';
import { leafCount } from './leaf-count.ts';
import { leavesOf } from './leaves-of.ts';
import { pruningPath, type PruningPath } from './prune-tree.ts';
import { treeDepth } from './tree-depth.ts';
import { treeImportances } from './tree-importances.ts';
import { growthRules, type GrowthOptions } from './tree-options.ts';

export interface DecisionTreeRegressorOptions extends GrowthOptions {
  /**
   * What splits lower: 'squaredError' (the variance), 'absoluteError' (mean |y − median|; leaves predict medians),
   * 'poisson' (half the Poisson deviance, for y ≥ 0), or 'friedmanMse', which is 'squaredError' as in scikit-learn 1.9.
   * Default 'squaredError'.
   */
  criterion?: 'squaredError' | 'absoluteError' | 'poisson' | 'friedmanMse';
  /** Each feature's best threshold, or one drawn at random. Default 'best'. */
  splitter?: 'best' | 'random';
}

/**
 * A decision tree for numbers: splits rows by x[feature] ≤ threshold, each time where the children's values differ least
 * from their means (or medians), until a limit is met; a leaf predicts that mean (or median).
 *
 * X: rows × features, dense or CSR, rounded to single precision; NaN is a missing value, sent to the side where it
 * serves better. y: one number per row. Of equally good splits the first tried wins; the order comes from `randomState`.
 * `fitted.tree` holds the nodes (see TreeNodes).
 *
 * Counterpart: scikit-learn's DecisionTreeRegressor, node for node, for one output; it does not take NaN in sparse X.
 * Source: Breiman, Friedman, Olshen, Stone, "Classification and Regression Trees", 1984.
 *
 * @example
 * const model = await new DecisionTreeRegressor({ minSamplesLeaf: 5 }).fit(X, y);
 * await model.predict(X); // the mean of each row's leaf
 */
export class DecisionTreeRegressor extends Regressor<DecisionTreeRegressorOptions, FittedTree> {
  static override readonly rules: Rules<DecisionTreeRegressorOptions> = {
    criterion: choice('squaredError', ['squaredError', 'absoluteError', 'poisson', 'friedmanMse']),
    splitter: choice('best', ['best', 'random']),
    ...growthRules(null),
  };

  protected override matrixOf(X: MatrixLike, minRows = 1): Matrix {
    return asMatrix(this.owner, X, { allowNaN: true, minRows });
  }

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): FittedTree {
    if (this.options.criterion === 'poisson') checkPoissonTarget(this.owner, y);
    const tree = growSingleTree(this.owner, X, { y }, sampleWeight, this.options);
    return { tree, featureImportances: treeImportances(tree, X.cols), depth: treeDepth(tree), leaves: leafCount(tree) };
  }

  protected values(X: Matrix, { tree }: FittedTree): Float64Array {
    return Float64Array.from(leavesOf(tree, X), (leaf) => tree.value[leaf]);
  }

  /** The number of the leaf that each row ends in. */
  async apply(X: MatrixLike): Promise<Int32Array> {
    return leavesOf(this.fitted.tree, this.checkSeen(X));
  }

  /** Rows × nodes, 1 where a row passes through a node. */
  async decisionPath(X: MatrixLike): Promise<CsrMatrix> {
    return decisionPathOf(this.fitted.tree, this.checkSeen(X));
  }

  /** The values of `ccpAlpha` at which a tree grown on X and y loses branches, and the impurity that is left. */
  async costComplexityPruningPath(X: MatrixLike, y: ArrayLike<number>, options: FitOptions = {}): Promise<PruningPath> {
    const whole = await this.with({ ccpAlpha: 0 }).fit(X, y, options);
    return pruningPath(whole.fitted.tree);
  }
}
