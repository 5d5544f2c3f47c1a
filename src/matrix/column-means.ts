import { withArena } from '../kernels/arena.ts';
import { addColumnSums } from '../kernels/column-moments.ts';
import type { Matrix } from './matrix.ts';

/** Mean of each column, sums in the order of rows; a sparse matrix's implicit zeros count. */
export function columnMeans(X: Matrix): Float64Array {
  const { rows, cols, data } = X;
  if (X.kind === 'csr') {
    const mean = new Float64Array(cols);
    for (let p = 0; p < data.length; p++) mean[X.indices[p]] += data[p];
    return mean.map((sum) => sum / rows);
  }
  return withArena((arena) => {
    const sums = arena.float64(cols);
    addColumnSums(rows, cols, data, sums);
    return Float64Array.from(sums, (sum) => sum / rows);
  });
}
