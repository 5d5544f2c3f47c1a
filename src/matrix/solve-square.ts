import type { DenseMatrix } from './dense-matrix.ts';

/** Share of its column's largest value that a pivot has to be, for a matrix that is regular for certain. */
const CERTAIN = 1e-8;

/**
 * The x of A·x = b for a small square A, by Gauss's elimination with the largest pivots; undefined where A may be singular. A and b are used up.
 * Counterpart: numpy.linalg.solve.
 */
export function solveSquare({ rows: n, data }: DenseMatrix, b: Float64Array): Float64Array | undefined {
  const sizes = new Float64Array(n);
  for (let p = 0; p < n * n; p++) sizes[p % n] = Math.max(sizes[p % n], Math.abs(data[p]));
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(data[i * n + k]) > Math.abs(data[best * n + k])) best = i;
    const pivot = data[best * n + k];
    if (!(Math.abs(pivot) > CERTAIN * sizes[k])) return undefined;
    if (best !== k) swapRows(data, b, n, best, k);
    for (let i = k + 1; i < n; i++) {
      const factor = data[i * n + k] / pivot;
      if (factor === 0) continue;
      for (let j = k + 1; j < n; j++) data[i * n + j] -= factor * data[k * n + j];
      b[i] -= factor * b[k];
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let j = k + 1; j < n; j++) b[k] -= data[k * n + j] * b[j];
    b[k] /= data[k * n + k];
  }
  return b;
}

function swapRows(data: Float64Array, b: Float64Array, n: number, i: number, k: number): void {
  for (let j = 0; j < n; j++) {
    const value = data[i * n + j];
    data[i * n + j] = data[k * n + j];
    data[k * n + j] = value;
  }
  const value = b[i];
  b[i] = b[k];
  b[k] = value;
}
