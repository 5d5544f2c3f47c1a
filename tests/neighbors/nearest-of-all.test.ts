import { withArena } from '../../src/kernels/arena.ts';
import { nearestRows } from '../../src/kernels/nearest.ts';
import { ThreadTeam } from '../../src/kernels/thread-team.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { metricOf } from '../../src/neighbors/metric.ts';
import { rareColumns, takeColumns } from '../../src/neighbors/rare-columns.ts';
import { SparseComparison } from '../../src/neighbors/sparse-comparison.ts';
import { onBoth } from '../kernels/both.ts';
import { denseValues, randomCsr } from '../kernels/random-matrix.ts';

const rows = matrix(83, 3);
const queries = matrix(31, 4);

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
  test.each([1, 4, 50, 82])('the %i nearest of all queries at once are those of one query after the other, in plain TypeScript too', (k) => {
    for (const X of [queries, rows]) {
      const others = X === rows;
      onBoth((arena) => {
        const comparison = new SparseComparison(arena, metricOf(metric, 2), X, rows);
        const all = comparison.nearestOfAll(k, others);
        for (let i = 0; i < X.rows; i++) {
          const { rows: found, reduced } = comparison.nearest(i, k, others ? i : -1);
          const expected = Array.from(found, (row, e) => [reduced[e], row]).sort(([a, p], [b, q]) => a - b || p - q).slice(0, k + 1);
          const at = i * (k + 1);
          expect(all.counts[i]).toBe(expected.length);
          expect(expected).toEqual(expected.map((_, e) => [all.distances[at + e], all.rows[at + e]]));
        }
        return { distances: all.distances.slice(), rows: all.rows.slice(), counts: all.counts.slice() };
      });
    }
  });
});

test('a row that is alone has no others, on the compiled kernels and in plain TypeScript', () => {
  const one = CsrMatrix.fromDense(DenseMatrix.from([[0, 3, 1]]));
  const counts = onBoth((arena) => new SparseComparison(arena, metricOf('euclidean', 2), one, one).nearestOfAll(1, true).counts.slice());
  expect([...counts]).toEqual([0]);
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
      const found = nearestRows(arena, k, false, task, team);
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
