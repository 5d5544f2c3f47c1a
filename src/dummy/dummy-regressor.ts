import type { FeaturesSeen } from '../base/matrix-transformer.ts';
import { Regressor } from '../base/regressor.ts';
import { OptionError } from '../core/errors.ts';
import { pairwiseSum } from '../core/pairwise-sum.ts';
import { choice, number, optional, type Rules } from '../core/rules.ts';
import { weightedQuantiles } from '../core/weighted-quantiles.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { countedRows } from './counted-rows.ts';

export interface DummyRegressorOptions {
  /** What is predicted for every row: y's mean, its median, its `quantile`, or `constant`. Default 'mean'. */
  strategy?: 'mean' | 'median' | 'quantile' | 'constant';
  /** Which quantile of y, in [0, 1]; needed by 'quantile'. Default null. */
  quantile?: number | null;
  /** The value that 'constant' predicts, in the unit of y. Default null. */
  constant?: number | null;
}

/** What DummyRegressor has learned. */
export interface DummyRegressorFitted {
  /** The one prediction, in the unit of y. */
  constant: number;
}

/**
 * Predicts one number for every row: the score that any real model has to beat.
 *
 * X: anything with rows; only their number counts. y: one number per row.
 * Without weights a quantile lies between neighbours, linearly; with weights it is the smallest y at which
 * the weights' running sum reaches that share of their total, and the median is the quantile ½.
 *
 * `fitted`: constant.
 *
 * Counterpart: scikit-learn's DummyRegressor.
 *
 * @example
 * const model = await new DummyRegressor({ strategy: 'median' }).fit(['a', 'b', 'c'], [1, 2, 9]);
 * await model.predict(['d']); // Float64Array [2]
 */
export class DummyRegressor extends Regressor<DummyRegressorOptions, DummyRegressorFitted, unknown> {
  static override readonly rules: Rules<DummyRegressorOptions> = {
    strategy: choice('mean', ['mean', 'median', 'quantile', 'constant']),
    quantile: optional(number(0.5, { min: 0, max: 1 })),
    constant: optional(number(0)),
  };

  protected override matrixOf(X: unknown, minRows = 1): Matrix {
    return countedRows(this.owner, X, minRows);
  }

  /** Columns do not matter, so none are checked. */
  protected override checkSeen(X: unknown): Matrix {
    void this.fitted;
    return this.matrixOf(X, 0);
  }

  protected learn(_X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): DummyRegressorFitted {
    return { constant: this.#constant(y, sampleWeight) };
  }

  #constant(y: Float64Array, sampleWeight: Float64Array | undefined): number {
    const { strategy, quantile, constant } = this.options;
    if (strategy === 'mean') return mean(y, sampleWeight);
    if (strategy === 'constant') {
      if (constant === null) throw new OptionError(`${this.owner}: constant must be given for strategy 'constant', got null.`);
      return constant;
    }
    if (strategy === 'quantile' && quantile === null) {
      throw new OptionError(`${this.owner}: quantile must be given for strategy 'quantile', got null. Use a number in [0, 1].`);
    }
    const share = strategy === 'median' ? 0.5 : (quantile as number);
    // scikit-learn goes through per cent; the detour decides ties.
    return sampleWeight ? weightedQuantiles(y, sampleWeight, [(share * 100) / 100], false)[0] : linearQuantile(y, share);
  }

  protected values(X: Matrix, { constant }: DummyRegressorFitted & FeaturesSeen): Float64Array {
    return new Float64Array(X.rows).fill(constant);
  }
}

function mean(y: Float64Array, weights: Float64Array | undefined): number {
  return weights ? pairwiseSum(y.map((value, i) => value * weights[i])) / pairwiseSum(weights) : pairwiseSum(y) / y.length;
}

/** Counterpart: numpy.percentile's default method, and numpy.median for ½. */
function linearQuantile(y: Float64Array, share: number): number {
  const sorted = y.slice().sort();
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  const part = position - Math.floor(position);
  // From the nearer neighbour, as numpy does, so that rounding does not pass either of them.
  return part < 0.5 ? below + (above - below) * part : above - (above - below) * (1 - part);
}
