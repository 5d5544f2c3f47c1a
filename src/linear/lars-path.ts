import { DataError, OptionError } from '../core/errors.ts';
import { checkSameRows, rowsAlone } from '../core/rows.ts';
import { choice, completeOptions, flag, integer, number, type Rules } from '../core/rules.ts';
import { centre } from '../matrix/centre.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, type MatrixLike } from '../matrix/matrix.ts';
import { columnCovariances, type ColumnCovariances } from './column-covariances.ts';
import { GrowingCholesky } from './growing-cholesky.ts';

export interface LarsPathOptions {
  /** 'lar': least angle regression, which adds a column a step; 'lasso': coefficients that reach 0 leave again. Default 'lar'. */
  method?: 'lar' | 'lasso';
  /** Most steps, at least 0. Default 500. */
  maxIter?: number;
  /** Where to stop: the smallest penalty, at least 0. Default 0. */
  alphaMin?: number;
  /** Whether coefficients must not be negative; for 'lasso' only. Default false. */
  positive?: boolean;
}

/** Coefficients that are straight between nodes, from none to the last penalty. */
export interface LarsPath {
  /** Descending, one per node: the largest |covariance| with what is left of y, over the number of rows: the lasso's penalty. */
  alphas: Float64Array;
  /** Columns in use at the end, in the order in which they came. */
  active: Int32Array;
  /** Columns × nodes. */
  coefs: DenseMatrix;
  /** Steps made. */
  iterations: number;
}

const rules: Rules<LarsPathOptions> = {
  method: choice('lar', ['lar', 'lasso']),
  maxIter: integer(500, { min: 0 }),
  alphaMin: number(0, { min: 0 }),
  positive: flag(false),
};

/** Single precision's: penalties so near to each other count as equal. */
const EQUAL = 2 ** -23;
/** A column of which less than this is left, beside those in use, depends on them. */
const SHORTEST = 1e-7;
/** Keeps divisors from 0. */
const TINY = 2 ** -126;

/**
 * The coefficients of least angle regression, or of the lasso ‖y − X·w‖²/(2·rows) + alpha·‖w‖₁, for all penalties from the least
 * that leaves none to `alphaMin`. Nothing is centred: see LassoLars for an intercept.
 *
 * X: rows × columns, dense or sparse; y: one number per row. `coefs` is columns × nodes, straight between one node and the next.
 *
 * @throws OptionError for 'lar' with positive; DataError, ShapeError for X and y that cannot be learned from
 * Counterpart: scikit-learn's lars_path. A column that depends on those in use is left out for good; there, another one may be
 * left out in its stead. Without `Xy`, `Gram` and `eps`.
 * Source: Efron, Hastie, Johnstone and Tibshirani, "Least angle regression", Annals of Statistics 32(2), 2004.
 *
 * @example
 * const { alphas, coefs } = larsPath(X, y, { method: 'lasso' });
 * coefs.col(3); // with three columns, as a rule
 */
export function larsPath(X: MatrixLike, y: ArrayLike<number>, options: LarsPathOptions = {}): LarsPath {
  const owner = 'larsPath';
  const complete = completeOptions(owner, options, rules);
  const matrix = asMatrix(owner, X);
  checkSameRows(owner, { X: rowsAlone(matrix), y });
  const wrong = Array.from(y).findIndex((value) => typeof value !== 'number' || !Number.isFinite(value));
  if (wrong >= 0) throw new DataError(`${owner}: y must hold finite numbers, row ${wrong} has ${y[wrong]}.`);
  return followLars(owner, columnCovariances(centre(matrix, Float64Array.from(y), false, undefined)), complete);
}

/** The path over columns whose products are known. */
export function followLars(owner: string, products: ColumnCovariances, options: Readonly<Required<LarsPathOptions>>): LarsPath {
  if (options.method === 'lar' && options.positive) throw new OptionError(`${owner}: positive goes with method 'lasso', got 'lar'.`);
  return new LarsWalk(products, options).path();
}

class LarsWalk {
  readonly #products: ColumnCovariances;
  readonly #options: Readonly<Required<LarsPathOptions>>;
  readonly #factor: GrowingCholesky;
  /** Covariance of each column with what is left of y. */
  readonly #covariance: Float64Array;
  readonly #active: number[] = [];
  readonly #signs: number[] = [];
  readonly #inactive: number[];
  readonly #alphas: number[] = [];
  readonly #coefs: Float64Array[];

  constructor(products: ColumnCovariances, options: Readonly<Required<LarsPathOptions>>) {
    this.#products = products;
    this.#options = options;
    this.#factor = new GrowingCholesky(Math.min(options.maxIter, products.cols));
    this.#covariance = products.withTarget.slice();
    this.#inactive = Array.from({ length: products.cols }, (_, j) => j);
    this.#coefs = [new Float64Array(products.cols)];
  }

