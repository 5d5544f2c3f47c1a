import { DataError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import type { Label } from '../core/labels.ts';
import { rowCount } from '../core/rows.ts';
import { choice, type Rules } from '../core/rules.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { MatrixLike } from '../matrix/matrix.ts';
import type { Member } from '../model-selection/meta-estimator.ts';
import { learnedBy, predictorOf, type PredictionMethod } from '../model-selection/model.ts';
import { Chain, chainRules, type ChainFitted, type ChainOptions } from './chain.ts';
import { numberColumns, type OutputRows } from './output-columns.ts';

export interface ClassifierChainOptions<M extends Member = Member> extends ChainOptions<M> {
  /** What the models after it are told of a label. Default 'predict': 0 or 1. */
  chainMethod?: 'predict' | 'predictProba' | 'predictLogProba' | 'decisionFunction';
}

/** What ClassifierChain has learned. */
export interface ClassifierChainFitted extends ChainFitted {
  /** Of each model, in the order of the chain. */
  classes: readonly (readonly Label[])[];
}

/**
 * Several labels per row, with what they tell of each other: one model per column of Y, each over X and the labels
 * before it in the chain; the true ones while fitting, or cross-validated ones with `cv`, the predicted ones later.
 *
 * X: samples × features, dense or CSR. Y: rows × labels, whole numbers or booleans; two classes a column unless
 * `chainMethod` is 'predict'. `fitted`: estimators, order, classes.
 *
 * Counterpart: scikit-learn's ClassifierChain. Predictions are numbers, booleans' too, as there.
 * Source: Read, Pfahringer, Holmes, Frank, "Classifier chains for multi-label classification", ECML 2009.
 *
 * @throws ShapeError for a flat or ragged Y; OptionError for an order that is none
 * @example
 * const chain = await new ClassifierChain({ estimator: new LogisticRegression(), order: 'random' }).fit(X, Y);
 * (await chain.predictProba(Xtest)).at(0, 2); // how likely row 0 has label 2
 */
export class ClassifierChain<M extends Member = Member> extends Chain<ClassifierChainOptions<M>, ClassifierChainFitted> {
  static override readonly rules: Rules<ClassifierChainOptions> = { ...chainRules, chainMethod: choice('predict', ['predict', 'predictProba', 'predictLogProba', 'decisionFunction']) };

  async fit(X: MatrixLike, Y: OutputRows, options: FitOptions = {}): Promise<this> {
    const columns = numberColumns(this.owner, Y, rowCount(X));
    const most = columns.findIndex((column) => new Set(column).size > 2);
    if (this.chainMethod !== 'predict' && most >= 0) throw new DataError(`${this.owner}: every column of Y must have two classes with chainMethod '${this.chainMethod}', column ${most} has more. Use 'predict'.`);
    const fitted = await this.fitChain(X, columns, options);
    return this.restore({ ...fitted, classes: fitted.estimators.map((model) => learnedBy(predictorOf(model)).classes ?? []) });
  }

  /** rows × labels. */
  predict(X: MatrixLike): Promise<DenseMatrix> {
    return this.askChain(X, 'predict');
  }

  /** rows × labels: how likely each row has each label (is of its greater class). */
  predictProba(X: MatrixLike): Promise<DenseMatrix> {
    return this.askChain(X, 'predictProba');
  }

  /** rows × labels of decision values. */
  decisionFunction(X: MatrixLike): Promise<DenseMatrix> {
    return this.askChain(X, 'decisionFunction');
  }

  /** Share of rows of which all labels are met. */
  async score(X: MatrixLike, Y: OutputRows): Promise<number> {
    const columns = numberColumns(this.owner, Y, rowCount(X));
    const predicted = await this.predict(X);
    const met = Array.from({ length: predicted.rows }, (_, i) => predicted.row(i).every((label, j) => label === columns[j][i]));
    return met.filter(Boolean).length / met.length;
  }

  protected get chainMethod(): PredictionMethod {
    return this.options.chainMethod as PredictionMethod;
  }
}
