import type { Arena } from '../kernels/arena.ts';
import type { MatrixArrays } from '../kernels/matrix-arrays.ts';
import { addTransposedTimesVector, timesVector } from '../kernels/products.ts';
import { columnMoments } from '../matrix/column-moments.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { Objective } from './lbfgs.ts';
import type { LinearFitted } from './linear-regressor.ts';

type Line = Pick<LinearFitted, 'coef' | 'intercept'>;

/**
 * What HuberRegressor minimises, as a function of w and b with the σ that is best for them: convex, since it is convex in all.
 *
 * Variables: w, each by the spread of its column and by what the penalty adds to its curvature, and the prediction at the
 * columns' means where there is an intercept, so that columns of any units and offsets converge alike.
 */
export class HuberLoss implements Objective {
  readonly size: number;
  readonly total: number;
  /** σ is not let fall below this. */
  leastScale = 0;
  readonly #X: MatrixArrays;
  readonly #y: Float64Array;
  readonly #weights: Float64Array;
  readonly epsilon: number;
  readonly #alpha: number;
  readonly #fitIntercept: boolean;
  readonly #means: Float64Array;
  readonly #spreads: Float64Array;
  readonly #rows: Float64Array;
  readonly #coef: Float64Array;
  readonly #slopes: Float64Array;
  /** The σ that was best when last asked for: where to look for the next. */
  #scaleBefore = Infinity;

  constructor(X: Matrix, y: Float64Array, weights: Float64Array, epsilon: number, alpha: number, fitIntercept: boolean, arena: Arena) {
    this.size = X.cols + (fitIntercept ? 1 : 0);
    this.#X = arena.copyMatrix(X);
    this.#y = y;
    this.#weights = weights;
    this.total = weights.reduce((sum, weight) => sum + weight, 0);
    this.epsilon = epsilon;
    this.#alpha = alpha;
    this.#fitIntercept = fitIntercept;
    this.#rows = arena.float64(X.rows);
    this.#coef = arena.float64(X.cols);
    this.#slopes = arena.float64(X.cols);
    const { mean, variance } = columnMoments(X, weights);
    this.#means = fitIntercept ? mean : new Float64Array(X.cols);
    const sizes = y.reduce((sum, value, i) => sum + weights[i] * Math.abs(value), 0);
    this.#spreads = variance.map((own, j) => {
      const square = own + (mean[j] - this.#means[j]) ** 2;
      // What is left of a constant column is rounding.
      return Math.sqrt((square > 1e-20 * mean[j] ** 2 ? square : 0) + (alpha * sizes) / this.total ** 2) || 1;
    });
  }

  variablesOf({ coef, intercept }: Line): Float64Array {
    const x = new Float64Array(this.size);
    coef.forEach((value, j) => (x[j] = value * this.#spreads[j]));
    if (this.#fitIntercept) x[coef.length] = intercept + this.#means.reduce((sum, mean, j) => sum + mean * coef[j], 0);
    return x;
  }

  lineAt(x: Float64Array): Line {
    const coef = this.#spreads.map((spread, j) => x[j] / spread);
    return { coef, intercept: this.#fitIntercept ? coef.reduce((rest, value, j) => rest - this.#means[j] * value, x[coef.length]) : 0 };
  }

  evaluate(x: Float64Array, gradient: Float64Array): number {
    const { cols } = this.#X;
    const { coef } = this.lineAt(x);
    const errors = this.errorsAt(x);
    const scale = this.scaleOf(errors);
    const limit = this.epsilon * scale;
    let value = 0;
    let sum = 0;
    for (let i = 0; i < errors.length; i++) {
      const weight = this.#weights[i];
      const error = errors[i];
      const size = Math.abs(error);
      if (size > limit) {
        value += weight * (scale + 2 * this.epsilon * size - limit * this.epsilon);
        errors[i] = -2 * this.epsilon * weight * (error < 0 ? -1 : 1);
      } else {
        value += weight * (scale + error * (error / scale));
        errors[i] = -2 * weight * (error / scale);
      }
      sum += errors[i];
    }
    addTransposedTimesVector(this.#X, errors, this.#slopes.fill(0));
    let penalty = 0;
    for (let j = 0; j < cols; j++) {
      gradient[j] = (this.#slopes[j] - this.#means[j] * sum + 2 * this.#alpha * coef[j]) / this.#spreads[j];
      penalty += coef[j] * coef[j];
    }
    if (this.#fitIntercept) gradient[cols] = sum;
    return value + this.#alpha * penalty;
  }

  /** Mean size of y − X·w − b. */
  meanError(x: Float64Array): number {
    return this.errorsAt(x).reduce((sum, error, i) => sum + this.#weights[i] * Math.abs(error), 0) / this.total;
  }

  /** y − X·w − b, in memory that the next call writes over. */
  errorsAt(x: Float64Array): Float64Array {
    const { coef, intercept } = this.lineAt(x);
    this.#coef.set(coef);
    const errors = this.#rows;
    timesVector(this.#X, this.#coef, intercept, errors);
    for (let i = 0; i < errors.length; i++) errors[i] = this.#y[i] - errors[i];
    return errors;
  }

  /** By how much the loss of these errors would fall if σ might be as small as `least`. */
  excessOver(least: number, errors: Float64Array): number {
    return this.#lossOf(errors, this.scaleOf(errors)) - this.#lossOf(errors, this.scaleOf(errors, least));
  }

  /** The loss without its penalty. */
  #lossOf(errors: Float64Array, scale: number): number {
    const limit = this.epsilon * scale;
    let value = 0;
    for (let i = 0; i < errors.length; i++) {
      const size = Math.abs(errors[i]);
      value += this.#weights[i] * (scale + (size > limit ? 2 * this.epsilon * size - limit * this.epsilon : size * (size / scale)));
    }
    return value;
  }

  /**
   * The σ that is best for these errors, `least` if it is smaller: the root of Σ sᵢ·min(eᵢ²/σ², epsilon²) = Σ sᵢ. In 1/σ² the left
   * side is concave and made of straight pieces, so that Newton's steps rise to the root and end there, from where no row is an
   * outlier or from the σ before, from which the first step may lead back over the root.
   */
  scaleOf(errors: Float64Array, least = this.leastScale): number {
    let scale = this.#stepFrom(this.#scaleBefore, errors);
    if (!(scale > 0)) scale = Infinity;
    for (;;) {
      if (!(scale > least)) return (this.#scaleBefore = least);
      const next = this.#stepFrom(scale, errors);
      if (!(next < scale)) return (this.#scaleBefore = scale);
      scale = next;
    }
  }

  /** One of Newton's steps; NaN where it leads nowhere. */
  #stepFrom(scale: number, errors: Float64Array): number {
    const limit = this.epsilon * scale;
    const square = this.epsilon ** 2;
    let squares = 0;
    let inside = this.total;
    for (let i = 0; i < errors.length; i++) {
      const error = errors[i];
      if (error > limit || -error > limit) inside -= square * this.#weights[i];
      else squares += this.#weights[i] * error * error;
    }
    return Math.sqrt(squares / inside);
  }
}
