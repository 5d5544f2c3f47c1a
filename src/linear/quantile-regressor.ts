import { flag, number, type Rules } from '../core/rules.ts';
import { weightedQuantiles } from '../core/weighted-quantiles.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { dotProduct } from '../matrix/vector.ts';
import { LinearRegressor, type LinearFitted } from './linear-regressor.ts';
import { PinballSimplex } from './pinball-simplex.ts';
import { scaledColumns } from './scaled-columns.ts';

export interface QuantileRegressorOptions {
  /** The share of rows that shall lie at or below the prediction, in (0, 1). Default 0.5: the median. */
  quantile?: number;
  /** Strength of the penalty alpha·‖w‖₁, at least 0: larger is simpler. Default 1. */
  alpha?: number;
  /** Whether to learn an unpenalised intercept. Default true. */
  fitIntercept?: boolean;
}

export interface QuantileRegressorFitted extends LinearFitted {
  /** Steps of the simplex method from corner to corner. */
  iterations: number;
  /** Whether a minimum was found; if not, the model is kept all the same. */
  converged: boolean;
}

/** Steps a row and column, beyond which rounding must have led astray. */
const MOST_STEPS = 50;

/**
 * Linear regression for a quantile of y: the w, b that minimise
 *
 *     Σ sᵢ·ℓ(yᵢ − xᵢ·w − b) / Σs + alpha·‖w‖₁,  ℓ(r) = quantile·r for r ≥ 0, else (quantile − 1)·r
 *
 * over row weights s. With quantile 0.5 it is least absolute errors, which outliers do not sway; with 0.05 and 0.95 two models bound
 * nine tenths of the rows. Solved exactly, by a simplex method: the model meets as many rows exactly as it has coefficients
 * that are not 0.
 *
 * X: samples × features, dense or sparse; its columns count by their units, so scale them first or set alpha to 0.
 *
 * Counterpart: scikit-learn's QuantileRegressor, with the same minimum, by a solver of its own instead of scipy's HiGHS. Where several
 * models are as good, another of them may come out. Without `solver` and `solver_options`.
 * Source: Koenker, "Quantile Regression", Cambridge University Press, 2005, §1.3 and §6.
 *
 * @example
 * const high = await new QuantileRegressor({ quantile: 0.9, alpha: 0 }).fit(X, y);
 * await high.predict(X); // nine tenths of y lie at or below
 */
export class QuantileRegressor extends LinearRegressor<QuantileRegressorOptions, QuantileRegressorFitted> {
  static override readonly rules: Rules<QuantileRegressorOptions> = {
    quantile: number(0.5, { min: 0, max: 1, openMin: true, openMax: true }),
    alpha: number(1, { min: 0 }),
    fitIntercept: flag(true),
  };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): QuantileRegressorFitted {
    const weights = sampleWeight ?? new Float64Array(X.rows).fill(1);
    const used = Array.from(weights.keys()).filter((i) => weights[i] > 0);
    if (used.length < X.rows) return this.learn(X.take(used), Float64Array.from(used, (i) => y[i]), Float64Array.from(used, (i) => weights[i]));
    const { quantile, alpha, fitIntercept } = this.options;
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const Z = scaledColumns(X, fitIntercept);
    const offset = fitIntercept ? weightedQuantiles(y, weights, [quantile], false)[0] : 0;
    const simplex = new PinballSimplex({
      Z,
      y: y.map((value) => value - offset),
      above: weights.map((weight) => quantile * (weight / total)),
      below: weights.map((weight) => (1 - quantile) * (weight / total)),
      // The column of ones, where there is one, costs nothing.
      penalty: Float64Array.from({ length: Z.cols }, (_, j) => (j < X.cols ? alpha / Z.scale[j] : 0)),
    });
    const w = simplex.minimise(MOST_STEPS * (X.rows + X.cols));
    const coef = Z.scale.map((scale, j) => w[j] / scale);
    const intercept = fitIntercept ? offset + w[X.cols] - dotProduct(coef, 0, Z.shift, 0, X.cols) : 0;
    return { coef, intercept, iterations: simplex.iterations, converged: simplex.converged };
  }
}
