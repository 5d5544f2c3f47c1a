import { ShapeError } from '../core/errors.ts';
import { DenseMatrix } from './dense-matrix.ts';

/**
 * A sparse matrix in compressed sparse row form. Row i's entries are at positions
 * `indptr[i] … indptr[i + 1] - 1` of `indices` (column, ascending within a row) and `data` (value).
 * What is not stored is zero.
 *
 * Counterpart: scipy.sparse.csr_matrix with sorted indices and no duplicates.
 */
export class CsrMatrix {
  readonly kind = 'csr';
  readonly rows: number;
  readonly cols: number;
  /** rows + 1 offsets, from 0 to the number of entries. */
  readonly indptr: Int32Array;
  /** One column per entry. */
  readonly indices: Int32Array;
  /** One value per entry. */
  readonly data: Float64Array;

  /** @throws ShapeError when the three arrays do not describe a rows × cols matrix. */
  constructor(rows: number, cols: number, indptr: Int32Array, indices: Int32Array, data: Float64Array) {
    if (indptr.length !== rows + 1 || indptr[0] !== 0) {
      throw new ShapeError(`CsrMatrix: ${rows} rows need ${rows + 1} offsets from 0, got ${indptr.length}.`);
    }
    if (indices.length !== data.length || indptr[rows] !== data.length) {
      throw new ShapeError(
        `CsrMatrix: columns and values must match the last offset ${indptr[rows]}, got ${indices.length} and ${data.length}.`,
      );
    }
    this.rows = rows;
    this.cols = cols;
    this.indptr = indptr;
    this.indices = indices;
    this.data = data;
  }

  /** Number of stored entries. */
  get nnz(): number {
    return this.data.length;
  }

  /** Keeps the entries that are not zero. NaN is kept. */
  static fromDense(X: DenseMatrix): CsrMatrix {
    let count = 0;
    for (let p = 0; p < X.data.length; p++) if (X.data[p] !== 0) count++;
    const indptr = new Int32Array(X.rows + 1);
    const indices = new Int32Array(count);
    const data = new Float64Array(count);
    let at = 0;
    for (let i = 0; i < X.rows; i++) {
      for (let j = 0; j < X.cols; j++) {
        const value = X.data[i * X.cols + j];
        if (value === 0) continue;
        indices[at] = j;
        data[at++] = value;
      }
      indptr[i + 1] = at;
    }
    return new CsrMatrix(X.rows, X.cols, indptr, indices, data);
  }

  /** Copies rows of numbers, keeping what is not zero. */
  static from(rows: ArrayLike<ArrayLike<number>>): CsrMatrix {
    return CsrMatrix.fromDense(DenseMatrix.from(rows));
  }

  /** @throws ShapeError outside the matrix. */
  at(i: number, j: number): number {
    if (!(i >= 0 && i < this.rows && j >= 0 && j < this.cols)) {
      throw new ShapeError(`CsrMatrix: (${i}, ${j}) lies outside ${this.rows} × ${this.cols}.`);
    }
    let low = this.indptr[i];
    let high = this.indptr[i + 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.indices[middle] < j) low = middle + 1;
      else high = middle;
    }
    return low < this.indptr[i + 1] && this.indices[low] === j ? this.data[low] : 0;
  }

  /** The given rows, in the given order, copied. */
  take(rows: ArrayLike<number>): CsrMatrix {
    const indptr = new Int32Array(rows.length + 1);
    for (let i = 0; i < rows.length; i++) {
      indptr[i + 1] = indptr[i] + this.indptr[rows[i] + 1] - this.indptr[rows[i]];
    }
    const indices = new Int32Array(indptr[rows.length]);
    const data = new Float64Array(indptr[rows.length]);
    for (let i = 0; i < rows.length; i++) {
      const start = this.indptr[rows[i]];
      const end = this.indptr[rows[i] + 1];
      indices.set(this.indices.subarray(start, end), indptr[i]);
      data.set(this.data.subarray(start, end), indptr[i]);
    }
    return new CsrMatrix(rows.length, this.cols, indptr, indices, data);
  }

  /** The given columns, in the given order and without repeats, copied. */
  takeCols(cols: ArrayLike<number>): CsrMatrix {
    const target = new Int32Array(this.cols).fill(-1);
    let ascending = true;
    for (let j = 0; j < cols.length; j++) {
      if (j > 0 && cols[j] <= cols[j - 1]) ascending = false;
      target[cols[j]] = j;
    }
    const indptr = new Int32Array(this.rows + 1);
    let count = 0;
    for (let p = 0; p < this.nnz; p++) if (target[this.indices[p]] >= 0) count++;
    const indices = new Int32Array(count);
    const data = new Float64Array(count);
    let at = 0;
    for (let i = 0; i < this.rows; i++) {
      for (let p = this.indptr[i]; p < this.indptr[i + 1]; p++) {
        const j = target[this.indices[p]];
        if (j < 0) continue;
        indices[at] = j;
        data[at++] = this.data[p];
      }
      indptr[i + 1] = at;
    }
    const taken = new CsrMatrix(this.rows, cols.length, indptr, indices, data);
    return ascending ? taken : taken.transpose().transpose();
  }

  /** The same pattern with other values; the pattern is shared, not copied. */
  withData(data: Float64Array): CsrMatrix {
    return new CsrMatrix(this.rows, this.cols, this.indptr, this.indices, data);
  }

  copy(): CsrMatrix {
    return new CsrMatrix(this.rows, this.cols, this.indptr.slice(), this.indices.slice(), this.data.slice());
  }

  /** The transpose, by counting sort over columns; its columns are ascending within each row. */
  transpose(): CsrMatrix {
    const indptr = new Int32Array(this.cols + 1);
    for (let p = 0; p < this.nnz; p++) indptr[this.indices[p] + 1]++;
    for (let j = 0; j < this.cols; j++) indptr[j + 1] += indptr[j];
    const next = indptr.slice(0, this.cols);
    const indices = new Int32Array(this.nnz);
    const data = new Float64Array(this.nnz);
    for (let i = 0; i < this.rows; i++) {
      for (let p = this.indptr[i]; p < this.indptr[i + 1]; p++) {
        const at = next[this.indices[p]]++;
        indices[at] = i;
        data[at] = this.data[p];
      }
    }
    return new CsrMatrix(this.cols, this.rows, indptr, indices, data);
  }

  /** Every entry stored, zeros too. */
  toDense(): DenseMatrix {
    const dense = new DenseMatrix(this.rows, this.cols);
    for (let i = 0; i < this.rows; i++) {
      for (let p = this.indptr[i]; p < this.indptr[i + 1]; p++) dense.data[i * this.cols + this.indices[p]] = this.data[p];
    }
    return dense;
  }

  toArray(): number[][] {
    return this.toDense().toArray();
  }
}
