import { checkLength } from './check-length.ts';
import type { Arena } from './arena.ts';
import { kernelsFor } from './kernel-memory.ts';
import type { CsrArrays } from './matrix-arrays.ts';
import type { NearestRows, NearestRowsTask } from './nearest-arrays.ts';
import { kernelsForMatrix } from './products.ts';
import type { ThreadTeam } from './thread-team.ts';
import * as twins from './twins/nearest.ts';

/*
 * Parts of the search for nearest rows. In WebAssembly where all arrays come from one arena (views of them too, such
 * as `subarray`), in plain TypeScript otherwise, with the same bits.
 */

/**
 * values[j] = square + squares[j] − 2·(values[j] + slack·norms[j]): products of one row with others become squared
 * distances, or lower bounds of them where the products may be too small by up to slack·norms[j].
 */
export function productsToBounds(values: Float64Array, squares: Float64Array, square: number, norms: Float64Array, slack: number): void {
  checkLength('productsToBounds', 'squares', squares, values.length);
  checkLength('productsToBounds', 'norms', norms, values.length);
  const kernels = kernelsFor(values, squares, norms);
  if (!kernels) return twins.productsToBounds(values, squares, square, norms, slack);
  kernels.productsToBounds(values.byteOffset, squares.byteOffset, square, norms.byteOffset, slack, values.length);
}

/** Lists every j with values[j] ≤ limit, ascending; `list` is as long as `values`. @returns how many */
export function listWithin(values: Float64Array, limit: number, list: Int32Array): number {
  checkLength('listWithin', 'list', list, values.length);
  const kernels = kernelsFor(values, list);
  return kernels ? kernels.listWithin(values.byteOffset, values.length, limit, list.byteOffset) : twins.listWithin(values, limit, list);
}

/**
 * Lists the smallest values, as many as `smallest` has room for, ascending, the lower index first among equals, and
 * their indices; infinite ones are left out. @returns how many
 */
export function listSmallest(values: Float64Array, smallest: Float64Array, indices: Int32Array): number {
  checkLength('listSmallest', 'indices', indices, smallest.length);
  const kernels = smallest.length > 0 ? kernelsFor(values, smallest, indices) : undefined;
  if (!kernels) return twins.listSmallest(values, smallest, indices);
  return kernels.listSmallest(values.byteOffset, values.length, smallest.length, smallest.byteOffset, indices.byteOffset);
}

/** out[e] = row rows[e] of X · w. w has X.cols elements. */
export function listedRowsTimesVector(rows: Int32Array, X: CsrArrays, w: Float64Array, out: Float64Array): void {
  checkLength('listedRowsTimesVector', 'w', w, X.cols);
  checkLength('listedRowsTimesVector', 'out', out, rows.length);
  const kernels = kernelsForMatrix(X) && kernelsFor(rows, w, out);
  if (!kernels) return twins.listedRowsTimesVector(rows, X, w, out);
  kernels.listedRowsTimesVector(
    rows.length,
    rows.byteOffset,
    X.indptr.byteOffset,
    X.indices.byteOffset,
    X.data.byteOffset,
    w.byteOffset,
    out.byteOffset,
  );
}

/** Queries that a team shares out in so many parts. */
const PARTS = 24;

/**
 * For each query the k + 1 rows with the smallest reduced distances ‖q‖² + ‖r‖² − 2·q·r, or the k ones where the next is
 * certain to be further by more than rounding; a team shares out the queries.
 *
 * @param others leaves out the row with the query's own number
 */
export function nearestRows(arena: Arena, k: number, others: boolean, task: NearestRowsTask, team?: ThreadTeam): NearestRows {
  const { queries, rareQueries, rows, byColumn, squares, commonNorms, facts } = task;
  const n = rows.rows;
  checkLength('nearestRows', 'facts', facts, 3 * queries.rows);
  checkLength('nearestRows', 'squares', squares, n);
  checkLength('nearestRows', 'commonNorms', commonNorms, n);
  const found = { distances: arena.float64(queries.rows * (k + 1)), rows: arena.int32(queries.rows * (k + 1)), counts: arena.int32(queries.rows) };
  const kernels = [queries, rareQueries, rows, byColumn].every(kernelsForMatrix) && kernelsFor(squares, commonNorms, facts);
  if (!kernels) {
    twins.nearestRows(k, others, task, found);
    return found;
  }
  const addresses = arena.int32(18);
  addresses.set([rareQueries, queries, byColumn, rows].flatMap(({ indptr, indices, data }) => [indptr.byteOffset, indices.byteOffset, data.byteOffset]));
  addresses.set([squares, commonNorms, facts, found.distances, found.rows, found.counts].map((array) => array.byteOffset), 12);
  const each = 3 * n + 2 * k + queries.cols;
  const room = arena.float64(each * (team?.threads ?? 1));
  if (team) team.run('nearestRows', PARTS, [queries.rows, n, k, others ? 1 : 0, addresses.byteOffset, room.byteOffset, 8 * each]);
  else kernels.nearestRows(0, queries.rows, n, k, others ? 1 : 0, addresses.byteOffset, room.byteOffset);
  return found;
}
