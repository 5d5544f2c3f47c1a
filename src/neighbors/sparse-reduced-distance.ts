import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { DistanceMetric } from './metric.ts';

/** The reduced distance of row i of A and row j of B, by walking both at once; not for 'cosine'. */
export function sparseReducedDistance({ name, p }: DistanceMetric, A: CsrMatrix, i: number, B: CsrMatrix, j: number): number {
  let a = A.indptr[i];
  let b = B.indptr[j];
  const aEnd = A.indptr[i + 1];
  const bEnd = B.indptr[j + 1];
  let sum = 0;
  while (a < aEnd || b < bEnd) {
    const aColumn = a < aEnd ? A.indices[a] : A.cols;
    const bColumn = b < bEnd ? B.indices[b] : A.cols;
    let gap = 0;
    if (aColumn <= bColumn) gap += A.data[a++];
    if (bColumn <= aColumn) gap -= B.data[b++];
    gap = Math.abs(gap);
    if (name === 'euclidean') sum += gap * gap;
    else if (name === 'manhattan') sum += gap;
    else if (name === 'chebyshev') sum = gap > sum ? gap : sum;
    else sum += gap ** p;
  }
  return sum;
}
