import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { addScaled } from '../matrix/vector.ts';

/**
 * The columns of X by themselves, brought to like size: z = (x − shift)/scale with |z| ≤ 1, and beside an intercept a last column of
 * ones. What simplex-like methods ask for: sums of a few columns, and sums of a few rows.
 */
export interface ScaledColumns {
  readonly rows: number;
  /** With the column of ones, where there is one. */
  readonly cols: number;
  readonly shift: Float64Array;
  readonly scale: Float64Array;
  /** z of a row and a column. */
  at(row: number, column: number): number;
  /** out = Σ factors[k] · column columns[k]. */
  sumOfColumns(columns: readonly number[], factors: Float64Array, out: Float64Array): void;
  /** out += Σ factors[k] · row rows[k], one value a column. */
  addRows(rows: ArrayLike<number>, factors: ArrayLike<number>, out: Float64Array): void;
}

/** Dense columns are shifted too, where there is an intercept to make up for it; sparse ones stay sparse. */
export function scaledColumns(X: Matrix, fitIntercept: boolean): ScaledColumns {
  return X.kind === 'dense' ? denseColumns(X, fitIntercept) : sparseColumns(X, fitIntercept);
}

function denseColumns(X: DenseMatrix, fitIntercept: boolean): ScaledColumns {
  const { rows } = X;
  const cols = X.cols + Number(fitIntercept);
  const data = new Float64Array(rows * cols).fill(1);
  data.set(X.transpose().data);
  const shift = new Float64Array(X.cols);
  const scale = new Float64Array(X.cols).fill(1);
  for (let j = 0; j < X.cols; j++) {
    const column = data.subarray(j * rows, (j + 1) * rows);
    let low = Infinity;
    let high = -Infinity;
    for (const value of column) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    // From the middle: what is left of a constant column is exactly 0.
    if (fitIntercept) shift[j] = low + (high - low) / 2;
    scale[j] = Math.max(high - shift[j], shift[j] - low) || 1;
    for (let i = 0; i < rows; i++) column[i] = (column[i] - shift[j]) / scale[j];
  }
  const byRow = new DenseMatrix(cols, rows, data).transpose();
  return {
    rows,
    cols,
    shift,
    scale,
    at: (row, column) => data[column * rows + row],
    sumOfColumns(columns, factors, out) {
      out.fill(0);
      let k = 0;
      for (; k + 3 < columns.length; k += 4) addFour(data, rows, columns, factors, k, out);
      for (; k < columns.length; k++) addScaled(factors[k], data, columns[k] * rows, out, 0, rows);
    },
    addRows(chosen, factors, out) {
      for (let k = 0; k < chosen.length; k++) addScaled(factors[k], byRow.data, chosen[k] * cols, out, 0, cols);
    },
  };
}

/** out += Σ factors[k] · column columns[k] for the four columns from `first` on: out is read and written once for them. */
function addFour(data: Float64Array, rows: number, columns: readonly number[], factors: Float64Array, first: number, out: Float64Array): void {
  const [a, b, c, d] = [0, 1, 2, 3].map((k) => columns[first + k] * rows);
  const [f, g, h, e] = [0, 1, 2, 3].map((k) => factors[first + k]);
  for (let i = 0; i < rows; i++) out[i] += f * data[a + i] + g * data[b + i] + (h * data[c + i] + e * data[d + i]);
}

function sparseColumns(X: CsrMatrix, fitIntercept: boolean): ScaledColumns {
  const scale = new Float64Array(X.cols);
  for (let p = 0; p < X.nnz; p++) scale[X.indices[p]] = Math.max(scale[X.indices[p]], Math.abs(X.data[p]));
  for (let j = 0; j < X.cols; j++) scale[j] ||= 1;
  const byRow = X.withData(X.data.map((value, p) => value / scale[X.indices[p]]));
  const byColumn = byRow.transpose();
  return {
    rows: X.rows,
    cols: X.cols + Number(fitIntercept),
    shift: new Float64Array(X.cols),
    scale,
    at: (row, column) => (column === X.cols ? 1 : byRow.at(row, column)),
    sumOfColumns(columns, factors, out) {
      const ones = columns.indexOf(X.cols);
      out.fill(ones < 0 ? 0 : factors[ones]);
      columns.forEach((column, k) => column < X.cols && addRow(byColumn, column, factors[k], out));
    },
    addRows(chosen, factors, out) {
      for (let k = 0; k < chosen.length; k++) {
        addRow(byRow, chosen[k], factors[k], out);
        if (fitIntercept) out[X.cols] += factors[k];
      }
    },
  };
}

function addRow({ indptr, indices, data }: CsrMatrix, row: number, factor: number, out: Float64Array): void {
  for (let p = indptr[row]; p < indptr[row + 1]; p++) out[indices[p]] += factor * data[p];
}
