import type { FitOptions } from '../core/fit-options.ts';
import type { Label, Labels } from '../core/labels.ts';
import { takeRows } from '../core/rows.ts';
import type { Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { modelRule, type Member } from '../model-selection/meta-estimator.ts';
import { binaryScores, scoreMethod, scoreThreshold } from './binary-scores.ts';
import { OneModelPerTask, type ManyModelsFitted, type OneModelOptions } from './one-model-per-task.ts';

/**
 * One two-class model per pair of classes, fitted on the rows of the two. Each model votes; confidences, brought into
 * (−1/3, 1/3), break ties: score of class k = votes + s / (3(|s| + 1)) with s the sum of confidences for k.
 *
 * X: what the estimator takes. y: one label per row, two classes or more. `fitted`: classes, estimators (fitted on 0
 * and 1; pairs (0, 1), (0, 2), …, (1, 2), …).
 *
 * Counterpart: scikit-learn's OneVsOneClassifier.
 * Source: Hastie and Tibshirani, "Classification by pairwise coupling", Annals of Statistics 26(2), 1998.
 *
 * @throws OptionError for an estimator that knows neither decision values nor probabilities
 * @example
 * const model = await new OneVsOneClassifier({ estimator: new LogisticRegression() }).fit(X, y);
 * await model.predict(Xtest);
 */
export class OneVsOneClassifier<M extends Member = Member> extends OneModelPerTask<OneModelOptions<M>, ManyModelsFitted> {
  static override readonly rules: Rules<OneModelOptions> = { estimator: modelRule('a classifier or a pipeline that ends in one') };

  async fit(X: unknown, y: Labels, options: FitOptions = {}): Promise<this> {
    const { classes, codes, sampleWeight } = this.target(X, y, options);
    scoreMethod(this.owner, this.options.estimator);
    const estimators: Member[] = [];
    for (let i = 0; i < classes.length; i++) {
      for (let j = i + 1; j < classes.length; j++) {
        const rows = Int32Array.from(codes.keys()).filter((row) => codes[row] === i || codes[row] === j);
        estimators.push(await this.fitCopy(takeRows(X, rows), rows.map((row) => Number(codes[row] === j)), sampleWeight && takeRows(sampleWeight, rows)));
      }
    }
    return this.restore({ classes, estimators });
  }

  async predict(X: unknown): Promise<Label[]> {
    const { classes } = this.fitted;
    const values = await this.decisionFunction(X);
    if (!(values instanceof DenseMatrix)) {
      const threshold = scoreThreshold(scoreMethod(this.owner, this.options.estimator));
      return Array.from(values, (value) => classes[Number(value > threshold)]);
    }
    return Array.from({ length: values.rows }, (_, i) => classes[values.row(i).reduce((best, value, k, row) => (value > row[best] ? k : best), 0)]);
  }

  /** Votes with confidences between them: of the greater class for two classes, else rows × classes. */
  async decisionFunction(X: unknown): Promise<Float64Array | DenseMatrix> {
    const { classes, estimators } = this.fitted;
    const method = scoreMethod(this.owner, this.options.estimator);
    const k = classes.length;
    let votes: DenseMatrix | undefined;
    let sums: DenseMatrix | undefined;
    for (let i = 0, pair = 0; i < k; i++) {
      for (let j = i + 1; j < k; j++, pair++) {
        const scores = await binaryScores(estimators[pair], X, method);
        const labels = await estimators[pair].predict(X);
        votes ??= new DenseMatrix(scores.length, k);
        sums ??= new DenseMatrix(scores.length, k);
        for (let row = 0; row < scores.length; row++) {
          votes.data[row * k + (labels[row] === 1 ? j : i)]++;
          sums.data[row * k + i] -= scores[row];
          sums.data[row * k + j] += scores[row];
        }
      }
    }
    const total = votes as DenseMatrix;
    (sums as DenseMatrix).data.forEach((sum, p) => (total.data[p] += sum / (3 * (Math.abs(sum) + 1))));
    return k === 2 ? total.col(1) : total;
  }

  override can(method: string): boolean {
    return method === 'predict' || method === 'decisionFunction';
  }
}
