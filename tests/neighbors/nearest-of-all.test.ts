import { withArena } from '../../src/kernels/arena.ts';
import { nearestRows } from '../../src/kernels/nearest.ts';
import { withoutKernels } from '../../src/kernels/kernel-memory.ts';
import { ThreadTeam } from '../../src/kernels/thread-team.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { findNeighbors, fitSearch } from '../../src/neighbors/neighbor-search.ts';
import { rareColumns, takeColumns } from '../../src/neighbors/rare-columns.ts';
import { denseValues, randomCsr } from '../kernels/random-matrix.ts';

const rows = matrix(83, 3);
const queries = matrix(31, 4);
const options = { algorithm: 'brute', leafSize: 30, p: 2, metricParams: null } as const;

/** 40 columns, of which every row has the first two; a few rows are alike. */
function matrix(height: number, seed: number): CsrMatrix {
  const values = denseValues(randomCsr(height, 40, seed)).map((value) => Math.abs(Math.sin(value)));
  for (let i = 0; i < height; i++) {
    values[i * 40] = 1 + (i % 5) / 7;
    values[i * 40 + 1] = 0.3;
    if (i % 20 === 19) values.copyWithin(i * 40, (i - 3) * 40, (i - 2) * 40);
  }
  return CsrMatrix.fromDense(new DenseMatrix(height, 40, values));
}

describe.each(['euclidean', 'cosine'] as const)('%s', (metric) => {
  test.each([1, 4, 50, 82])('the %i nearest of all queries at once are those of one query after the other', (k) => {
    const fitted = fitSearch('KNN', rows, { ...options, metric }, k);
    for (const X of [queries, null]) {
      const [atOnce, oneByOne] = [findNeighbors('KNN', fitted, X, k), withoutKernels(() => findNeighbors('KNN', fitted, X, k))];
      expect([...atOnce.indices.data]).toEqual([...oneByOne.indices.data]);
      expect(atOnce.distances.data).toEqual(oneByOne.distances.data);
    }
  });
});

test('queries shared out among threads find the same, once the others are there and before', async () => {
  const k = 5;
  const rare = rareColumns(rows, 20);
  const squares = (X: CsrMatrix, isCounted: (column: number) => boolean): Float64Array =>
    Float64Array.from({ length: X.rows }, (_, i) => {
      let sum = 0;
      for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) if (isCounted(X.indices[p])) sum += X.data[p] ** 2;
      return sum;
    });
  const isCommon = (column: number): boolean => rare.isCommon[column] === 1;
  const facts = Float64Array.from({ length: 3 * queries.rows }, (_, at) => [squares(queries, () => true), squares(queries, isCommon).map(Math.sqrt), new Float64Array(queries.rows).fill(1e-14)][at % 3][Math.floor(at / 3)]);
  const work = (team: ThreadTeam | undefined) =>
    withArena((arena) => {
      const task = {
        queries: arena.copyCsr(queries),
        rareQueries: arena.copyCsr(takeColumns(queries, rare.place, rare.byColumn.rows)),
        rows: arena.copyCsr(rows),
        byColumn: arena.copyCsr(rare.byColumn),
        squares: arena.copyFloat64(squares(rows, () => true)),
        commonNorms: arena.copyFloat64(squares(rows, isCommon).map(Math.sqrt)),
        facts: arena.copyFloat64(facts),
      };
      const found = nearestRows(arena, k, false, task, team)!;
      return { distances: [...found.distances], rows: [...found.rows], counts: [...found.counts] };
    });
  const alone = work(undefined);
  // Against all distances, sorted.
  const dense = [queries, rows].map((X) => X.toDense());
  for (let i = 0; i < queries.rows; i++) {
    const all = Array.from({ length: rows.rows }, (_, j) => dense[0].row(i).reduce((sum, value, c) => sum + (value - dense[1].at(j, c)) ** 2, 0)).sort((a, b) => a - b);
    expect(alone.counts[i]).toBeGreaterThanOrEqual(k);
    for (let e = 0; e < k; e++) expect(alone.distances[i * (k + 1) + e]).toBeCloseTo(all[e], 12);
  }
  const team = withArena(() => ThreadTeam.start(3));
  for (let round = 0; round < 10; round++) {
    expect(work(team)).toEqual(alone);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  team?.end();
});

test('nothing is found at once without the compiled kernels', () => {
  const found = withoutKernels(() =>
    withArena((arena) => {
      const [held, numbers] = [arena.copyCsr(rows), arena.float64(3 * rows.rows)];
      return nearestRows(arena, 1, true, { queries: held, rareQueries: held, rows: held, byColumn: held, squares: numbers, commonNorms: numbers, facts: numbers });
    }),
  );
  expect(found).toBeUndefined();
});
