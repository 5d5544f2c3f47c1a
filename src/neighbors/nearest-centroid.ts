import { LabelClassifier, type Target } from '../base/label-classifier.ts';
import { DataError, ShapeError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { rowsOfClasses } from '../core/rows-of-classes.ts';
import { choice, custom, optional, positive, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { normalizeLogs } from '../matrix/normalize-logs.ts';
import { classMeans, classMedians, distancesToPoints, median, squaredDeviations } from './class-centroids.ts';

export interface NearestCentroidOptions {
  /** 'euclidean': centroids are means; 'manhattan': centroids are medians. Default 'euclidean'. */
  metric?: 'euclidean' | 'manhattan';
  /** By how many standardised units centroids are shrunk towards the mean of all rows, above 0. Default null: not at all. */
  shrinkThreshold?: number | null;
  /** Probability of each class beforehand: 'uniform', 'empirical' (share of rows), or one number per class. Default 'uniform'. */
  priors?: 'uniform' | 'empirical' | readonly number[];
}

export interface NearestCentroidFitted {
  /** Classes × columns, shrunk if asked for. */
  centroids: DenseMatrix;
  /** One per class, summing to 1. */
  classPrior: Float64Array;
  /** Standard deviation of each column about the centroid of the row's class; 0 where every class has a single row. */
  withinClassStdDev: Float64Array;
  /** Classes × columns: how far centroids lie from the mean of all rows, standardised, after shrinking. */
  deviations: DenseMatrix;
}

/**
 * Predicts the class whose centroid is nearest: with tf-idf texts, Rocchio's classifier. With other than uniform priors,
 * the class of the highest discriminant score
 *
 *     −‖(x − centroid) / s‖² + 2·ln prior,   s = withinClassStdDev,
 *
 * from which `decisionFunction` and `predictProba` are made as well; these exist for 'euclidean' only. (With uniform
 * priors `predict` goes by plain distance, which can disagree with the most probable class: so it does in scikit-learn.)
 *
 * Shrinking (nearest shrunken centroids) moves each standardised deviation towards 0 by shrinkThreshold and so drops
 * columns that tell classes apart too little.
 *
 * X: samples × features, dense or CSR. y: two classes or more. sampleWeight is refused.
 *
 * @throws DataError for sampleWeight, and where no column varies; ShapeError for priors of another number of classes.
 *
 * Counterpart: scikit-learn's NearestCentroid. Where no class has any spread in a column, shrinking leaves its
 * centroids as they are (there: NaN); priors are divided by their sum without a warning.
 * Source: Tibshirani, Hastie, Narasimhan, Chu, "Diagnosis of multiple cancer types by shrunken centroids of gene
 * expression", PNAS 99(10), 2002; Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., §18.2.
 *
 * @example
 * const model = await new NearestCentroid({ shrinkThreshold: 0.5 }).fit(X, y);
 * await model.predict(Xnew);
 */
export class NearestCentroid extends LabelClassifier<NearestCentroidOptions, NearestCentroidFitted> {
  static override readonly weighsRows = false;
  static override readonly rules: Rules<NearestCentroidOptions> = {
    metric: choice('euclidean', ['euclidean', 'manhattan']),
    shrinkThreshold: optional(positive(0.5)),
    priors: custom<'uniform' | 'empirical' | readonly number[]>(
      'uniform',
      "'uniform', 'empirical' or a list of numbers of at least 0, one of them above 0",
      (v) => v === 'uniform' || v === 'empirical' || (Array.isArray(v) && v.every((p) => p >= 0 && p < Infinity) && v.some((p) => p > 0)),
      [-1],
    ),
  };

  protected learn(X: Matrix, { classes, codes, sampleWeight }: Target): NearestCentroidFitted {
    const { metric, shrinkThreshold } = this.options;
    if (sampleWeight) throw new DataError(`${this.owner}: sampleWeight must be left out, rows are not weighed. Repeat rows that count more.`);
    const rows = rowsOfClasses(codes, classes.length);
    const centroids = metric === 'manhattan' ? classMedians(X, rows) : classMeans(X, rows);
    const freedom = X.rows - classes.length;
    const withinClassStdDev = squaredDeviations(X, codes, centroids).map((sum) => (freedom === 0 ? 0 : Math.sqrt(sum / freedom)));
    const mean = classMeans(X, [Int32Array.from(codes.keys())]);
    if (squaredDeviations(X, new Int32Array(X.rows), mean).every((sum) => sum === 0)) {
      throw new DataError(`${this.owner}: some column of X must vary, all are constant.`);
    }

    const deviations = new DenseMatrix(classes.length, X.cols);
    const offset = median(withinClassStdDev.slice());
    for (let k = 0; k < classes.length; k++) {
      const m = Math.sqrt(1 / rows[k].length - 1 / X.rows);
      const centroid = centroids.row(k);
      const deviation = deviations.row(k);
      for (let j = 0; j < X.cols; j++) {
        const unit = m * (withinClassStdDev[j] + offset);
        const gap = centroid[j] - mean.data[j];
        deviation[j] = gap === 0 ? 0 : gap / unit;
        if (shrinkThreshold === null || unit === 0) continue;
        deviation[j] = Math.sign(deviation[j]) * Math.max(Math.abs(deviation[j]) - shrinkThreshold, 0);
        centroid[j] = mean.data[j] + unit * deviation[j];
      }
    }
    return { centroids, classPrior: this.#priors(rows), withinClassStdDev, deviations };
  }

  async predict(X: MatrixLike): Promise<Label[]> {
    const { classes, classPrior, centroids } = this.fitted;
    const share = 1 / classes.length;
    const isUniform = classPrior.every((p) => Math.abs(p - share) <= 1e-8 + 1e-5 * share);
    if (!isUniform) return this.labelsOf(this.#scores(this.checkSeen(X)));
    const { rows, cols, data } = distancesToPoints(this.checkSeen(X), centroids, this.options.metric);
    return this.labelsOf(new DenseMatrix(rows, cols, data.map((distance) => -distance)));
  }

  /**
   * Discriminant scores: rows × classes, or for two classes one per row, the second's minus the first's. Undefined
   * unless the metric is 'euclidean'.
   */
  get decisionFunction(): ((X: MatrixLike) => Promise<Float64Array | DenseMatrix>) | undefined {
    if (this.options.metric !== 'euclidean') return undefined;
    return async (X) => {
      const scores = this.#scores(this.checkSeen(X));
      return scores.cols === 2 ? Float64Array.from({ length: scores.rows }, (_, i) => scores.at(i, 1) - scores.at(i, 0)) : scores;
    };
  }

  /** rows × classes, the softmax of the discriminant scores. Undefined unless the metric is 'euclidean'. */
  get predictProba(): ((X: MatrixLike) => Promise<DenseMatrix>) | undefined {
    const { predictLogProba } = this;
    return predictLogProba && (async (X) => {
      const { rows, cols, data } = await predictLogProba(X);
      return new DenseMatrix(rows, cols, data.map(Math.exp));
    });
  }

  /** ln of predictProba. Undefined unless the metric is 'euclidean'. */
  get predictLogProba(): ((X: MatrixLike) => Promise<DenseMatrix>) | undefined {
    if (this.options.metric !== 'euclidean') return undefined;
    return async (X) => {
      const scores = this.#scores(this.checkSeen(X));
      normalizeLogs(scores);
      return scores;
    };
  }

  /** rows × classes. */
  #scores(X: Matrix): DenseMatrix {
    const { centroids, withinClassStdDev, classPrior } = this.fitted;
    const scale = withinClassStdDev.map((s) => (s === 0 ? 1 : s));
    const { rows, cols, data } = distancesToPoints(X, centroids, this.options.metric, scale);
    const power = this.options.metric === 'manhattan' ? 2 : 1;
    return new DenseMatrix(rows, cols, data.map((distance, p) => -(distance ** power) + 2 * Math.log(classPrior[p % cols])));
  }

  #priors(rows: readonly Int32Array[]): Float64Array {
    const { priors } = this.options;
    if (priors === 'uniform') return Float64Array.from(rows, () => 1 / rows.length);
    const given = priors === 'empirical' ? rows.map((members) => members.length) : priors;
    if (given.length !== rows.length) {
      throw new ShapeError(`${this.owner}: priors must have one value per class (${rows.length}), got ${given.length}.`);
    }
    const sum = given.reduce((a, b) => a + b, 0);
    return Float64Array.from(given, (p) => p / sum);
  }
}
