import type { FitOptions } from '../core/fit-options.ts';
import { RandomState } from '../core/random-state.ts';
import { choice, type Rules } from '../core/rules.ts';
import type { FeaturesSeen } from '../base/matrix-transformer.ts';
import { withArena } from '../kernels/arena.ts';
import { asMatrix, checkFeatures, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { warmCoefficients } from './elastic-net.ts';
import { LinearRegressor, type LinearFitted } from './linear-regressor.ts';
import { sgdLoss, type SgdRegressionLoss } from './sgd-loss.ts';
import { checkSgdOptions, SEED_END, sgdRules, type SgdOptions } from './sgd-options.ts';
import { stochasticGradientDescent, type SgdState, type SgdTask } from './stochastic-gradient-descent.ts';

export interface SGDRegressorOptions extends SgdOptions {
  /** What is minimised: half the squared error, Huber's, or errors beyond epsilon. Default 'squaredError'. */
  loss?: SgdRegressionLoss;
}

export interface SGDRegressorFitted extends LinearFitted {
  /** Passes made in the last fit. */
  iterations: number;
  /** Whether tol was met before maxIter; if not, the model is kept all the same. */
  converged: boolean;
  /** Rows seen, plus 1: what the learning rate goes by. */
  t: number;
  /** Where the next partialFit goes on from; equal to coef and intercept unless they are averages. */
  state: SgdState;
}

/**
 * Linear regression by stochastic gradient descent, one row after the other: for data that do not fit in memory
 * (`partialFit`), or where a rough answer soon is worth more than an exact one. Scale the columns first.
 *
 * Minimises mean loss + alpha·((1 − l1Ratio)·½‖w‖² + l1Ratio·‖w‖₁). X: samples × features, dense or sparse.
 * `partialFit(X, y)` makes one pass over further rows. Not converging is recorded, never thrown.
 *
 * @throws OptionError for learningRate 'optimal' without a penalty; DataError when numbers overflow
 * Counterpart: scikit-learn's SGDRegressor: the same steps in the same order for the same seed. Without
 * `early_stopping` (keep rows apart and use partialFit) and the passive-aggressive rates. A warm start with `average` starts
 * from the averages, as SGDClassifier's, and averages anew; there, the averages of the fit before stay in the sum.
 * Source: Bottou, "Large-scale machine learning with stochastic gradient descent", COMPSTAT 2010.
 *
 * @example
 * const model = new SGDRegressor({ randomState: 43 });
 * for await (const [X, y] of batches) await model.partialFit(X, y);
 */
export class SGDRegressor extends LinearRegressor<SGDRegressorOptions, SGDRegressorFitted> {
  static override readonly rules: Rules<SGDRegressorOptions> = {
    loss: choice<SgdRegressionLoss>('squaredError', ['squaredError', 'huber', 'epsilonInsensitive', 'squaredEpsilonInsensitive']),
    ...sgdRules('invscaling', 0.25),
  };

  /** Whether `learn` is to make one pass from where it stands: set while partialFit runs. */
  #goOn = false;

  /** Learns from further rows in one pass, from what was learned before. @returns this */
  async partialFit(X: MatrixLike, y: ArrayLike<number>, options: FitOptions = {}): Promise<this> {
    this.#goOn = true;
    try {
      if (this.isFitted) checkFeatures(this.owner, asMatrix(this.owner, X), this.fitted.nFeaturesIn);
      return await this.fit(X, y, options);
    } finally {
      this.#goOn = false;
    }
  }

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): SGDRegressorFitted {
    const { options } = this;
    checkSgdOptions(this.owner, options);
    const before = this.isFitted ? this.fitted : undefined;
    const t = this.#goOn && before ? before.t : 1;
    const random = new RandomState(options.randomState);
    const seed = random.randint(0, SEED_END);
    const run = withArena((arena) => {
      const task: SgdTask = {
        X: arena.copyMatrix(X),
        y,
        sampleWeight,
        loss: sgdLoss(options.loss, options.epsilon),
        positiveWeight: 1,
        negativeWeight: 1,
        seed,
        t,
        maxEpochs: this.#goOn ? 1 : options.maxIter,
      };
      return stochasticGradientDescent(this.owner, arena, this.#start(before, X.cols), task, options);
    });
    const { state } = run;
    const reached = t + run.epochs * X.rows;
    const averaged = state.averageCoef !== null && Number(options.average) <= reached - 1;
    return {
      coef: (averaged ? state.averageCoef! : state.coef).slice(),
      intercept: averaged ? state.averageIntercept : state.intercept,
      iterations: run.epochs,
      converged: this.#goOn || run.converged,
      t: reached,
      state,
    };
  }

  #start(before: (SGDRegressorFitted & FeaturesSeen) | undefined, cols: number): SgdState {
    const average = this.options.average !== false;
    const fresh = { coef: new Float64Array(cols), intercept: 0, averageCoef: average ? new Float64Array(cols) : null, averageIntercept: 0 };
    if (!before) return fresh;
    if (this.#goOn) return before.state;
    if (!this.options.warmStart) return fresh;
    return { ...fresh, coef: warmCoefficients(this.owner, before.coef, cols), intercept: before.intercept };
  }
}
