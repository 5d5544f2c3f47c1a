import { transposed } from './gram.ts';
import { DenseMatrix } from './dense-matrix.ts';
import { addScaled, dotProduct, euclideanNorm } from './vector.ts';

/**
 * The QR factors of a dense matrix, X·P = Q·R, by Householder reflections; with `pivot`, columns are taken in
 * order of what is left of their norm, so that |R₀₀| ≥ |R₁₁| ≥ … . Q is kept as reflections, never formed
 * unless asked for. X is not modified.
 *
 * Counterpart: scipy.linalg.qr(mode="economic", pivoting=…), LAPACK's geqp3; the signs of R's rows are LAPACK's.
 * Source: Golub and Van Loan, "Matrix Computations", 4th ed., §5.2 and §5.4.2.
 *
 * @example
 * const qr = new QrFactors(X, { pivot: true });
 * qr.r(); // min(rows, cols) × cols, upper triangular
 */
export class QrFactors {
  readonly rows: number;
  readonly cols: number;
  /** Column j of X·P is column pivots[j] of X. */
  readonly pivots: Int32Array;
  /** Column after column: R on and above the diagonal, reflectors (with an implied leading 1) below it. */
  readonly #columns: Float64Array;
  readonly #tau: Float64Array;

  constructor(X: DenseMatrix, { pivot = false }: { pivot?: boolean } = {}) {
    const { rows: m, cols: n } = X;
    this.rows = m;
    this.cols = n;
    this.pivots = Int32Array.from({ length: n }, (_, j) => j);
    const a = transposed(X);
    const steps = Math.min(m, n);
    const tau = new Float64Array(steps);
    /** What is left of each column's norm, and what it was when last worked out afresh. */
    const left = new Float64Array(n);
    for (let j = 0; pivot && j < n; j++) left[j] = euclideanNorm(a, j * m, m);
    const fresh = left.slice();

    for (let k = 0; k < steps; k++) {
      if (pivot) {
        let best = k;
        for (let j = k + 1; j < n; j++) if (left[j] > left[best]) best = j;
        if (best !== k) {
          for (let i = 0; i < m; i++) [a[k * m + i], a[best * m + i]] = [a[best * m + i], a[k * m + i]];
          [this.pivots[k], this.pivots[best]] = [this.pivots[best], this.pivots[k]];
          left[best] = left[k];
          fresh[best] = fresh[k];
        }
      }
      const at = k * m + k;
      const length = m - k;
      const norm = euclideanNorm(a, at, length);
      const tail = euclideanNorm(a, at + 1, length - 1);
      if (tail !== 0) {
        const head = a[at];
        const beta = head >= 0 ? -norm : norm;
        tau[k] = (beta - head) / beta;
        for (let i = 1; i < length; i++) a[at + i] /= head - beta;
        a[at] = 1;
        for (let j = k + 1; j < n; j++) {
          const to = j * m + k;
          addScaled(-tau[k] * dotProduct(a, at, a, to, length), a, at, a, to, length);
        }
        a[at] = beta;
      }
      for (let j = k + 1; pivot && j < n; j++) {
        if (left[j] === 0) continue;
        const share = Math.max(0, 1 - (Math.abs(a[j * m + k]) / left[j]) ** 2);
        // Where cancellation has eaten half the digits, the norm is worked out afresh.
        if (share * (left[j] / fresh[j]) ** 2 <= 1.5e-8) fresh[j] = left[j] = euclideanNorm(a, j * m + k + 1, length - 1);
        else left[j] *= Math.sqrt(share);
      }
    }
    this.#columns = a;
    this.#tau = tau;
  }

  /** min(rows, cols) × cols, upper triangular, columns in the order of `pivots`. */
  r(): DenseMatrix {
    const R = new DenseMatrix(Math.min(this.rows, this.cols), this.cols);
    for (let i = 0; i < R.rows; i++) for (let j = i; j < R.cols; j++) R.data[i * R.cols + j] = this.#columns[j * this.rows + i];
    return R;
  }

  /** b ← Qᵀ·b for one vector of `rows` elements at `start`. */
  applyTransposed(b: Float64Array, start = 0): void {
    for (let k = 0; k < this.#tau.length; k++) this.#reflect(k, b, start);
  }

  /** b ← Q·b for one vector of `rows` elements at `start`. */
  apply(b: Float64Array, start = 0): void {
    for (let k = this.#tau.length - 1; k >= 0; k--) this.#reflect(k, b, start);
  }

  /** rows × min(rows, cols) with orthonormal columns. */
  q(): DenseMatrix {
    const width = this.#tau.length;
    const Q = new DenseMatrix(this.rows, width);
    const column = new Float64Array(this.rows);
    for (let j = 0; j < width; j++) {
      column.fill(0);
      column[j] = 1;
      this.apply(column);
      for (let i = 0; i < this.rows; i++) Q.data[i * width + j] = column[i];
    }
    return Q;
  }

  #reflect(k: number, b: Float64Array, start: number): void {
    const at = k * this.rows + k + 1;
    const length = this.rows - k - 1;
    const first = start + k;
    const amount = this.#tau[k] * (b[first] + dotProduct(this.#columns, at, b, first + 1, length));
    b[first] -= amount;
    addScaled(-amount, this.#columns, at, b, first + 1, length);
  }
}
