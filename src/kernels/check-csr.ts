import { DataError } from '../core/errors.ts';
import { kernelsFor } from './kernel-memory.ts';
import type { CsrArrays } from './matrix-arrays.ts';
import { isCsr } from './twins/is-csr.ts';

/** @throws DataError unless offsets ascend and columns lie in the matrix, since kernels follow them blindly. */
export function checkCsr({ rows, cols, indptr, indices, data }: CsrArrays): void {
  const entries = indices.length;
  const kernels = kernelsFor(indptr, indices);
  const isSound = kernels
    ? kernels.isCsr(rows, cols, entries, indptr.byteOffset, indices.byteOffset) !== 0
    : isCsr(rows, cols, entries, indptr, indices);
  if (!isSound || indptr.length !== rows + 1 || data.length !== entries) {
    throw new DataError(`Kernels: the ${rows} × ${cols} CsrMatrix must have ascending offsets and columns below ${cols}. Build it anew.`);
  }
}
