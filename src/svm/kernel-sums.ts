import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { forKernelValues } from '../matrix/kernel-values.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { Kernel } from '../matrix/row-kernel.ts';

/** A single machine with a kernel. */
export interface KernelSum {
  /** Row numbers of the support vectors. */
  support: Int32Array;
  /** Those rows. */
  supportVectors: Matrix;
  /** 1 × support vectors. */
  dualCoef: DenseMatrix;
  /** One number. */
  intercept: Float64Array;
}

/** Σⱼ dualCoef[j]·K(support vector j, x) + intercept for each row x of X. */
export function kernelSums(X: Matrix, kernel: Kernel, { support, supportVectors: vectors, dualCoef, intercept }: KernelSum): Float64Array {
  const sums = new Float64Array(X.rows);
  forKernelValues(X, { kernel, vectors, rows: support }, (i, values) => {
    let sum = intercept[0];
    for (let j = 0; j < values.length; j++) sum += dualCoef.data[j] * values[j];
    sums[i] = sum;
  });
  return sums;
}
