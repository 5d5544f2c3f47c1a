import { withArena } from '../kernels/arena.ts';
import { manhattanDistances } from '../kernels/kernel-row.ts';
import { CsrMatrix } from './csr-matrix.ts';
import { DenseMatrix } from './dense-matrix.ts';
import { forKernelValues } from './kernel-values.ts';
import type { Matrix } from './matrix.ts';
import { multiplyTransposed, selfProduct } from './multiply.ts';
import { normalizeRows } from './normalize-rows.ts';
import { productsToKernel, type Kernel } from './row-kernel.ts';
import { squaredNorms } from './squared-norms.ts';

/** Similarities of two rows, 'poly' being another name of 'polynomial'. */
export type PairwiseKernelName = 'linear' | 'polynomial' | 'poly' | 'rbf' | 'laplacian' | 'sigmoid' | 'cosine';

/** A kernel with its parameters as numbers. */
export interface PairwiseKernel {
  readonly kernel: PairwiseKernelName;
  readonly gamma: number;
  readonly degree: number;
  readonly coef0: number;
}

/**
 * K(a, b) for all rows a of A and b of B, A.rows × B.rows: those of row-kernel.ts, laplacian exp(−γ·Σ|aⱼ − bⱼ|), and cosine
 * a·b / (‖a‖·‖b‖), 0 for a row of zeros. Give the same matrix twice for half the work.
 *
 * @param B of A's columns; A is turned into its kind, dense or sparse
 * Counterpart: sklearn.metrics.pairwise.pairwise_kernels.
 */
export function kernelMatrix(A: Matrix, B: Matrix, given: PairwiseKernel): DenseMatrix {
  if (A.kind !== B.kind) return kernelMatrix(B.kind === 'dense' ? A.toDense() : CsrMatrix.fromDense(A as DenseMatrix), B, given);
  if (given.kernel === 'laplacian') return laplacians(A, B, given.gamma);
  if (given.kernel === 'cosine') {
    const left = normalizeRows(A, 'l2');
    return kernelMatrix(left, A === B ? left : normalizeRows(B, 'l2'), { ...given, kernel: 'linear' });
  }
  const kernel: Kernel = { ...given, kernel: given.kernel === 'polynomial' ? 'poly' : given.kernel };
  return B.kind === 'dense' ? ofDense(A as DenseMatrix, B, kernel) : ofSparse(A, B, kernel);
}

function ofDense(A: DenseMatrix, B: DenseMatrix, kernel: Kernel): DenseMatrix {
  const isSame = A === B;
  const K = isSame ? selfProduct(A.transpose()) : multiplyTransposed(A, B);
  if (kernel.kernel === 'linear') return K;
  // Of one matrix the squares are on the diagonal, so that each row is exactly 0 apart from itself.
  const squares = isSame ? Float64Array.from({ length: K.rows }, (_, i) => K.data[i * K.cols + i]) : squaredNorms(B);
  const own = isSame ? squares : squaredNorms(A);
  withArena((arena) => {
    const held = arena.copyFloat64(squares);
    const values = arena.unsetFloat64(K.cols);
    for (let i = 0; i < K.rows; i++) {
      values.set(K.row(i));
      productsToKernel(kernel, values, own[i], held);
      K.row(i).set(values);
    }
  });
  return K;
}

function ofSparse(A: Matrix, B: Matrix, kernel: Kernel): DenseMatrix {
  const K = new DenseMatrix(A.rows, B.rows);
  forKernelValues(A, { kernel, vectors: B, rows: Int32Array.of() }, (i, values) => K.row(i).set(values));
  return K;
}

function laplacians(A: Matrix, B: Matrix, gamma: number): DenseMatrix {
  const K = new DenseMatrix(A.rows, B.rows);
  withArena((arena) => {
    const held = B.kind === 'dense' ? arena.copyFloat64(B.data) : B.data;
    const own = arena.unsetFloat64(A.cols);
    const values = arena.unsetFloat64(B.rows);
    for (let i = 0; i < K.rows; i++) {
      const row = K.row(i);
      const known = A === B ? i : 0;
      const rest = values.subarray(known);
      if (A.kind === 'dense') {
        own.set(A.row(i));
        manhattanDistances(held.subarray(known * B.cols), own, rest);
      } else for (let j = known; j < row.length; j++) rest[j - known] = sparseDistance(A, i, B as CsrMatrix, j);
      for (let j = 0; j < known; j++) row[j] = K.data[j * K.cols + i];
      for (let j = known; j < row.length; j++) row[j] = Math.exp(-gamma * rest[j - known]);
    }
  });
  return K;
}

/** Σ|aₖ − bₖ| of row i of A and row j of B. */
function sparseDistance(A: CsrMatrix, i: number, B: CsrMatrix, j: number): number {
  let sum = 0;
  let p = A.indptr[i];
  let q = B.indptr[j];
  const pEnd = A.indptr[i + 1];
  const qEnd = B.indptr[j + 1];
  while (p < pEnd && q < qEnd) {
    const ahead = A.indices[p] - B.indices[q];
    if (ahead === 0) sum += Math.abs(A.data[p++] - B.data[q++]);
    else sum += ahead < 0 ? Math.abs(A.data[p++]) : Math.abs(B.data[q++]);
  }
  while (p < pEnd) sum += Math.abs(A.data[p++]);
  while (q < qEnd) sum += Math.abs(B.data[q++]);
  return sum;
}
