import type { Matrix } from '../matrix/matrix.ts';

/** Sums of each column over the rows of each class. */
export interface PerClassSums {
  /** classes × columns, row-major. */
  sums: Float64Array;
  /** Rows of each class. */
  counts: Float64Array;
}

export function perClassSums(X: Matrix, codes: Int32Array, classes: number): PerClassSums {
  const { rows, cols } = X;
  const sums = new Float64Array(classes * cols);
  const counts = new Float64Array(classes);
  for (let i = 0; i < rows; i++) {
    const at = codes[i] * cols;
    counts[codes[i]]++;
    if (X.kind === 'csr') for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) sums[at + X.indices[p]] += X.data[p];
    else addRow(X.data, i * cols, sums, at, cols);
  }
  return { sums, counts };
}

/** Σx² of each column. */
export function columnSquares(X: Matrix): Float64Array {
  const squares = new Float64Array(X.cols);
  if (X.kind === 'csr') for (let p = 0; p < X.nnz; p++) squares[X.indices[p]] += X.data[p] ** 2;
  else for (let start = 0; start < X.data.length; start += X.cols) addSquares(X.data, start, squares);
  return squares;
}

function addRow(data: Float64Array, start: number, sums: Float64Array, at: number, cols: number): void {
  for (let j = 0; j < cols; j++) sums[at + j] += data[start + j];
}

function addSquares(data: Float64Array, start: number, squares: Float64Array): void {
  for (let j = 0; j < squares.length; j++) squares[j] += data[start + j] * data[start + j];
}
