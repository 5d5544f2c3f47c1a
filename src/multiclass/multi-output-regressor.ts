import type { FitOptions } from '../core/fit-options.ts';
import { rowCount } from '../core/rows.ts';
import type { Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { modelRule, type Member } from '../model-selection/meta-estimator.ts';
import { columnsScore } from './columns-score.ts';
import { MultiOutput, type MultiOutputFitted, type MultiOutputOptions } from './multi-output.ts';
import { numberColumns, type OutputRows } from './output-columns.ts';

/**
 * Several numbers per row: one copy of a regressor per column of Y, each by itself.
 *
 * X: what the estimator takes. Y: rows × targets, each in its own unit. `fitted`: estimators, one per column.
 *
 * Counterpart: scikit-learn's MultiOutputRegressor.
 *
 * @throws ShapeError for a flat or ragged Y; DataError for what is not a finite number
 * @example
 * const model = await new MultiOutputRegressor({ estimator: new Ridge() }).fit(X, [[1.5, 20], [2, 10], [3, 15]]);
 * (await model.predict(Xtest)).at(0, 1);
 */
export class MultiOutputRegressor<M extends Member = Member> extends MultiOutput<MultiOutputOptions<M>, MultiOutputFitted> {
  static override readonly rules: Rules<MultiOutputOptions> = { estimator: modelRule('a regressor or a pipeline that ends in one') };

  async fit(X: unknown, Y: OutputRows, options: FitOptions = {}): Promise<this> {
    return this.restore({ estimators: await this.fitColumns(X, numberColumns(this.owner, Y, rowCount(X)), options) });
  }

  /** rows × targets. */
  async predict(X: unknown): Promise<DenseMatrix> {
    const { estimators } = this.fitted;
    const predicted = new DenseMatrix(rowCount(X), estimators.length);
    for (const [j, model] of estimators.entries()) {
      const column = (await model.predict(X)) as ArrayLike<number>;
      for (let i = 0; i < predicted.rows; i++) predicted.row(i)[j] = column[i];
    }
    return predicted;
  }

  /** Mean R² of the targets. */
  async score(X: unknown, Y: OutputRows, { sampleWeight }: FitOptions = {}): Promise<number> {
    return columnsScore(numberColumns(this.owner, Y, rowCount(X)), await this.predict(X), sampleWeight);
  }
}
