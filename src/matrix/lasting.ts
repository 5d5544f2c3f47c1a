import { kernelsFor } from '../kernels/kernel-memory.ts';
import { CsrMatrix } from './csr-matrix.ts';
import { DenseMatrix } from './dense-matrix.ts';
import type { Matrix } from './matrix.ts';

/**
 * A matrix that is lent (core/at-once.ts), to be kept: arrays in the kernels' memory, which is used again once the work there
 * ends, are copied.
 * @param pattern has the same columns and offsets, in arrays that the result may share
 */
export function lasting(X: Matrix, pattern: Matrix = X): Matrix {
  if (X.kind === 'dense') return kernelsFor(X.data) ? new DenseMatrix(X.rows, X.cols, X.data.slice()) : X;
  const { rows, cols, indptr, indices, data } = X;
  if (!kernelsFor(indptr) && !kernelsFor(indices) && !kernelsFor(data)) return X;
  const { indptr: offsets, indices: columns } = pattern.kind === 'csr' ? pattern : X;
  return new CsrMatrix(rows, cols, owned(offsets), owned(columns), owned(data));
}

function owned<Values extends Int32Array | Float64Array>(values: Values): Values {
  return (kernelsFor(values) ? values.slice() : values) as Values;
}
