import { transposed } from './gram.ts';
import { DenseMatrix } from './dense-matrix.ts';
import { multiply, multiplyTransposed } from './multiply.ts';
import { QrFactors } from './qr.ts';
import { singularValues } from './singular-values.ts';
import { leadingEigen } from './symmetric-eigen.ts';
import { toUnitSize } from './to-unit-size.ts';
import { addScaled, dotProduct, euclideanNorm } from './vector.ts';

/** X = U · diag(singular) · Vᵀ, in its economic form: r = min(rows, cols). */
export interface Svd {
  /** rows × r, orthonormal columns. */
  u: DenseMatrix;
  /** r values, descending, none negative. */
  singular: Float64Array;
  /** r × cols, orthonormal rows. */
  vt: DenseMatrix;
}

const EPSILON = 2.220446049250313e-16;
const MOST_SWEEPS = 40;
/** A share of the largest singular value that no rounding makes of nothing. */
const CERTAIN = 1e-10;
/** Rows down to this share of a largest one are turned together: what rounding adds to them is 1e-13 of their size. */
const ALIKE = 1e-3;
/** Fewer rows than this are as fast turned pair by pair. */
const FEWEST = 32;

/**
 * Singular value decomposition: QR with column pivoting, then one-sided Jacobi rotations of the rows of R, after a start by eigenvectors.
 * Singular values are accurate relative to each column's size, small ones too. Signs of pairs of vectors are
 * arbitrary, as numpy's are. X is not modified.
 *
 * Counterpart: numpy.linalg.svd(full_matrices=False).
 * Source: Drmač and Veselić, "New fast and accurate Jacobi SVD algorithm", SIAM J. Matrix Anal. Appl. 29, 2008;
 * Golub and Van Loan, "Matrix Computations", 4th ed., §8.6.3.
 *
 * @example
 * const { u, singular, vt } = svd(X);
 */
export function svd(X: DenseMatrix): Svd {
  if (X.rows < X.cols) {
    const { u, singular, vt } = svd(new DenseMatrix(X.cols, X.rows, transposed(X)));
    return { u: new DenseMatrix(vt.cols, vt.rows, transposed(vt)), singular, vt: new DenseMatrix(u.cols, u.rows, transposed(u)) };
  }
  const { rows: m, cols: n } = X;
  const qr = new QrFactors(X, { pivot: true });
  const R = qr.r();
  // X·P = Q·R and Jᵀ·R = Σ·Bᵀ, so X = (Q·J)·Σ·(P·B)ᵀ. Row k of J's transpose is grown to a column of Q·J.
  const turned = DenseMatrix.from(Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (_v, j) => (i === j ? 1 : 0))));
  const unit = toUnitSize(R.data);
  orthogonaliseRows(R, turned);
  const norms = Float64Array.from({ length: n }, (_, k) => euclideanNorm(R.row(k)));
  const order = Array.from(norms.keys()).sort((i, j) => norms[j] - norms[i]);

  const singular = Float64Array.from(order, (k) => norms[k] * unit);
  const columns = new DenseMatrix(n, m);
  const vt = new DenseMatrix(n, n);
  order.forEach((from, k) => {
    columns.row(k).set(turned.row(from));
    const row = R.row(from);
    for (let j = 0; singular[k] > 0 && j < n; j++) vt.data[k * n + qr.pivots[j]] = row[j] / norms[from];
  });
  qr.applyToRows(columns);
  completeRows(vt, singular);
  return { u: new DenseMatrix(m, n, transposed(columns)), singular, vt };
}

/** A least-squares solution with what is known about the matrix. */
export interface LeastSquares {
  /** The w of smallest norm among those that minimise ‖X·w − y‖. */
  coef: Float64Array;
  /** Number of singular values above cutoff · the largest. */
  rank: number;
  /** Descending, min(rows, cols) of them. */
  singular: Float64Array;
}

/**
 * The w that minimises ‖X·w − y‖₂, the shortest one where several do.
 *
 * @param cutoff singular values of at most cutoff · the largest count as zero
 * Counterpart: scipy.linalg.lstsq(X, y, cond=cutoff).
 * Source: Golub and Van Loan, "Matrix Computations", 4th ed., §5.5.
 */
export function leastSquares(X: DenseMatrix, y: Float64Array, cutoff: number): LeastSquares {
  if (X.rows < X.cols) {
    const { u, singular, vt } = svd(X);
    const rank = rankOf(singular, cutoff);
    const coef = new Float64Array(X.cols);
    for (let k = 0; k < rank; k++) {
      let along = 0;
      for (let i = 0; i < X.rows; i++) along += u.data[i * u.cols + k] * y[i];
      addScaled(along / singular[k], vt.data, k * X.cols, coef, 0, X.cols);
    }
    return { coef, rank, singular };
  }
  const n = X.cols;
  const qr = new QrFactors(X, { pivot: true });
  const R = qr.r();
  const turned = y.slice();
  qr.applyTransposed(turned);
  const values = singularValues(R);
  // Of full rank for certain: what R says of w needs no directions.
  if (values && values[n - 1] > Math.max(cutoff, CERTAIN) * values[0]) return { coef: solved(R, turned, qr.pivots), rank: n, singular: values };
  // Rotating Qᵀy along with the rows of R spares forming the left singular vectors.
  const along = new DenseMatrix(n, 1, turned.slice(0, n));
  const unit = toUnitSize(R.data);
  orthogonaliseRows(R, along);
  const norms = Float64Array.from({ length: n }, (_, k) => euclideanNorm(R.row(k)));
  const singular = norms.map((norm) => norm * unit).sort().reverse();
  const rank = rankOf(singular, cutoff);
  const coef = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    if (!(norms[k] * unit > cutoff * singular[0])) continue;
    // Rows of R are σ·bᵀ: one division by σ makes the unit vector, another one is the inverse.
    const amount = along.data[k] / norms[k] / (norms[k] * unit);
    const row = R.row(k);
    for (let j = 0; j < n; j++) coef[qr.pivots[j]] += amount * row[j];
  }
  return { coef, rank, singular };
}

