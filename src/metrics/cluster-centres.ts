import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { ClusteredRows } from './clustered-rows.ts';

/** Mean of the rows of each cluster, clusters × columns. */
export function clusterCentres({ X, codes, sizes }: ClusteredRows): DenseMatrix {
  const centres = new DenseMatrix(sizes.length, X.cols);
  for (let i = 0; i < X.rows; i++) {
    const centre = centres.row(codes[i]);
    const [from, to] = X.kind === 'csr' ? [X.indptr[i], X.indptr[i + 1]] : [i * X.cols, (i + 1) * X.cols];
    for (let p = from; p < to; p++) centre[X.kind === 'csr' ? X.indices[p] : p - from] += X.data[p];
  }
  for (let k = 0; k < sizes.length; k++) {
    const centre = centres.row(k);
    for (let j = 0; j < centre.length; j++) centre[j] /= sizes[k];
  }
  return centres;
}
