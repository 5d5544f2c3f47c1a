import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';

/** The supporting rows of X; a matrix without rows where X is a kernel, not rows. */
export function supportVectors(X: Matrix, support: Int32Array, isKernel: boolean): Matrix {
  return isKernel ? new DenseMatrix(0, 0) : X.take(support);
}

/** What a kernel machine with one function keeps of the rows it was fitted on. */
export interface Support {
  support: Int32Array;
  dualCoef: DenseMatrix;
  vectors: Matrix;
  /** w of a linear machine, 1 × columns; null for others. */
  coef: DenseMatrix | null;
}

/** Of rows with these coefficients: those that are not 0. */
export function supportOf(X: Matrix, rows: Int32Array, coefficients: Float64Array, kernel: string): Support {
  const support = rows.filter((_, i) => coefficients[i] !== 0);
  const dualCoef = new DenseMatrix(1, support.length, coefficients.filter((value) => value !== 0));
  const vectors = supportVectors(X, support, kernel === 'precomputed');
  if (kernel !== 'linear') return { support, dualCoef, vectors, coef: null };
  const coef = new DenseMatrix(1, X.cols);
  addSupport(vectors, dualCoef.data, 0, support.length, coef.data);
  return { support, dualCoef, vectors, coef };
}

/** Σ coef[j]·support vector j over j in [from, to), added to `sums`. */
function addSupport(vectors: Matrix, coef: Float64Array, from: number, to: number, sums: Float64Array): void {
  for (let j = from; j < to; j++) {
    if (coef[j] === 0) continue;
    if (vectors instanceof CsrMatrix) {
      for (let p = vectors.indptr[j]; p < vectors.indptr[j + 1]; p++) sums[vectors.indices[p]] += coef[j] * vectors.data[p];
    } else for (let c = 0; c < vectors.cols; c++) sums[c] += coef[j] * vectors.data[j * vectors.cols + c];
  }
}

/** w of each pair's linear machine, pairs × columns. */
export function pairCoefficients(vectors: Matrix, nSupport: Int32Array, dualCoef: DenseMatrix): DenseMatrix {
  const k = nSupport.length;
  const coef = new DenseMatrix((k * (k - 1)) / 2, vectors.cols);
  let pair = 0;
  let startI = 0;
  for (let i = 0; i < k; i++) {
    let startJ = startI + nSupport[i];
    for (let j = i + 1; j < k; j++, pair++) {
      addSupport(vectors, dualCoef.row(j - 1), startI, startI + nSupport[i], coef.row(pair));
      addSupport(vectors, dualCoef.row(i), startJ, startJ + nSupport[j], coef.row(pair));
      startJ += nSupport[j];
    }
    startI += nSupport[i];
  }
  return coef;
}
