import { OptionError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import type { Label } from '../core/labels.ts';
import { rowCount } from '../core/rows.ts';
import type { Rules } from '../core/rules.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { modelRule, type Member } from '../model-selection/meta-estimator.ts';
import { askModel, canPredict, learnedBy, ownerOf, predictorOf } from '../model-selection/model.ts';
import { MultiOutput, type MultiOutputFitted, type MultiOutputOptions } from './multi-output.ts';
import { outputColumns, type OutputRows } from './output-columns.ts';

/** What MultiOutputClassifier has learned. */
export interface MultiOutputClassifierFitted extends MultiOutputFitted {
  /** Of each column of Y, ascending. */
  classes: readonly (readonly Label[])[];
}

/**
 * Several labels per row: one copy of a classifier per column of Y, each by itself. With columns of 0 and 1 this is
 * multi-label classification by binary relevance.
 *
 * X: what the estimator takes. Y: rows × targets, labels of any kind. `fitted`: classes, estimators, one per column.
 *
 * Counterpart: scikit-learn's MultiOutputClassifier; for 0 and 1 also its OneVsRestClassifier with a multi-label y.
 *
 * @throws ShapeError for a flat or ragged Y
 * @example
 * const model = await new MultiOutputClassifier({ estimator: new LogisticRegression() }).fit(X, [[0, 'red'], [1, 'blue'], [1, 'red']]);
 * await model.predict(Xtest); // [[1, 'red'], …]
 */
export class MultiOutputClassifier<M extends Member = Member> extends MultiOutput<MultiOutputOptions<M>, MultiOutputClassifierFitted> {
  static override readonly rules: Rules<MultiOutputOptions> = { estimator: modelRule('a classifier or a pipeline that ends in one') };

  async fit(X: unknown, Y: OutputRows, options: FitOptions = {}): Promise<this> {
    const estimators = await this.fitColumns(X, outputColumns(this.owner, Y, rowCount(X)), options);
    return this.restore({ estimators, classes: estimators.map((model) => learnedBy(predictorOf(model)).classes ?? []) });
  }

  /** rows × targets of labels. */
  async predict(X: unknown): Promise<Label[][]> {
    const columns: ArrayLike<Label>[] = [];
    for (const model of this.fitted.estimators) columns.push(await model.predict(X));
    return Array.from({ length: columns[0].length }, (_, i) => columns.map((column) => column[i]));
  }

  /** One matrix per target, rows × its classes. @throws OptionError for an estimator without probabilities */
  async predictProba(X: unknown): Promise<DenseMatrix[]> {
    const { estimators } = this.fitted;
    if (!canPredict(estimators[0], 'predictProba')) throw new OptionError(`${this.owner}: estimator must have predictProba, ${ownerOf(predictorOf(estimators[0]))} has none.`);
    const parts: DenseMatrix[] = [];
    for (const model of estimators) parts.push((await askModel(model, X, ['predictProba'])).get('predictProba') as DenseMatrix);
    return parts;
  }

  /** Share of rows of which all labels are met. */
  async score(X: unknown, Y: OutputRows): Promise<number> {
    const columns = outputColumns(this.owner, Y, rowCount(X));
    const predicted = await this.predict(X);
    return predicted.filter((row, i) => row.every((label, j) => label === columns[j][i])).length / predicted.length;
  }
}
