import type { Arena } from './arena.ts';
import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import type { CsrArrays, MatrixArrays } from './matrix-arrays.ts';
import { kernelsForMatrix } from './products.ts';
import type { ThreadTeam } from './thread-team.ts';
import * as twins from './twins/column-moments.ts';


/** Entries to look at for where to cut. */
const SAMPLE = 1024;

/**
 * Mean Σwx / Σw, variance Σw(x − mean)² / Σw and weight Σw of each column, over the rows where it is not NaN;
 * what a sparse matrix does not store counts as 0.
 *
 * Two passes, with the correction of Chan, Golub and LeVeque: Σw(x − m)² − (Σw(x − m))² / Σw, where the second
 * term would be 0 without rounding. Sums run in the order of rows, as scikit-learn's do for sparse matrices.
 * In WebAssembly where X comes from this arena, in plain TypeScript otherwise, with the same bits.
 *
 * @param weights one per row, or undefined for 1 each
 * @param team shares the columns of a sparse matrix
 * Source: Chan, Golub, LeVeque, "Algorithms for computing the sample variance", The American Statistician 37(3), 1983.
 */
export function columnMoments(arena: Arena, X: MatrixArrays, weights?: Float64Array, team?: ThreadTeam): twins.MomentArrays {
  const { rows, cols } = X;
  if (weights) checkLength('columnMoments', 'weights', weights, rows);
  const moments = { mean: arena.float64(cols), variance: arena.float64(cols), weight: arena.float64(cols) };
  const { mean, variance, weight } = moments;
  const total = weights ? weights.reduce((sum, w) => sum + w, 0) : rows;
  const kernels = kernelsForMatrix(X) && kernelsFor(mean, variance, weight) && kernelsFor(weights ?? mean);
  const pointer = weights?.byteOffset ?? 0;
  const out = [mean.byteOffset, variance.byteOffset, weight.byteOffset] as const;
  if (X.kind === 'csr') {
    const records = arena.float64(4 * cols);
    const entries = arena.int32(weights ? cols : 0);
    if (!kernels || !kernelsFor(records, entries)) twins.csrMoments(X, weights, total, moments);
    else {
      const { indptr, indices, data } = X;
      const matrix = [rows, cols, indptr.byteOffset, indices.byteOffset, data.byteOffset, pointer] as const;
      const scratch = [records.byteOffset, entries.byteOffset] as const;
      // Each thread adds up columns of its own, in the order of rows.
      if (team) {
        // One each: with more of them, rows are read in pieces too short for the processor to read ahead.
        const blocks = team.threads;
        team.run('csrMoments', blocks, [...matrix, ...out, ...scratch, columnCuts(arena, X, blocks).byteOffset], [total]);
      }
      else kernels.csrMoments(0, cols, ...matrix, total, ...out, ...scratch);
    }
  } else {
    const correction = arena.float64(cols);
    if (!kernels || !kernelsFor(correction)) twins.denseMoments(X, weights, moments);
    else kernels.denseMoments(rows, cols, X.data.byteOffset, pointer, ...out, correction.byteOffset);
  }
  return moments;
}

/** Where to cut the columns so that blocks have about as many entries, by a sample of them: blocks + 1 columns from 0 on. */
function columnCuts(arena: Arena, { cols, indices }: CsrArrays, blocks: number): Int32Array {
  const stride = Math.max(1, Math.ceil(indices.length / SAMPLE));
  const sample = Int32Array.from({ length: Math.floor(indices.length / stride) }, (_, k) => indices[k * stride]).sort();
  const cuts = arena.int32(blocks + 1);
  for (let b = 1; b < blocks; b++) cuts[b] = sample[Math.floor((b * sample.length) / blocks)];
  cuts[blocks] = cols;
  return cuts;
}

/** sums[j] += Σ x[i, j], rows × cols and row-major, in the order of rows. */
export function addColumnSums(rows: number, cols: number, x: Float64Array, sums: Float64Array): void {
  checkLength('addColumnSums', 'x', x, rows * cols);
  checkLength('addColumnSums', 'sums', sums, cols);
  const kernels = kernelsFor(x, sums);
  if (kernels) kernels.addColumnSums(rows, cols, x.byteOffset, sums.byteOffset);
  else twins.addColumnSums(rows, cols, x, sums);
}

/** out = every value times its column's factor; out may be X.data itself. */
export function scaleColumns(X: MatrixArrays, factors: Float64Array, out: Float64Array): void {
  checkLength('scaleColumns', 'factors', factors, X.cols);
  checkLength('scaleColumns', 'out', out, X.data.length);
  const kernels = kernelsForMatrix(X) && kernelsFor(factors, out);
  if (!kernels) twins.scaleColumns(X, factors, out);
  else if (X.kind === 'csr') {
    kernels.csrScaleColumns(out.length, X.indices.byteOffset, X.data.byteOffset, factors.byteOffset, out.byteOffset);
  } else {
    kernels.denseScaleColumns(X.rows, X.cols, X.data.byteOffset, factors.byteOffset, out.byteOffset);
  }
}
