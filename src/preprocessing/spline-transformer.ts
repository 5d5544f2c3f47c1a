import { MatrixTransformer, type FeaturesSeen } from '../base/matrix-transformer.ts';
import { DataError, OptionError, ShapeError } from '../core/errors.ts';
import { choice, custom, flag, integer, type Rules } from '../core/rules.ts';
import { weightedQuantiles } from '../core/weighted-quantiles.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { BSpline } from './b-spline.ts';
import { linspace, present, quantiles, sortForQuantiles } from '../core/quantiles.ts';
import { rangeOf } from './range-of.ts';

export interface SplineTransformerOptions {
  /** Knots where `knots` is a word, at least 2. Default 5. */
  nKnots?: number;
  /** Degree of the polynomials between knots. Default 3. */
  degree?: number;
  /** Equally far apart ('uniform'), at equally many rows ('quantile'), or given: rows of one knot per column, ascending. Default 'uniform'. */
  knots?: 'uniform' | 'quantile' | readonly (readonly number[])[];
  /**
   * Outside the knots: the values at the end knot ('constant'), a straight line ('linear'), the end polynomial ('continue'),
   * the spline again from its other end ('periodic'), or an error ('error'). Default 'constant'.
   */
  extrapolation?: 'constant' | 'linear' | 'continue' | 'periodic' | 'error';
  /** Whether to keep the last spline of each column; all of them sum to 1. Default true. */
  includeBias?: boolean;
  /** NaN: an error, or zeros in all of its splines. Default 'error'. */
  handleMissing?: 'error' | 'zeros';
  /** Whether the result is a CsrMatrix. Default false. */
  sparseOutput?: boolean;
}

/** What SplineTransformer has learned. */
export interface SplineTransformerLearned {
  /** All knots of each column, ascending: `degree` more than the base knots on either side. */
  knots: readonly Float64Array[];
}

/** Where the splines of every row and column go. */
interface SplineColumns {
  data: Float64Array;
  /** Splines of a column. */
  count: number;
  /** How many of them, the first, have a place. */
  kept: number;
}

/**
 * B-splines of each column: smooth bumps that sum to 1, with which a linear model follows a curve.
 *
 * X: samples × features, dense, two rows or more. Result: rows × features·s, s = knots + degree − 1 splines
 * (knots − 1 for 'periodic'), one less without bias.
 *
 * `fitted`: knots, nFeaturesIn.
 *
 * sampleWeight: 'quantile' has knots at equal shares of the weight; rows of weight 0 are no data to 'uniform'.
 *
 * Counterpart: scikit-learn's SplineTransformer, but for what goes astray there: degree 0 with 'constant', which fails, gives
 * the end piece; 'linear' with degree 0 or 1 continues every column from its own end knots (all columns but the first from
 * knots further in); below first knots that coincide, as 'quantile' makes them of many equal values, all splines go on (some
 * become 0 and the rest no longer sum to 1); NaN has zeros with sparseOutput too (in the first column only), and so has a
 * column that had no value in fit with 'quantile' (NaN).
 * Source: de Boor, "A Practical Guide to Splines", 1978; Eilers and Marx, "Flexible smoothing with B-splines and
 * penalties", Statistical Science 11(2), 1996.
 *
 * @example
 * const splines = await new SplineTransformer({ degree: 1, nKnots: 3 }).fit([[0], [2]]);
 * (await splines.transform([[0.5]])).toArray(); // [[0.5, 0.5, 0]]
 */
export class SplineTransformer extends MatrixTransformer<SplineTransformerOptions, SplineTransformerLearned> {
  static override readonly rules: Rules<SplineTransformerOptions> = {
    nKnots: integer(5, { min: 2 }),
    degree: integer(3, { min: 0 }),
    knots: custom<'uniform' | 'quantile' | readonly (readonly number[])[]>(
      'uniform',
      "'uniform', 'quantile', or at least two rows of finite numbers",
      (v) => v === 'uniform' || v === 'quantile' || (Array.isArray(v) && v.length >= 2 && v.every((row) => Array.isArray(row) && row.every(Number.isFinite))),
    ),
    extrapolation: choice('constant', ['constant', 'linear', 'continue', 'periodic', 'error']),
    includeBias: flag(true),
    handleMissing: choice('error', ['error', 'zeros']),
    sparseOutput: flag(false),
  };

  protected override get allowNaN(): boolean {
    return this.options.handleMissing === 'zeros';
  }

  protected learn(X: Matrix, _y: unknown, sampleWeight: Float64Array | undefined): SplineTransformerLearned {
    if (X.rows < 2) throw new ShapeError(`${this.owner}: X must have at least 2 rows, got ${X.rows}.`);
    const dense = this.#dense(X);
    const { degree, extrapolation } = this.options;
    return {
      knots: Array.from({ length: X.cols }, (_, j) => {
        const base = this.#baseKnots(dense, j, sampleWeight);
        if (extrapolation === 'periodic' && base.length <= degree) {
          throw new OptionError(`${this.owner}: knots must be more than degree for 'periodic', got ${base.length} knots and degree ${degree}.`);
        }
        return extrapolation === 'periodic' ? periodicKnots(base, degree) : widerKnots(base, degree);
      }),
    };
  }

