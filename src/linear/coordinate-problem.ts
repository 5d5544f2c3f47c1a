import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { transposed } from '../matrix/gram.ts';
import { addScaled, dotProduct } from '../matrix/vector.ts';
import { CentredProducts, type Centred } from '../matrix/centre.ts';
import { centredGram } from '../matrix/centred-gram.ts';

/** A least-squares problem ½‖y − Z·w‖² as coordinate descent asks of it: it keeps the residual r = y − Z·w. */
export interface CoordinateProblem {
  /** Number of coefficients. */
  readonly size: number;
  /** ‖Zⱼ‖², one per column. */
  readonly squares: Float64Array;
  /** ‖y‖². */
  readonly targetSquare: number;
  /** Sets r to y − Z·w. */
  start(w: Float64Array): void;
  /** Zⱼᵀ·r. */
  slope(j: number): number;
  /** r −= change·Zⱼ. */
  move(j: number, change: number): void;
  /** Zᵀ·r, written into out. */
  slopes(out: Float64Array): void;
  /** ‖r‖²; w must be the one that r belongs to. */
  residualSquare(w: Float64Array): number;
  /** r·y. */
  residualTimesTarget(w: Float64Array): number;
}

/** The problem over columns of X, dense or sparse; never fills a sparse X. */
export function columnProblem(problem: Centred): CoordinateProblem {
  return problem.X.kind === 'csr' ? new SparseColumns(problem, problem.X) : new DenseColumns(problem, problem.X);
}

/** The problem over ZᵀZ: each step costs one row of it, whatever the number of samples. */
export function gramProblem(problem: Centred): CoordinateProblem {
  return new GramProblem(problem);
}

class DenseColumns implements CoordinateProblem {
  readonly size: number;
  readonly squares: Float64Array;
  readonly targetSquare: number;
  readonly #columns: Float64Array;
  readonly #rows: number;
  readonly #y: Float64Array;
  readonly #r: Float64Array;

  constructor({ y }: Centred, X: DenseMatrix) {
    const { rows, cols } = X;
    const columns = transposed(X);
    this.size = cols;
    this.squares = Float64Array.from({ length: cols }, (_, j) => dotProduct(columns, j * rows, columns, j * rows, rows));
    this.targetSquare = dotProduct(y, 0, y, 0, rows);
    this.#columns = columns;
    this.#rows = rows;
    this.#y = y;
    this.#r = y.slice();
  }

  start(w: Float64Array): void {
    this.#r.set(this.#y);
    for (let j = 0; j < this.size; j++) if (w[j] !== 0) this.move(j, w[j]);
  }