/** The w of R·P·w = b for an upper triangular R of full rank. */
function solved({ cols: n, data }: DenseMatrix, b: Float64Array, pivots: Int32Array): Float64Array {
  const inOrder = new Float64Array(n);
  for (let k = n - 1; k >= 0; k--) inOrder[k] = (b[k] - dotProduct(data, k * n + k + 1, inOrder, k + 1, n - k - 1)) / data[k * n + k];
  const coef = new Float64Array(n);
  for (let k = 0; k < n; k++) coef[pivots[k]] = inOrder[k];
  return coef;
}

function rankOf(singular: Float64Array, cutoff: number): number {
  let rank = 0;
  while (rank < singular.length && singular[rank] > cutoff * singular[0]) rank++;
  return rank;
}

/**
 * Turns the rows of R until all are orthogonal; rows of `companion` take the same turns. Rows of like size are first turned
 * together, by the eigenvectors of their products, which are quicker to find: they leave no more to rotate than what rounding
 * the products has hidden. Rows of unlike sizes are not mixed, so that small ones keep their accuracy.
 *
 * Source: Gao, Ma and Shao, "A mixed precision Jacobi SVD algorithm", ACM TOMS 51, 2025, on rotations after a rougher start.
 */
function orthogonaliseRows(R: DenseMatrix, companion: DenseMatrix): void {
  const norms = Float64Array.from({ length: R.rows }, (_, k) => euclideanNorm(R.row(k)));
  for (let first = 0, last; first < R.rows; first = last) {
    for (last = first + 1; last < R.rows && norms[last] > ALIKE * norms[first]; ) last++;
    if (last - first >= FEWEST) turnTogether(first, last, R, companion);
  }
  rotatePairs(R, companion);
}

/** Turns rows first … last − 1 of R to about orthogonal ones, the longest in front. */
function turnTogether(first: number, last: number, R: DenseMatrix, companion: DenseMatrix): void {
  const rows = ({ cols, data }: DenseMatrix): DenseMatrix => new DenseMatrix(last - first, cols, data.subarray(first * cols, last * cols));
  const own = rows(R);
  const { vectors } = leadingEigen(multiplyTransposed(own, own), own.rows);
  for (const matrix of [own, rows(companion)]) matrix.data.set(multiply(vectors, matrix).data);
}

/** Rotates pairs of rows of R until all are orthogonal. One sweep takes every pair once. */
function rotatePairs(R: DenseMatrix, companion: DenseMatrix): void {
  const { rows, cols, data } = R;
  const small = EPSILON * Math.sqrt(cols);
  const squares = new Float64Array(rows);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    for (let p = 0; p < rows; p++) squares[p] = dotProduct(data, p * cols, data, p * cols, cols);
    let turned = false;
    for (let p = 0; p < rows - 1; p++) {
      for (let q = p + 1; q < rows; q++) {
        const product = dotProduct(data, p * cols, data, q * cols, cols);
        if (!(Math.abs(product) > small * Math.sqrt(squares[p]) * Math.sqrt(squares[q]))) continue;
        turned = true;
        const zeta = (squares[q] - squares[p]) / (2 * product);
        const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const c = 1 / Math.hypot(1, t);
        const s = c * t;
        turn(data, p * cols, q * cols, cols, c, s);
        turn(companion.data, p * companion.cols, q * companion.cols, companion.cols, c, s);
        squares[p] -= t * product;
        squares[q] += t * product;
      }
    }
    if (!turned) return;
  }
}

/** (x, y) ← (c·x − s·y, s·x + c·y). */
function turn(data: Float64Array, x: number, y: number, n: number, c: number, s: number): void {
  for (let k = 0; k < n; k++) {
    const a = data[x + k];
    const b = data[y + k];
    data[x + k] = c * a - s * b;
    data[y + k] = s * a + c * b;
  }
}

/** Fills the rows of singular value 0 with unit vectors orthogonal to all others. */
function completeRows(vt: DenseMatrix, singular: Float64Array): void {
  const { rows, cols, data } = vt;
  for (let k = 0; k < rows; k++) {
    if (singular[k] > 0) continue;
    for (let j = 0, found = false; j < cols && !found; j++) {
      const row = vt.row(k).fill(0);
      row[j] = 1;
      // Twice, since once leaves rounding behind.
      for (let pass = 0; pass < 2; pass++) {
        for (let i = 0; i < k; i++) addScaled(-dotProduct(data, i * cols, row, 0, cols), data, i * cols, row, 0, cols);
      }
      const norm = euclideanNorm(row);
      // Some axis has at least 1/√cols left: the k rows before span less than the space.
      if (norm < 0.5 / Math.sqrt(cols)) continue;
      for (let i = 0; i < cols; i++) row[i] /= norm;
      found = true;
    }
  }
}
