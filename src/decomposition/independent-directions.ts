import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { multiply, multiplyTransposed, transposedMultiply } from '../matrix/multiply.ts';
import { timesVector, transposedTimesVector } from '../matrix/products.ts';
import { symmetricEigen } from '../matrix/symmetric-eigen.ts';
import { dotProduct, euclideanNorm } from '../matrix/vector.ts';
import { contrast, type ContrastName } from './contrast.ts';

export interface IndependentOptions {
  algorithm: 'parallel' | 'deflation';
  fun: ContrastName;
  alpha: number;
  tol: number;
  maxIter: number;
}

/** Orthonormal directions, one a row, and how they were found. */
export interface IndependentDirections {
  W: DenseMatrix;
  iterations: number;
  converged: boolean;
}

/** Smaller eigenvalues count as this one: numpy's smallest normal number. */
const TINY = 2.2250738585072014e-308;

/**
 * Directions in which white rows Z, rows × k, are least normal: fixed points of w ← E[z·g(wᵀz)] − E[g′(wᵀz)]·w, all at once
 * and made orthonormal together, or one after the other and made orthogonal to those before.
 *
 * Source: Hyvärinen and Oja, "Independent component analysis: algorithms and applications", Neural Networks 13, 2000, §6.
 */
export function independentDirections(Z: DenseMatrix, start: DenseMatrix, options: IndependentOptions): IndependentDirections {
  return options.algorithm === 'parallel' ? together(Z, start, options) : oneByOne(Z, start, options);
}

function together(Z: DenseMatrix, start: DenseMatrix, { fun, alpha, tol, maxIter }: IndependentOptions): IndependentDirections {
  let W = symmetricOrthonormal(start);
  for (let iterations = 1; ; iterations++) {
    const next = symmetricOrthonormal(step(Z, W, fun, alpha));
    let change = 0;
    for (let c = 0; c < W.rows; c++) change = Math.max(change, turnOf(next.row(c), W.row(c)));
    W = next;
    if (change < tol) return { W, iterations, converged: true };
    if (iterations === maxIter) return { W, iterations, converged: false };
  }
}

function oneByOne(Z: DenseMatrix, start: DenseMatrix, { fun, alpha, tol, maxIter }: IndependentOptions): IndependentDirections {
  const W = new DenseMatrix(start.rows, start.cols);
  let iterations = 0;
  let converged = true;
  for (let c = 0; c < W.rows; c++) {
    let w = toUnitLength(start.row(c).slice());
    let change = Infinity;
    let round = 0;
    while (round < maxIter && !(change < tol)) {
      const next = toUnitLength(withoutRows(stepOfOne(Z, w, fun, alpha), W, c));
      change = turnOf(next, w);
      w = next;
      round++;
    }
    iterations = Math.max(iterations, round);
    converged &&= change < tol;
    W.row(c).set(w);
  }
  return { W, iterations, converged };
}

/** E[g(w·z)·z] − E[g′(w·z)]·w for each row w of W. */
function step(Z: DenseMatrix, W: DenseMatrix, fun: ContrastName, alpha: number): DenseMatrix {
  const Y = multiplyTransposed(Z, W);
  const slopes = contrast(fun, alpha, Y.data, W.rows);
  const next = transposedMultiply(Y, Z);
  for (let c = 0; c < W.rows; c++) for (let j = 0; j < W.cols; j++) next.data[c * W.cols + j] = next.data[c * W.cols + j] / Z.rows - slopes[c] * W.data[c * W.cols + j];
  return next;
}

/** The same for a single w, by products that need no blocks. */
function stepOfOne(Z: DenseMatrix, w: Float64Array, fun: ContrastName, alpha: number): Float64Array {
  const y = timesVector(Z, w, 0, new Float64Array(Z.rows));
  const [slope] = contrast(fun, alpha, y, 1);
  const next = transposedTimesVector(Z, y, new Float64Array(w.length));
  for (let j = 0; j < w.length; j++) next[j] = next[j] / Z.rows - slope * w[j];
  return next;
}

/** (W·Wᵀ)^(−½)·W. */
function symmetricOrthonormal(W: DenseMatrix): DenseMatrix {
  const { values, vectors } = symmetricEigen(multiplyTransposed(W, W));
  const scaled = vectors.copy();
  for (let c = 0; c < scaled.rows; c++) {
    const factor = 1 / Math.sqrt(Math.max(values[c], TINY));
    const row = scaled.row(c);
    for (let j = 0; j < row.length; j++) row[j] *= factor;
  }
  return multiply(transposedMultiply(scaled, vectors), W);
}

/** How far two unit vectors are from being parallel: 1 − |cosine|. */
function turnOf(a: Float64Array, b: Float64Array): number {
  return Math.abs(Math.abs(dotProduct(a, 0, b, 0, a.length)) - 1);
}

/** w less its parts along the first `count` rows of W. */
function withoutRows(w: Float64Array, W: DenseMatrix, count: number): Float64Array {
  const along = Float64Array.from({ length: count }, (_, i) => dotProduct(w, 0, W.data, i * W.cols, w.length));
  for (let i = 0; i < count; i++) for (let j = 0; j < w.length; j++) w[j] -= along[i] * W.data[i * W.cols + j];
  return w;
}

function toUnitLength(w: Float64Array): Float64Array {
  const norm = euclideanNorm(w);
  for (let j = 0; j < w.length; j++) w[j] /= norm;
  return w;
}
