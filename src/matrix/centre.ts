import { columnMoments } from './column-moments.ts';
import type { CsrMatrix } from './csr-matrix.ts';
import { DenseMatrix } from './dense-matrix.ts';
import type { Matrix } from './matrix.ts';
import { timesVector, transposedTimesVector } from './products.ts';
import { dotProduct } from './vector.ts';

/**
 * A least-squares problem without intercept that is equivalent to one with: Z = √s·(X − x̄), y = √s·(y − ȳ) for
 * row weights s and weighted means. A sparse X is not filled: it holds √s·X, and x̄ is taken off in products.
 */
export interface Centred {
  /** Dense: Z. Sparse: Z + √s·x̄ᵀ. Never the X that was given, unless nothing had to change. */
  X: Matrix;
  y: Float64Array;
  /** Weighted column means; zeros without intercept. */
  xOffset: Float64Array;
  /** Weighted mean of y; 0 without intercept. */
  yOffset: number;
  /** √s, or undefined where every row weighs 1. */
  rootWeight: Float64Array | undefined;
}

/**
 * Takes off the means, where there is an intercept, and multiplies rows by the root of their weight.
 * Counterpart: scikit-learn's _preprocess_data.
 */
export function centre(X: Matrix, y: Float64Array, fitIntercept: boolean, weights: Float64Array | undefined): Centred {
  const rootWeight = weights?.map(Math.sqrt);
  const xOffset = fitIntercept ? columnMeans(X, weights) : new Float64Array(X.cols);
  const moved = X.kind === 'csr' ? scaleRows(X, rootWeight) : moveDense(X, xOffset, rootWeight);
  return { X: moved, ...centredTarget(y, fitIntercept, weights), xOffset, rootWeight };
}

/** What `centre` makes of y, for further targets of the same X. */
export function centredTarget(y: Float64Array, fitIntercept: boolean, weights: Float64Array | undefined): Pick<Centred, 'y' | 'yOffset'> {
  const yOffset = fitIntercept ? weightedMeanOf(y, weights) : 0;
  return { y: y.map((value, i) => (value - yOffset) * (weights ? Math.sqrt(weights[i]) : 1)), yOffset };
}

/** The intercept that goes with coefficients of the centred problem: ȳ − x̄·coef. */
export function interceptOf({ xOffset, yOffset }: Pick<Centred, 'xOffset' | 'yOffset'>, coef: Float64Array): number {
  return yOffset - dotProduct(xOffset, 0, coef, 0, coef.length);
}

/** Σ s·x / Σ s of each column. */
export function columnMeans(X: Matrix, weights: Float64Array | undefined): Float64Array {
  if (X.kind === 'csr') return columnMoments(X, weights).mean;
  const means = new Float64Array(X.cols);
  let total = 0;
  for (let i = 0; i < X.rows; i++) {
    const weight = weights ? weights[i] : 1;
    total += weight;
    for (let j = 0; j < X.cols; j++) means[j] += weight * X.data[i * X.cols + j];
  }
  for (let j = 0; j < X.cols; j++) means[j] /= total;
  return means;
}

export function weightedMeanOf(y: Float64Array, weights: Float64Array | undefined): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    const weight = weights ? weights[i] : 1;
    sum += weight * y[i];
    total += weight;
  }
  return sum / total;
}

function moveDense(X: DenseMatrix, offset: Float64Array, rootWeight: Float64Array | undefined): DenseMatrix {
  const { rows, cols } = X;
  const moved = new Float64Array(rows * cols);
  for (let i = 0, p = 0; i < rows; i++) {
    const factor = rootWeight ? rootWeight[i] : 1;
    for (let j = 0; j < cols; j++, p++) moved[p] = (X.data[p] - offset[j]) * factor;
  }
  return new DenseMatrix(rows, cols, moved);
}

function scaleRows(X: CsrMatrix, factors: Float64Array | undefined): CsrMatrix {
  if (!factors) return X;
  const data = new Float64Array(X.nnz);
  for (let i = 0; i < X.rows; i++) for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) data[p] = X.data[p] * factors[i];
  return X.withData(data);
}

/** The centred Z of a problem, filled where X is sparse. Not to be changed: a dense one is the problem's own. */
export function filled({ X, xOffset, rootWeight }: Centred): DenseMatrix {
  if (X.kind === 'dense') return X;
  const dense = X.toDense();
  for (let i = 0; i < X.rows; i++) for (let j = 0; j < X.cols; j++) dense.data[i * X.cols + j] -= (rootWeight ? rootWeight[i] : 1) * xOffset[j];
  return dense;
}

/** Products with the centred Z of a `Centred`, without ever filling a sparse X. */
export class CentredProducts {
  readonly rows: number;
  readonly cols: number;
  readonly #problem: Centred;
  /** Whether x̄ still has to be taken off. */
  readonly #moves: boolean;

  constructor(problem: Centred) {
    this.#problem = problem;
    this.rows = problem.X.rows;
    this.cols = problem.X.cols;
    this.#moves = problem.X.kind === 'csr' && problem.xOffset.some((mean) => mean !== 0);
  }

  /** out = Z·v, one value per row. */
  times(v: Float64Array, out: Float64Array): Float64Array {
    const { X, xOffset, rootWeight } = this.#problem;
    timesVector(X, v, 0, out);
    if (this.#moves) {
      const shift = dotProduct(v, 0, xOffset, 0, v.length);
      for (let i = 0; i < out.length; i++) out[i] -= (rootWeight ? rootWeight[i] : 1) * shift;
    }
    return out;
  }

  /** out = Zᵀ·u, one value per column. */
  transposedTimes(u: Float64Array, out: Float64Array): Float64Array {
    const { X, xOffset, rootWeight } = this.#problem;
    transposedTimesVector(X, u, out);
    if (this.#moves) {
      let sum = 0;
      for (let i = 0; i < u.length; i++) sum += u[i] * (rootWeight ? rootWeight[i] : 1);
      for (let j = 0; j < out.length; j++) out[j] -= xOffset[j] * sum;
    }
    return out;
  }
}