  path(): LarsPath {
    const { maxIter, method } = this.#options;
    let hasDropped = false;
    for (;;) {
      const next = this.#mostCovarying();
      const most = next < 0 ? 0 : Math.abs(this.#covariance[this.#inactive[next]]);
      const steps = this.#coefs.length - 1;
      this.#alphas[steps] = most / this.#products.rows;
      if (this.#ends(steps) || steps >= maxIter || this.#active.length >= this.#products.cols) break;
      if (!hasDropped) this.#admit(next);
      if (this.#active.length === 0) continue;
      // Rounding has come to weigh more than what is left of y.
      if (method === 'lasso' && steps > 0 && this.#alphas[steps - 1] < this.#alphas[steps]) break;
      const step = this.#step(most);
      if (step === undefined) break;
      hasDropped = step;
    }
    const nodes = this.#coefs.length;
    const coefs = new DenseMatrix(this.#products.cols, nodes);
    for (const [node, coef] of this.#coefs.entries()) for (let j = 0; j < coef.length; j++) coefs.data[j * nodes + node] = coef[j];
    return { alphas: Float64Array.from(this.#alphas), active: Int32Array.from(this.#active), coefs, iterations: nodes - 1 };
  }

  /** Position among inactive columns of the one with the largest |covariance|, or covariance if only positive ones count; −1 for none. */
  #mostCovarying(): number {
    const { positive } = this.#options;
    let best = -1;
    let most = -Infinity;
    for (let i = 0; i < this.#inactive.length; i++) {
      const value = this.#covariance[this.#inactive[i]];
      const size = positive ? value : Math.abs(value);
      if (size > most) [best, most] = [i, size];
    }
    return positive && most < 0 ? -1 : best;
  }

  /** Whether the penalty has fallen to alphaMin; the last node is then moved to where it has just done so. */
  #ends(steps: number): boolean {
    const { alphaMin } = this.#options;
    const alpha = this.#alphas[steps];
    if (alpha > alphaMin + EQUAL) return false;
    if (Math.abs(alpha - alphaMin) <= EQUAL) return true;
    if (steps > 0) {
      const before = this.#alphas[steps - 1];
      const share = (before - alphaMin) / (before - alpha);
      const start = this.#coefs[steps - 1];
      this.#coefs[steps] = this.#coefs[steps].map((value, j) => start[j] + share * (value - start[j]));
    }
    this.#alphas[steps] = alphaMin;
    return true;
  }

  /** Takes an inactive column into use; one that depends on those in use is left out for good. */
  #admit(position: number): void {
    const column = this.#inactive[position];
    this.#inactive[position] = this.#inactive[0];
    this.#inactive.shift();
    const cross = this.#active.map((other) => this.#products.between(column, other));
    if (!this.#factor.append(cross, this.#products.between(column, column), SHORTEST)) return;
    this.#active.push(column);
    this.#signs.push(this.#options.positive ? 1 : Math.sign(this.#covariance[column]));
  }

  /** Goes as far as all columns in use have like covariances, larger than all others'. @returns whether one fell to 0 and left; undefined where rounding leaves no way */
  #step(most: number): boolean | undefined {
    const direction = this.#factor.solve(this.#signs);
    const speed = 1 / Math.sqrt(direction.reduce((sum, value, i) => sum + value * this.#signs[i], 0));
    if (!Number.isFinite(speed)) return undefined;
    for (let i = 0; i < direction.length; i++) direction[i] *= speed;
    const along = this.#products.ofSum(this.#active, direction).map(rounded);
    const before = this.#coefs[this.#coefs.length - 1];
    const far = this.#reach(most, speed, along);
    const toZero = direction.map((value, i) => -before[this.#active[i]] / (value + TINY));
    const first = toZero.reduce((least, value) => (value > 0 && value < least ? value : least), Infinity);
    const crossing = first < far ? Array.from(toZero.keys()).filter((i) => toZero[i] === first) : [];
    const isLasso = this.#options.method === 'lasso';
    const length = isLasso && crossing.length > 0 ? first : far;

    const coef = new Float64Array(before.length);
    this.#active.forEach((column, i) => (coef[column] = before[column] + length * direction[i]));
    this.#coefs.push(coef);
    for (const column of this.#inactive) this.#covariance[column] -= length * along[column];
    if (isLasso) this.#drop(crossing, coef);
    else for (const i of crossing) this.#signs[i] = -this.#signs[i];
    return crossing.length > 0;
  }

  /** How far until another column has the same covariance, or nothing is left of y. */
  #reach(most: number, speed: number, along: Float64Array): number {
    let least = most / speed;
    for (const column of this.#inactive) {
      const value = this.#covariance[column];
      const towards = (most - value) / (speed - along[column] + TINY);
      if (towards > 0 && towards < least) least = towards;
      if (this.#options.positive) continue;
      const away = (most + value) / (speed + along[column] + TINY);
      if (away > 0 && away < least) least = away;
    }
    return least;
  }

  /** Columns in use, by ascending position, leave with a coefficient of 0. */
  #drop(positions: readonly number[], coef: Float64Array): void {
    for (const i of [...positions].reverse()) {
      this.#factor.remove(i);
      const [column] = this.#active.splice(i, 1);
      this.#signs.splice(i, 1);
      coef[column] = 0;
      this.#inactive.unshift(column);
    }
    if (positions.length === 0) return;
    const explained = this.#products.ofSum(this.#active, Float64Array.from(this.#active, (column) => coef[column]));
    for (const column of this.#inactive.slice(0, positions.length)) this.#covariance[column] = this.#products.withTarget[column] - explained[column];
  }
}

/** To 15 decimals, so that columns that are alike stay so. */
function rounded(value: number): number {
  const scaled = value * 1e15;
  return Math.abs(scaled) < 2 ** 51 ? Math.round(scaled) / 1e15 : value;
}
