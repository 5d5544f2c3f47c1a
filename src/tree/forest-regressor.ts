import { Regressor } from '../base/regressor.ts';
import { choice, type Rules } from '../core/rules.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { checkPoissonTarget } from './check-poisson-target.ts';
import { forestLeaves, outOfBagNotes } from './forest-classifier.ts';
import { forestColumns } from './forest-columns.ts';
import { forestImportances } from './forest-importances.ts';
import { memoryOfProcess } from './forest-memory.ts';
import { forestRules, rowsDrawn, treeSeeds, type ForestOptions } from './forest-options.ts';
import { growForest } from './forest-threads.ts';
import { forestValues } from './forest-values.ts';
import { keptTrees, warmNotes } from './kept-trees.ts';
import { outOfBag } from './out-of-bag.ts';
import type { TreeNodes } from './tree-nodes.ts';

export interface ForestRegressorOptions extends ForestOptions {
  /** What splits lower; see DecisionTreeRegressor. Default 'squaredError'. */
  criterion?: 'squaredError' | 'absoluteError' | 'poisson' | 'friedmanMse';
}

/** What a forest of regression trees has learned. */
export interface ForestRegressorFitted {
  trees: readonly TreeNodes[];
  /** The mean of the trees' importances, summing to 1. */
  featureImportances: Float64Array;
  /** With `oobScore`: R² of the predictions by the trees that have not drawn a row, else null. */
  oobScore: number | null;
  /** With `oobScore`: those predictions; 0 where every tree has drawn the row. */
  oobPrediction: Float64Array | null;
  /** What to know of the fit, in sentences. */
  notes: string[];
}

export const forestRegressorRules = (bootstrap: boolean): Rules<ForestRegressorOptions> => ({
  criterion: choice('squaredError', ['squaredError', 'absoluteError', 'poisson', 'friedmanMse']),
  ...forestRules(null, bootstrap),
});

/** A forest of regression trees; RandomForestRegressor and ExtraTreesRegressor say how each tree splits. */
export abstract class ForestRegressor extends Regressor<ForestRegressorOptions, ForestRegressorFitted> {
  /** Whether thresholds are the best, or drawn at random. */
  protected abstract readonly splitter: 'best' | 'random';

  protected override matrixOf(X: MatrixLike, minRows = 1): Matrix {
    return asMatrix(this.owner, X, { allowNaN: true, minRows });
  }

  protected async learn(X: Matrix, y: Float64Array, weights: Float64Array | undefined): Promise<ForestRegressorFitted> {
    const { owner, options } = this;
    if (options.criterion === 'poisson') checkPoissonTarget(owner, y);
    const draws = rowsDrawn(owner, options, X.rows, weights);
    const kept = keptTrees(owner, options, X.cols, this.isFitted ? this.fitted : undefined);
    const seeds = treeSeeds(options.randomState, options.nEstimators);
    const columns = forestColumns(owner, X, options);
    const growth = { criterion: options.criterion, splitter: this.splitter };
    const plan = { owner, columns, target: { y }, weights, draws, balancesDraws: false, seeds, growth, options, memory: memoryOfProcess() };
    const trees = await growForest(plan, kept);
    const fitted = { trees, featureImportances: forestImportances(trees, X.cols), oobScore: null, oobPrediction: null, notes: warmNotes(owner, kept.length, options.nEstimators) };
    if (!options.oobScore) return fitted;
    const { values, withoutScore } = outOfBag(plan, trees, X);
    return { ...fitted, oobScore: explained(y, values.data), oobPrediction: values.data, notes: [...fitted.notes, ...outOfBagNotes(owner, withoutScore)] };
  }

  protected values(X: Matrix, { trees }: ForestRegressorFitted): Float64Array {
    return forestValues(trees, X).data;
  }

  /** Rows × trees: the number of the leaf that each row ends in. */
  async apply(X: MatrixLike): Promise<DenseMatrix> {
    return forestLeaves(this.fitted.trees, this.checkSeen(X));
  }
}

/** R²; a constant y scores 1 if met exactly, else 0. */
function explained(y: Float64Array, predicted: Float64Array): number {
  const mean = y.reduce((a, b) => a + b, 0) / y.length;
  const spread = y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const residual = y.reduce((sum, value, i) => sum + (value - predicted[i]) ** 2, 0);
  if (spread === 0) return residual === 0 ? 1 : 0;
  return 1 - residual / spread;
}
