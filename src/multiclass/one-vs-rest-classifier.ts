import type { FitOptions } from '../core/fit-options.ts';
import type { Label, Labels } from '../core/labels.ts';
import type { Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { modelRule, type Member } from '../model-selection/meta-estimator.ts';
import { binaryScores, scoreMethod, scoreThreshold } from './binary-scores.ts';
import { OneModelPerTask, type ManyModelsFitted, type OneModelOptions } from './one-model-per-task.ts';

/**
 * One two-class model per class, that class against all others; the class with the largest score wins, the smaller one
 * of equal ones. Two classes take one model.
 *
 * X: what the estimator takes. y: one label per row, two classes or more. `fitted`: classes, estimators (fitted on 0
 * and 1). For several labels per row, MultiOutputClassifier fits one model per column.
 *
 * Counterpart: scikit-learn's OneVsRestClassifier, without its multi-label y.
 * Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., §4.1.
 *
 * @throws OptionError for an estimator that knows neither decision values nor probabilities
 * @example
 * const model = await new OneVsRestClassifier({ estimator: new LinearSVC() }).fit(X, y);
 * await model.predict(Xtest);
 */
export class OneVsRestClassifier<M extends Member = Member> extends OneModelPerTask<OneModelOptions<M>, ManyModelsFitted> {
  static override readonly rules: Rules<OneModelOptions> = { estimator: modelRule('a classifier or a pipeline that ends in one') };

  async fit(X: unknown, y: Labels, options: FitOptions = {}): Promise<this> {
    const { classes, codes, sampleWeight } = this.target(X, y, options);
    scoreMethod(this.owner, this.options.estimator);
    const estimators: Member[] = [];
    for (let k = classes.length === 2 ? 1 : 0; k < classes.length; k++) estimators.push(await this.fitCopy(X, codes.map((code) => Number(code === k)), sampleWeight));
    return this.restore({ classes, estimators });
  }

  async predict(X: unknown): Promise<Label[]> {
    const { classes } = this.fitted;
    const method = scoreMethod(this.owner, this.options.estimator);
    const scores = await this.#scores(X, method);
    if (scores.length === 1) return Array.from(scores[0], (score) => classes[Number(score > scoreThreshold(method))]);
    return Array.from(scores[0], (_, i) => classes[scores.reduce((best, column, k) => (column[i] > scores[best][i] ? k : best), 0)]);
  }

  /** The models' probabilities, divided by their sum; rows × classes. A row to which all models give 0 keeps zeros. */
  async predictProba(X: unknown): Promise<DenseMatrix> {
    const columns = await this.#scores(X, 'predictProba');
    const { classes } = this.fitted;
    const proba = new DenseMatrix(columns[0].length, classes.length);
    for (let i = 0; i < proba.rows; i++) {
      const row = proba.row(i);
      if (columns.length === 1) row.set([1 - columns[0][i], columns[0][i]]);
      else columns.forEach((column, k) => (row[k] = column[i]));
      const sum = row.reduce((total, value) => total + value, 0);
      if (sum > 0) row.forEach((value, k) => (row[k] = value / sum));
    }
    return proba;
  }

  /** The models' decision values: one per row for two classes, else rows × classes. */
  async decisionFunction(X: unknown): Promise<Float64Array | DenseMatrix> {
    const columns = await this.#scores(X, 'decisionFunction');
    if (columns.length === 1) return columns[0];
    const values = new DenseMatrix(columns[0].length, columns.length);
    columns.forEach((column, k) => column.forEach((value, i) => (values.row(i)[k] = value)));
    return values;
  }

  async #scores(X: unknown, method: 'decisionFunction' | 'predictProba' | ReturnType<typeof scoreMethod>): Promise<Float64Array[]> {
    const columns: Float64Array[] = [];
    for (const model of this.fitted.estimators) columns.push(await binaryScores(model, X, method));
    return columns;
  }
}