  protected apply(X: Matrix, { knots }: SplineTransformerLearned & FeaturesSeen): Matrix {
    const dense = this.#dense(X);
    const { degree, includeBias, extrapolation, sparseOutput } = this.options;
    const count = knots[0].length - degree - 1 - (extrapolation === 'periodic' ? degree : 0);
    const kept = count - (includeBias ? 0 : 1);
    const width = X.cols * kept;
    const result = new DenseMatrix(X.rows, width);
    const out: SplineColumns = { data: result.data, count, kept };
    const splines = knots.map((ofColumn) => new BSpline(ofColumn, degree));
    for (let i = 0, p = 0; i < X.rows; i++) {
      for (let j = 0; j < X.cols; j++, p++) {
        const x = dense.data[p];
        if (x !== x) continue;
        const spline = splines[j];
        const goesOn = extrapolation === 'continue' || (extrapolation !== 'periodic' && x >= spline.low && x <= spline.high);
        if (goesOn) add(spline.values, spline.at(x), 1, out, p * kept);
        else this.#extrapolate(spline, x, out, i, j);
      }
    }
    return sparseOutput ? CsrMatrix.fromDense(result) : result;
  }

  override featureNamesOut(inputNames?: readonly string[]): string[] {
    const names = super.featureNamesOut(inputNames);
    const { degree, includeBias, extrapolation } = this.options;
    const count = this.fitted.knots[0].length - degree - 1 - (extrapolation === 'periodic' ? degree : 0) - (includeBias ? 0 : 1);
    return names.flatMap((name) => Array.from({ length: count }, (_, k) => `${name}_sp_${k}`));
  }

  /** Adds the splines at x, outside the knots or in a period, to those of a row and column. */
  #extrapolate(spline: BSpline, x: number, out: SplineColumns, row: number, column: number): void {
    const { extrapolation } = this.options;
    const { low, high, values } = spline;
    const start = (row * this.fitted.knots.length + column) * out.kept;
    if (extrapolation === 'error') {
      throw new DataError(`${this.owner}: X must lie between the knots ${low} and ${high}, row ${row} column ${column} has ${x}. Choose another extrapolation.`);
    }
    if (extrapolation === 'periodic') {
      const period = high - low;
      add(values, spline.at(period > 0 ? low + modulo(x - low, period) : 0), 1, out, start);
      return;
    }
    const end = x < low ? low : high;
    add(values, spline.at(end), 1, out, start);
    if (extrapolation === 'linear') add(values, spline.slopesAt(end), x - end, out, start);
  }

  #baseKnots(X: DenseMatrix, j: number, weights: Float64Array | undefined): Float64Array {
    const { knots, nKnots } = this.options;
    if (typeof knots !== 'string') {
      const given = Float64Array.from(knots, (row, k) => {
        if (row.length !== X.cols) throw new OptionError(`${this.owner}: knots must have one value per column (${X.cols}), row ${k} has ${row.length}.`);
        return row[j];
      });
      const wrong = given.findIndex((knot, k) => k > 0 && knot <= given[k - 1]);
      if (wrong >= 0) throw new OptionError(`${this.owner}: knots of column ${j} must ascend, got ${given[wrong]} after ${given[wrong - 1]}.`);
      return given;
    }
    const column = X.col(j);
    const counts = (value: number, i: number): boolean => value === value && weights![i] > 0;
    const values = weights ? column.filter(counts) : present(column);
    if (values.length === 0) return new Float64Array(nKnots);
    const shares = linspace(0, 1, nKnots).map((share) => (100 * share) / 100);
    if (knots === 'quantile' && weights) return weightedQuantiles(values, weights.filter((_, i) => counts(column[i], i)), shares, false);
    if (knots === 'uniform') return linspace(...rangeOf(values), nKnots);
    sortForQuantiles(values, shares);
    return quantiles(values, shares);
  }

  #dense(X: Matrix): DenseMatrix {
    if (X.kind === 'dense') return X;
    throw new DataError(`${this.owner}: X must be dense, splines of zeros would fill a sparse matrix. Use X.toDense().`);
  }
}

/** Adds to a row's splines of a column, which begin at `start`, from number `first` on; the last of a period are its first. */
function add(values: Float64Array, first: number, factor: number, { data, count, kept }: SplineColumns, start: number): void {
  for (let k = 0, at = first; k < values.length; k++, at++) {
    while (at >= count) at -= count;
    if (at < kept) data[start + at] += factor * values[k];
  }
}

/** The spacing of the first and the last two knots goes on for `degree` knots on either side. */
function widerKnots(base: Float64Array, degree: number): Float64Array {
  if (degree === 0) return base;
  const last = base.length - 1;
  const left = base[1] - base[0];
  const right = base[last] - base[last - 1];
  return Float64Array.of(
    ...linspace(base[0] - degree * left, base[0] - left, degree),
    ...base,
    ...linspace(base[last] + right, base[last] + degree * right, degree),
  );
}

/** The spacing of one end goes on at the other. */
function periodicKnots(base: Float64Array, degree: number): Float64Array {
  const period = base[base.length - 1] - base[0];
  const before = base.slice(base.length - 1 - degree, base.length - 1).map((knot) => knot - period);
  const after = base.slice(1, degree + 1).map((knot) => knot + period);
  return Float64Array.of(...before, ...base, ...after);
}

/** The remainder with the sign of the period, as Python's %. */
function modulo(x: number, period: number): number {
  const rest = x % period;
  return rest < 0 ? rest + period : rest;
}
