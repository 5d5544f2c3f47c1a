import { DataError } from '../core/errors.ts';
import type { Label, Labels } from '../core/labels.ts';
import { takeRows } from '../core/rows.ts';
import { custom, integer, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { FeatureSelector } from '../feature-selection/feature-selector.ts';
import { changeModelOptions, getterRule, modelRule, needModel, type ImportanceGetter, type ImportanceModel } from '../feature-selection/importances.ts';
import { countOrShare, eliminate, type RFEFitted } from '../feature-selection/rfe.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { checkCv, iterateSplits, type Cv } from './check-cv.ts';
import { judgedModel, type Scoring } from './judged-model.ts';
import { isClassifier, type Model } from './model.ts';
import { predictRows } from './predict-rows.ts';

export interface RFECVOptions {
  /** The model whose importances decide and whose scores count; clones of it are fitted. Must be given. */
  estimator?: ImportanceModel & Model;
  /** How many columns to drop each time: a whole number, or a share of all columns in (0, 1). Default 1. */
  step?: number;
  /** Fewest columns to try. Default 1. */
  minFeaturesToSelect?: number;
  /** A splitter, ready splits, or a number of unshuffled folds (stratified for classifiers). Default 5. */
  cv?: Cv;
  /** How to judge a number of columns. Default null: accuracy for classifiers, else r2. */
  scoring?: Scoring | null;
  /** Where importances stand in the model; see ImportanceGetter. Default 'auto'. */
  importanceGetter?: ImportanceGetter;
}

export interface RFECVFitted extends RFEFitted {
  /** Numbers of columns tried, ascending. */
  nFeatures: Int32Array;
  /** numbers tried × folds: score on the fold's test rows, in the scorer's own sign. */
  scores: DenseMatrix;
  /** Mean of each row of scores. */
  meanScores: Float64Array;
}

/**
 * Recursive feature elimination that finds by cross-validation how many columns to keep: within each fold columns
 * are eliminated on its training rows, and every number of them is judged on its test rows; the number of best total,
 * the smallest on a tie, is then kept on all rows. `fitted`: columns, ranking, nFeatures, scores, meanScores.
 *
 * @throws OptionError without a model; DataError for a model that tells no importances
 * Counterpart: scikit-learn's RFECV; losses keep their sign.
 * Source: Guyon, Weston, Barnhill and Vapnik, Machine Learning 46, 2002.
 *
 * @example
 * const selector = await new RFECV({ estimator: new Ridge(), scoring: 'rootMeanSquaredError' }).fit(X, y);
 * selector.fitted.columns;
 */
export class RFECV extends FeatureSelector<RFECVOptions, RFECVFitted> {
  static override readonly rules: Rules<RFECVOptions> = {
    estimator: modelRule(),
    step: custom<number>(1, 'a whole number of at least 1, or a share in (0, 1)', countOrShare, 0),
    minFeaturesToSelect: integer(1, { min: 1 }),
    cv: custom<Cv>(5, 'a number of folds, a splitter or a list of { train, test }', (v) => Number.isInteger(v) || (typeof v === 'object' && v !== null), 'five'),
    scoring: custom<Scoring | null>(null, 'a name of a scorer, a scorer, or null', (v) => v === null || typeof v === 'string' || typeof v === 'object', 7),
    importanceGetter: getterRule(),
  };

  override with(changes: Partial<RFECVOptions>): this {
    return super.with(changeModelOptions(this.options as RFECVOptions, changes));
  }

  protected async learn(X: Matrix, y: ArrayLike<unknown> | undefined, sampleWeight: Float64Array | undefined): Promise<RFECVFitted> {
    const { step, minFeaturesToSelect, cv, scoring, importanceGetter } = this.options;
    const estimator = needModel(this.owner, this.options.estimator) as ImportanceModel & Model;
    if (y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one value per row.`);
    const labels = y as Labels;
    const { scorers, methods, classes } = judgedModel(this.owner, estimator, labels, scoring);
    const [scorer] = scorers;
    const keep = Math.min(minFeaturesToSelect, X.cols);
    const byFold: number[][] = [];
    let counts: number[] = [];
    for (const { train, test } of iterateSplits(checkCv(this.owner, cv, labels, isClassifier(estimator)), X, labels, undefined)) {
      const scores: number[] = [];
      counts = [];
      const [Xtest, ytest] = [takeRows(X, test), takeRows(labels as ArrayLike<Label>, test)];
      const onStep = async (model: ImportanceModel, columns: Int32Array): Promise<void> => {
        const prediction = await predictRows(model as unknown as Model, Xtest.takeCols(columns), methods, classes, this.owner);
        counts.push(columns.length);
        scores.push(scorer.score(ytest, prediction));
      };
      const weights = sampleWeight && takeRows(sampleWeight, train);
      await eliminate(this.owner, estimator, takeRows(X, train), takeRows(labels, train), weights, { keep, step, importanceGetter, onStep });
      byFold.push(scores.reverse());
    }
    const nFeatures = Int32Array.from(counts.reverse());
    const scores = DenseMatrix.from(Array.from(nFeatures, (_, k) => byFold.map((fold) => fold[k])));
    const meanScores = Float64Array.from(nFeatures, (_, k) => scores.row(k).reduce((sum, score) => sum + score, 0) / byFold.length);
    let best = 0;
    for (let k = 1; k < meanScores.length; k++) {
      if (scorer.better === 'lower' ? meanScores[k] < meanScores[best] : meanScores[k] > meanScores[best]) best = k;
    }
    const kept = await eliminate(this.owner, estimator, X, labels, sampleWeight, { keep: nFeatures[best], step, importanceGetter });
    return { ...kept, nFeatures, scores, meanScores };
  }
}