  slope(j: number): number {
    return dotProduct(this.#columns, j * this.#rows, this.#r, 0, this.#rows);
  }

  move(j: number, change: number): void {
    addScaled(-change, this.#columns, j * this.#rows, this.#r, 0, this.#rows);
  }

  slopes(out: Float64Array): void {
    for (let j = 0; j < this.size; j++) out[j] = this.slope(j);
  }

  residualSquare(): number {
    return dotProduct(this.#r, 0, this.#r, 0, this.#rows);
  }

  residualTimesTarget(): number {
    return dotProduct(this.#r, 0, this.#y, 0, this.#rows);
  }
}

/**
 * With Zⱼ = √s·(Xⱼ − x̄ⱼ), a step would change every row's residual. It is kept as r = t − shift·√s instead, so
 * that a step costs the stored entries of one column: Zⱼᵀ√s is 0, hence Zⱼᵀr = (√s·Xⱼ)ᵀt − shift·x̄ⱼ·Σs.
 */
class SparseColumns implements CoordinateProblem {
  readonly size: number;
  readonly squares: Float64Array;
  readonly targetSquare: number;
  readonly #byColumn: CsrMatrix;
  readonly #means: Float64Array;
  readonly #root: Float64Array;
  readonly #total: number;
  readonly #y: Float64Array;
  readonly #t: Float64Array;
  #shift = 0;

  constructor({ y, xOffset, rootWeight }: Centred, X: CsrMatrix) {
    const rows = X.rows;
    this.size = X.cols;
    this.#byColumn = X.transpose();
    this.#means = xOffset;
    this.#root = rootWeight ?? new Float64Array(rows).fill(1);
    this.#total = dotProduct(this.#root, 0, this.#root, 0, rows);
    this.#y = y;
    this.#t = y.slice();
    this.targetSquare = dotProduct(y, 0, y, 0, rows);
    const { indptr, indices, data } = this.#byColumn;
    this.squares = Float64Array.from({ length: X.cols }, (_, j) => {
      // Two passes, since the difference of Σx² and n·x̄² loses digits. What is not stored deviates by the mean.
      let square = 0;
      let stored = 0;
      for (let p = indptr[j]; p < indptr[j + 1]; p++) {
        const root = this.#root[indices[p]];
        square += (data[p] - root * xOffset[j]) ** 2;
        stored += root * root;
      }
      return xOffset[j] === 0 ? square : square + Math.max(0, this.#total - stored) * xOffset[j] ** 2;
    });
  }

  start(w: Float64Array): void {
    this.#t.set(this.#y);
    this.#shift = 0;
    for (let j = 0; j < this.size; j++) if (w[j] !== 0) this.move(j, w[j]);
  }

  slope(j: number): number {
    const { indptr, indices, data } = this.#byColumn;
    let sum = 0;
    for (let p = indptr[j]; p < indptr[j + 1]; p++) sum += data[p] * this.#t[indices[p]];
    return sum - this.#shift * this.#means[j] * this.#total;
  }

  move(j: number, change: number): void {
    const { indptr, indices, data } = this.#byColumn;
    for (let p = indptr[j]; p < indptr[j + 1]; p++) this.#t[indices[p]] -= change * data[p];
    this.#shift -= change * this.#means[j];
  }

  slopes(out: Float64Array): void {
    for (let j = 0; j < this.size; j++) out[j] = this.slope(j);
  }

  residualSquare(): number {
    let sum = 0;
    for (let i = 0; i < this.#t.length; i++) sum += (this.#t[i] - this.#shift * this.#root[i]) ** 2;
    return sum;
  }

  residualTimesTarget(): number {
    let sum = 0;
    for (let i = 0; i < this.#t.length; i++) sum += (this.#t[i] - this.#shift * this.#root[i]) * this.#y[i];
    return sum;
  }
}

class GramProblem implements CoordinateProblem {
  readonly size: number;
  readonly squares: Float64Array;
  readonly targetSquare: number;
  readonly #G: DenseMatrix;
  readonly #q: Float64Array;
  readonly #slopes: Float64Array;

  constructor(problem: Centred) {
    const cols = problem.X.cols;
    this.size = cols;
    this.#G = centredGram(problem);
    this.squares = Float64Array.from({ length: cols }, (_, j) => this.#G.data[j * cols + j]);
    this.targetSquare = dotProduct(problem.y, 0, problem.y, 0, problem.y.length);
    this.#q = new CentredProducts(problem).transposedTimes(problem.y, new Float64Array(cols));
    this.#slopes = this.#q.slice();
  }

  start(w: Float64Array): void {
    this.#slopes.set(this.#q);
    for (let j = 0; j < this.size; j++) if (w[j] !== 0) this.move(j, w[j]);
  }

  slope(j: number): number {
    return this.#slopes[j];
  }

  move(j: number, change: number): void {
    addScaled(-change, this.#G.data, j * this.size, this.#slopes, 0, this.size);
  }

  slopes(out: Float64Array): void {
    out.set(this.#slopes);
  }

  residualSquare(w: Float64Array): number {
    // ‖y‖² − 2w·q + w·Gw, where Gw = q − slopes.
    return this.targetSquare - dotProduct(w, 0, this.#q, 0, this.size) - dotProduct(w, 0, this.#slopes, 0, this.size);
  }

  residualTimesTarget(w: Float64Array): number {
    return this.targetSquare - dotProduct(w, 0, this.#q, 0, this.size);
  }
}
