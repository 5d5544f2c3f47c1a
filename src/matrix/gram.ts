import { DenseMatrix } from './dense-matrix.ts';
import type { Matrix } from './matrix.ts';

/**
 * XᵀX, columns × columns, symmetric.
 *
 * A dense X is transposed first, so that each element is a product of two stretches of memory, and four of
 * them are worked out at once. A sparse X adds the outer product of each row's entries.
 * Counterpart: X.T @ X in numpy and scipy.
 */
export function gram(X: Matrix): DenseMatrix {
  const { cols } = X;
  const G = new DenseMatrix(cols, cols);
  if (X.kind === 'csr') {
    const { indptr, indices, data } = X;
    for (let i = 0; i < X.rows; i++) {
      const end = indptr[i + 1];
      for (let p = indptr[i]; p < end; p++) {
        const value = data[p];
        const row = indices[p] * cols;
        for (let q = indptr[i]; q <= p; q++) G.data[row + indices[q]] += value * data[q];
      }
    }
  } else {
    fillDense(transposed(X), X.rows, G);
  }
  for (let i = 0; i < cols; i++) for (let j = 0; j < i; j++) G.data[j * cols + i] = G.data[i * cols + j];
  return G;
}

/** XXᵀ, rows × rows, symmetric. */
export function gramOfRows(X: Matrix): DenseMatrix {
  if (X.kind === 'csr') return gram(X.transpose());
  const G = new DenseMatrix(X.rows, X.rows);
  fillDense(X.data, X.cols, G);
  for (let i = 0; i < X.rows; i++) for (let j = 0; j < i; j++) G.data[j * X.rows + i] = G.data[i * X.rows + j];
  return G;
}

/** X column after column. */
export function transposed(X: DenseMatrix): Float64Array {
  const { rows, cols, data } = X;
  const columns = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) columns[j * rows + i] = data[i * cols + j];
  return columns;
}

/** Products of all pairs of vectors of `length`, lying one after the other, into the lower triangle of G. */
function fillDense(vectors: Float64Array, length: number, G: DenseMatrix): void {
  const n = G.rows;
  for (let i = 0; i < n; i++) {
    const at = i * length;
    let j = 0;
    for (; j + 3 <= i; j += 4) {
      const a = j * length;
      const b = a + length;
      const c = b + length;
      const d = c + length;
      let sa = 0;
      let sb = 0;
      let sc = 0;
      let sd = 0;
      for (let k = 0; k < length; k++) {
        const value = vectors[at + k];
        sa += value * vectors[a + k];
        sb += value * vectors[b + k];
        sc += value * vectors[c + k];
        sd += value * vectors[d + k];
      }
      G.data[i * n + j] = sa;
      G.data[i * n + j + 1] = sb;
      G.data[i * n + j + 2] = sc;
      G.data[i * n + j + 3] = sd;
    }
    for (; j <= i; j++) {
      const a = j * length;
      let sum = 0;
      for (let k = 0; k < length; k++) sum += vectors[at + k] * vectors[a + k];
      G.data[i * n + j] = sum;
    }
  }
}
