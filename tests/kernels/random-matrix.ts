import type { CsrArrays, DenseArrays, MatrixArrays } from '../../src/kernels/matrix-arrays.ts';
import { numbers } from './both.ts';

/** Rows of very different length, some of them empty. */
export function randomCsr(rows: number, cols: number, seed: number): CsrArrays {
  const chances = numbers(rows * cols, seed);
  const densities = numbers(rows, seed + 1);
  const values = numbers(rows * cols, seed + 2);
  const indptr = [0];
  const indices: number[] = [];
  const data: number[] = [];
  for (let i = 0; i < rows; i++) {
    const density = Math.abs(densities[i]) % 1;
    for (let j = 0; j < cols; j++) {
      if (Math.abs(chances[i * cols + j] * 7919) % 1 >= density) continue;
      indices.push(j);
      data.push(values[i * cols + j]);
    }
    indptr.push(indices.length);
  }
  return { kind: 'csr', rows, cols, indptr: Int32Array.from(indptr), indices: Int32Array.from(indices), data: Float64Array.from(data) };
}

export function randomDense(rows: number, cols: number, seed: number): DenseArrays {
  return { kind: 'dense', rows, cols, data: numbers(rows * cols, seed) };
}

/** Row-major values. */
export function denseValues(X: MatrixArrays): Float64Array {
  if (X.kind === 'dense') return X.data;
  const values = new Float64Array(X.rows * X.cols);
  for (let i = 0; i < X.rows; i++) for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) values[i * X.cols + X.indices[p]] = X.data[p];
  return values;
}
