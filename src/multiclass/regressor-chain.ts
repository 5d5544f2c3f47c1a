import type { FitOptions } from '../core/fit-options.ts';
import { rowCount } from '../core/rows.ts';
import type { Rules } from '../core/rules.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { MatrixLike } from '../matrix/matrix.ts';
import type { Member } from '../model-selection/meta-estimator.ts';
import type { PredictionMethod } from '../model-selection/model.ts';
import { Chain, chainRules, type ChainFitted, type ChainOptions } from './chain.ts';
import { columnsScore } from './columns-score.ts';
import { numberColumns, type OutputRows } from './output-columns.ts';

/**
 * Several numbers per row, with what they tell of each other: one model per column of Y, each over X and the targets
 * before it in the chain; the true ones while fitting, or cross-validated ones with `cv`, the predicted ones later.
 *
 * X: samples × features, dense or CSR. Y: rows × targets. `fitted`: estimators, order.
 *
 * Counterpart: scikit-learn's RegressorChain.
 * Source: Spyromitros-Xioufis et al., "Multi-target regression via input space expansion", Machine Learning 104, 2016.
 *
 * @throws ShapeError for a flat or ragged Y; OptionError for an order that is none
 * @example
 * const chain = await new RegressorChain({ estimator: new Ridge(), order: [1, 0], cv: 5 }).fit(X, Y);
 * (await chain.predict(Xtest)).at(0, 1);
 */
export class RegressorChain<M extends Member = Member> extends Chain<ChainOptions<M>, ChainFitted> {
  static override readonly rules: Rules<ChainOptions> = chainRules;

  async fit(X: MatrixLike, Y: OutputRows, options: FitOptions = {}): Promise<this> {
    return this.restore(await this.fitChain(X, numberColumns(this.owner, Y, rowCount(X)), options));
  }

  /** rows × targets. */
  predict(X: MatrixLike): Promise<DenseMatrix> {
    return this.askChain(X, 'predict');
  }

  /** Mean R² of the targets. */
  async score(X: MatrixLike, Y: OutputRows, { sampleWeight }: FitOptions = {}): Promise<number> {
    return columnsScore(numberColumns(this.owner, Y, rowCount(X)), await this.predict(X), sampleWeight);
  }

  protected get chainMethod(): PredictionMethod {
    return 'predict';
  }
}
