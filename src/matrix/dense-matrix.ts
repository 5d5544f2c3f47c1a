import { ShapeError } from '../core/errors.ts';
import { show } from '../core/show.ts';

const TILE = 16;

/**
 * A dense matrix of doubles, row-major: element (i, j) is `data[i * cols + j]`.
 *
 * Counterpart: a C-ordered two-dimensional numpy array.
 *
 * @example
 * const X = DenseMatrix.from([[1, 2], [3, 4]]);
 * X.at(1, 0); // 3
 */
export class DenseMatrix {
  readonly kind = 'dense';
  readonly rows: number;
  readonly cols: number;
  /** rows × cols doubles, row after row; may lie in shared memory. */
  readonly data: Float64Array;

  /** @throws ShapeError unless data holds rows × cols values. */
  constructor(rows: number, cols: number, data: Float64Array = new Float64Array(rows * cols)) {
    if (!Number.isInteger(rows) || !Number.isInteger(cols) || rows < 0 || cols < 0) {
      throw new ShapeError(`DenseMatrix: rows and cols must be whole numbers of at least 0, got ${rows} and ${cols}.`);
    }
    if (data.length !== rows * cols) {
      throw new ShapeError(`DenseMatrix: ${rows} × ${cols} needs ${rows * cols} values, got ${data.length}.`);
    }
    this.rows = rows;
    this.cols = cols;
    this.data = data;
  }

  /** Copies rows of numbers. @throws ShapeError naming the first row that is none, or of another length. */
  static from(rows: ArrayLike<ArrayLike<number>>): DenseMatrix {
    if (!isList(rows)) throw new ShapeError(`DenseMatrix: it is made from rows of numbers, got ${show(rows)}. A matrix has toDense() and copy().`);
    if (rows.length > 0 && !isList(rows[0])) throw new ShapeError(`DenseMatrix: it is made from rows of numbers, row 0 is ${show(rows[0])}. For a single column use DenseMatrix.column.`);
    const cols = rows.length > 0 ? rows[0].length : 0;
    const data = new Float64Array(rows.length * cols);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      if (row.length !== cols) {
        throw new ShapeError(`DenseMatrix: every row must have ${cols} values as row 0 has, row ${i} has ${row.length}.`);
      }
      for (let j = 0; j < cols; j++) data[i * cols + j] = row[j];
    }
    return new DenseMatrix(rows.length, cols, data);
  }

  /** A matrix of one column. */
  static column(values: ArrayLike<number>): DenseMatrix {
    return new DenseMatrix(values.length, 1, Float64Array.from(values));
  }

  /** @throws ShapeError outside the matrix. */
  at(i: number, j: number): number {
    if (!(i >= 0 && i < this.rows && j >= 0 && j < this.cols)) {
      throw new ShapeError(`DenseMatrix: (${i}, ${j}) lies outside ${this.rows} × ${this.cols}.`);
    }
    return this.data[i * this.cols + j];
  }

  /** Row i as a view, not a copy. */
  row(i: number): Float64Array {
    return this.data.subarray(i * this.cols, (i + 1) * this.cols);
  }

  /** Column j, copied. */
  col(j: number): Float64Array {
    const values = new Float64Array(this.rows);
    for (let i = 0; i < this.rows; i++) values[i] = this.data[i * this.cols + j];
    return values;
  }

  /** The given rows, in the given order, copied. */
  take(rows: ArrayLike<number>): DenseMatrix {
    const taken = new Float64Array(rows.length * this.cols);
    for (let i = 0; i < rows.length; i++) taken.set(this.row(rows[i]), i * this.cols);
    return new DenseMatrix(rows.length, this.cols, taken);
  }

  /** The given columns, in the given order, copied. */
  takeCols(cols: ArrayLike<number>): DenseMatrix {
    const { rows, data } = this;
    const chosen = Int32Array.from(cols);
    const taken = new Float64Array(rows * chosen.length);
    for (let i = 0, p = 0, start = 0; i < rows; i++, start += this.cols) {
      for (let j = 0; j < chosen.length; j++) taken[p++] = data[start + chosen[j]];
    }
    return new DenseMatrix(rows, chosen.length, taken);
  }

  copy(): DenseMatrix {
    return new DenseMatrix(this.rows, this.cols, this.data.slice());
  }

  transpose(): DenseMatrix {
    const { rows, cols, data } = this;
    const turned = new Float64Array(data.length);
    // In tiles, so that what is written stays in the cache until its lines are full.
    for (let top = 0; top < rows; top += TILE) {
      const bottom = Math.min(rows, top + TILE);
      for (let left = 0; left < cols; left += TILE) {
        const right = Math.min(cols, left + TILE);
        for (let i = top; i < bottom; i++) for (let j = left; j < right; j++) turned[j * rows + i] = data[i * cols + j];
      }
    }
    return new DenseMatrix(cols, rows, turned);
  }

  toDense(): DenseMatrix {
    return this;
  }

  toArray(): number[][] {
    return Array.from({ length: this.rows }, (_, i) => Array.from(this.row(i)));
  }
}

/** Whether it has elements by number; a text has, but they are no numbers. */
function isList(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof (value as { length?: unknown }).length === 'number';
}
