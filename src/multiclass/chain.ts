import { OptionError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { nameError } from '../core/name-error.ts';
import { RandomState } from '../core/random-state.ts';
import { custom, seed, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { stackColumns } from '../matrix/stack-columns.ts';
import type { Cv } from '../model-selection/check-cv.ts';
import { crossValPredict } from '../model-selection/cross-val-predict.ts';
import { MetaEstimator, modelRule, type Member, type NamedMember } from '../model-selection/meta-estimator.ts';
import { askModel, canPredict, ownerOf, predictorOf, type PredictionMethod } from '../model-selection/model.ts';

export interface ChainOptions<M extends Member = Member> {
  /** The model of one target, over a matrix. Must be given. */
  estimator: M;
  /** Columns of Y in the order of the chain; 'random' draws one; null takes them as they are. Default null. */
  order?: readonly number[] | 'random' | null;
  /** Folds by which the targets before a model are predicted while fitting; null gives it the true ones. Default null. */
  cv?: Cv | null;
  /** Seed of a random order; null stands for 0. Default null. */
  randomState?: number | null;
}

export interface ChainFitted {
  /** The fitted models, in the order of the chain. */
  estimators: readonly Member[];
  /** Columns of Y in the order of the chain. */
  order: Int32Array;
}

export const chainRules: Rules<ChainOptions> = {
  estimator: modelRule('a model with fit, predict, clone and with'),
  order: custom<readonly number[] | 'random' | null>(null, "a list of column numbers, 'random' or null", (v) => v === null || v === 'random' || (Array.isArray(v) && v.every(Number.isInteger)), 0),
  cv: custom<Cv | null>(null, 'a number of folds of at least 2, a splitter, a list of { train, test }, or null', (v) => v === null || (Number.isInteger(v) && (v as number) >= 2) || typeof v === 'object', 1),
  randomState: seed(),
};

/** Models in a row, one per target, of which each sees X and the targets before it. What the classifier and the regressor share. */
export abstract class Chain<Options extends ChainOptions, Fitted extends ChainFitted> extends MetaEstimator<Options, Fitted> {
  protected override get members(): readonly NamedMember[] {
    return [['estimator', this.options.estimator]];
  }

  /** What the models say of a target to those after them. */
  protected abstract get chainMethod(): PredictionMethod;

  protected async fitChain(X: MatrixLike, columns: readonly Float64Array[], options: FitOptions): Promise<ChainFitted> {
    const matrix = asMatrix(this.owner, X);
    const sampleWeight = checkSampleWeight(this.owner, options.sampleWeight, matrix.rows);
    const { estimator, cv } = this.options as unknown as Required<ChainOptions>;
    if (!canPredict(estimator, this.chainMethod)) throw new OptionError(`${this.owner}: estimator must have ${this.chainMethod}, ${ownerOf(predictorOf(estimator))} has none.`);
    const order = this.#orderOf(columns.length);
    const estimators: Member[] = [];
    const before: DenseMatrix[] = [];
    for (const [place, j] of order.entries()) {
      const rows = stackColumns([matrix, ...before]);
      const model = estimator.clone() as Member;
      const y = Array.from(columns[j]);
      try {
        await model.fit(rows, y, sampleWeight && { sampleWeight });
        estimators.push(model);
        if (place === order.length - 1) break;
        const told = cv === null ? columns[j] : oneColumn(await crossValPredict(estimator.clone() as Member, rows as never, y, { cv, method: this.chainMethod }));
        before.push(DenseMatrix.column(told));
      } catch (error) {
        throw nameError(`${this.owner}: column ${j} of Y`, error);
      }
    }
    return { estimators, order };
  }

  /** What the models say by a method, rows × targets in the order of Y. */
  protected async askChain(X: MatrixLike, method: PredictionMethod): Promise<DenseMatrix> {
    const { estimators, order } = this.fitted;
    if (!canPredict(estimators[0], method)) throw new OptionError(`${this.owner}: estimator must have ${method}, ${ownerOf(predictorOf(estimators[0]))} has none.`);
    const matrix = asMatrix(this.owner, X, { minRows: 0 });
    const result = new DenseMatrix(matrix.rows, order.length);
    const before: Matrix[] = [];
    for (const [place, model] of estimators.entries()) {
      const answers = await askModel(model, stackColumns([matrix, ...before]), [...new Set([method, this.chainMethod])]);
      const answer = oneColumn(answers.get(method));
      for (let i = 0; i < result.rows; i++) result.row(i)[order[place]] = answer[i];
      before.push(DenseMatrix.column(oneColumn(answers.get(this.chainMethod))));
    }
    return result;
  }

  #orderOf(targets: number): Int32Array {
    const { order, randomState } = this.options as unknown as Required<ChainOptions>;
    if (order === 'random') return new RandomState(randomState).permutation(targets);
    if (order === null) return Int32Array.from({ length: targets }, (_, j) => j);
    const isWhole = [...order].sort((a, b) => a - b).every((column, j) => column === j) && order.length === targets;
    if (!isWhole) throw new OptionError(`${this.owner}: order must name each of the ${targets} columns of Y once, got ${show(order)}.`);
    return Int32Array.from(order);
  }
}

/** One number per row: of probabilities, that of the greater class. */
function oneColumn(answer: unknown): Float64Array {
  if (answer instanceof DenseMatrix) return answer.col(answer.cols - 1);
  return Float64Array.from(answer as ArrayLike<number>);
}
