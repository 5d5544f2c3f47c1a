import { transposed } from './gram.ts';
import { DenseMatrix } from './dense-matrix.ts';
import { multiply, multiplyTransposed } from './multiply.ts';
import { addScaled, dotProduct, euclideanNorm } from './vector.ts';

/** Reflections that are applied as one: to find them, each is applied to all of its panel, so that few columns want narrow ones. */
const [NARROW, WIDE] = [8, 32];

/**
 * The QR factors of a dense matrix, X·P = Q·R, by Householder reflections; with `pivot`, columns are taken in
 * order of what is left of their norm, so that |R₀₀| ≥ |R₁₁| ≥ … . Q is kept as reflections, never formed
 * unless asked for. X is not modified.
 *
 * Reflections are applied a panel at a time, as 1 − V·T·Vᵀ, in blocked products. Pivots must be looked for after each
 * reflection: a tall X is first factored as it stands, and its R then with pivots.
 *
 * Counterpart: scipy.linalg.qr(mode="economic", pivoting=…), LAPACK's geqrf and geqp3; without pivots, the signs of R's rows are
 * LAPACK's.
 * Source: Golub and Van Loan, "Matrix Computations", 4th ed., §5.2 and §5.4.2; Schreiber and Van Loan, "A storage-efficient WY
 * representation for products of Householder transformations", SIAM J. Sci. Stat. Comput. 10, 1989.
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
  /** What made X square before columns were pivoted. */
  readonly #before: QrFactors | undefined;
  readonly #panel: number;
  /** Elements of a column that are reflected. */
  readonly #height: number;
  /** Column after column: R on and above the diagonal, reflectors (with an implied leading 1) below it. */
  readonly #columns: Float64Array;
  readonly #tau: Float64Array;

  constructor(X: DenseMatrix, { pivot = false }: { pivot?: boolean } = {}) {
    this.rows = X.rows;
    this.cols = X.cols;
    this.pivots = Int32Array.from({ length: X.cols }, (_, j) => j);
    this.#panel = X.cols > WIDE ? WIDE : NARROW;
    this.#before = pivot && X.rows > X.cols && X.cols > NARROW ? new QrFactors(X) : undefined;
    this.#columns = transposed(this.#before?.r() ?? X);
    this.#height = this.#before ? X.cols : X.rows;
    this.#tau = new Float64Array(Math.min(this.#height, X.cols));
    if (pivot) this.#factorPivoted();
    else this.#factor();
  }

  /** min(rows, cols) × cols, upper triangular, columns in the order of `pivots`. */
  r(): DenseMatrix {
    const R = new DenseMatrix(Math.min(this.rows, this.cols), this.cols);
    for (let i = 0; i < R.rows; i++) for (let j = i; j < R.cols; j++) R.data[i * R.cols + j] = this.#columns[j * this.#height + i];
    return R;
  }

  /** b ← Qᵀ·b for one vector of `rows` elements. */
  applyTransposed(b: Float64Array): void {
    this.#before?.applyTransposed(b);
    for (let k = 0; k < this.#tau.length; k++) this.#reflect(k, b);
  }

  /** B ← Q·B for as many vectors as B has rows; each row holds one vector of `rows` elements. */
  applyToRows(B: DenseMatrix): void {
    if (this.#before) {
      const { rows, cols, data } = B;
      const inner = new DenseMatrix(rows, this.#height);
      for (let i = 0; i < rows; i++) inner.row(i).set(data.subarray(i * cols, i * cols + inner.cols));
      this.#applyPanels(inner);
      for (let i = 0; i < rows; i++) data.set(inner.row(i), i * cols);
      this.#before.applyToRows(B);
    } else this.#applyPanels(B);
  }

  /** rows × min(rows, cols) with orthonormal columns. */
  q(): DenseMatrix {
    const width = this.#tau.length;
    const turned = new DenseMatrix(width, this.rows);
    for (let j = 0; j < width; j++) turned.data[j * this.rows + j] = 1;
    this.applyToRows(turned);
    return new DenseMatrix(this.rows, width, transposed(turned));
  }

  #factor(): void {
    const steps = this.#tau.length;
    for (let first = 0; first < steps; first += this.#panel) {
      const last = Math.min(steps, first + this.#panel);
      for (let k = first; k < last; k++) this.#eliminate(k, last);
      const rest = this.cols - last;
      if (rest > 0) this.#applyPanel(first, new DenseMatrix(rest, this.#height, this.#columns.subarray(last * this.#height)), false);
    }
  }

  #factorPivoted(): void {
    const [m, n, a] = [this.#height, this.cols, this.#columns];
    /** What is left of each column's norm, and what it was when last worked out afresh. */
    const left = Float64Array.from({ length: n }, (_, j) => euclideanNorm(a, j * m, m));
    const fresh = left.slice();
    for (let k = 0; k < this.#tau.length; k++) {
      let best = k;
      for (let j = k + 1; j < n; j++) if (left[j] > left[best]) best = j;
      if (best !== k) {
        this.#swap(k, best);
        left[best] = left[k];
        fresh[best] = fresh[k];
      }
      this.#eliminate(k, n);
      for (let j = k + 1; j < n; j++) {
        if (left[j] === 0) continue;
        const share = Math.max(0, 1 - (Math.abs(a[j * m + k]) / left[j]) ** 2);
        // Where cancellation has eaten half the digits, the norm is worked out afresh.
        if (share * (left[j] / fresh[j]) ** 2 <= 1.5e-8) fresh[j] = left[j] = euclideanNorm(a, j * m + k + 1, m - k - 1);
        else left[j] *= Math.sqrt(share);
      }
    }
  }

  #swap(k: number, best: number): void {
    const [m, a] = [this.#height, this.#columns];
    for (let i = 0; i < m; i++) [a[k * m + i], a[best * m + i]] = [a[best * m + i], a[k * m + i]];
    [this.pivots[k], this.pivots[best]] = [this.pivots[best], this.pivots[k]];
  }

  /** Finds the reflection that leaves nothing below element k of column k, and applies it to the columns up to `end`. */
  #eliminate(k: number, end: number): void {
    const [m, a] = [this.#height, this.#columns];
    const at = k * m + k;
    const length = m - k;
    const norm = euclideanNorm(a, at, length);
    if (euclideanNorm(a, at + 1, length - 1) === 0) return;
    const head = a[at];
    const beta = head >= 0 ? -norm : norm;
    const tau = (beta - head) / beta;
    this.#tau[k] = tau;
    for (let i = 1; i < length; i++) a[at + i] /= head - beta;
    a[at] = 1;
    for (let j = k + 1; j < end; j++) {
      const to = j * m + k;
      addScaled(-tau * dotProduct(a, at, a, to, length), a, at, a, to, length);
    }
    a[at] = beta;
  }

  #reflect(k: number, b: Float64Array): void {
    const at = k * this.#height + k + 1;
    const length = this.#height - k - 1;
    const amount = this.#tau[k] * (b[k] + dotProduct(this.#columns, at, b, k + 1, length));
    b[k] -= amount;
    addScaled(-amount, this.#columns, at, b, k + 1, length);
  }

  #applyPanels(B: DenseMatrix): void {
    for (let first = this.#panel * Math.floor((this.#tau.length - 1) / this.#panel); first >= 0; first -= this.#panel) this.#applyPanel(first, B, true);
  }

  /** The rows of B, as vectors, times the product of the panel's reflections (`forward`), or times its transpose. */
  #applyPanel(first: number, B: DenseMatrix, forward: boolean): void {
    const V = this.#reflectors(first);
    const T = this.#panelFactor(first, V);
    const along = multiplyTransposed(B, V);
    const change = multiply(forward ? multiplyTransposed(along, T) : multiply(along, T), V);
    for (let i = 0; i < change.data.length; i++) B.data[i] -= change.data[i];
  }

  /** The panel's reflectors, one a row. */
  #reflectors(first: number): DenseMatrix {
    const m = this.#height;
    const V = new DenseMatrix(Math.min(this.#panel, this.#tau.length - first), m);
    for (let row = 0; row < V.rows; row++) {
      const k = first + row;
      V.row(row).set(this.#columns.subarray(k * m + k + 1, (k + 1) * m), k + 1);
      V.data[row * m + k] = 1;
    }
    return V;
  }

  /** The upper triangular T for which the panel's reflections, the first on the left, are 1 − Vᵀ·T·V for reflectors in rows of V. */
  #panelFactor(first: number, V: DenseMatrix): DenseMatrix {
    const width = V.rows;
    const products = multiplyTransposed(V, V);
    const T = new DenseMatrix(width, width);
    for (let j = 0; j < width; j++) {
      const tau = this.#tau[first + j];
      T.data[j * width + j] = tau;
      for (let i = 0; i < j; i++) {
        let sum = 0;
        for (let k = i; k < j; k++) sum += T.data[i * width + k] * products.data[k * width + j];
        T.data[i * width + j] = -tau * sum;
      }
    }
    return T;
  }
}
