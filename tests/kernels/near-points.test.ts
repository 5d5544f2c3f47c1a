import fc from 'fast-check';
import { withArena, type Arena } from '../../src/kernels/arena.ts';
import { nearestPoints, pointsWithin } from '../../src/kernels/near-points.ts';
import type { NearPointsTask, PointMetric } from '../../src/kernels/near-points-arrays.ts';
import { ThreadTeam } from '../../src/kernels/thread-team.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { buildKdTree } from '../../src/neighbors/kd-tree.ts';
import { numbers, onBoth } from './both.ts';

/** Enough queries for compiled code. */
const QUERIES = 21;

function taskOf(metric: PointMetric['name'], cols: number, points: Float64Array, queries: Float64Array | null, leafSize: number | null): NearPointsTask {
  const tree = leafSize === null ? null : buildKdTree(new DenseMatrix(points.length / cols, cols, points), leafSize);
  return { metric: { name: metric, p: 2 }, cols, points, tree, queries: queries ?? points, others: queries === null };
}

const found = (arena: Arena, task: NearPointsTask, k: number, team?: ThreadTeam): { distances: number[]; rows: number[] } => {
  const { distances, rows } = nearestPoints(arena, task, k, team);
  return { distances: [...distances], rows: [...rows] };
};

/** Each query's pairs by row; the order in which they are found is no matter. */
const within = (arena: Arena, task: NearPointsTask, radius: number): (readonly [number, number])[][] => {
  const { starts, distances, rows } = pointsWithin(arena, task, radius);
  return Array.from({ length: starts.length - 1 }, (_, i) =>
    Array.from(rows.subarray(starts[i], starts[i + 1]), (row, e) => [row, distances[starts[i] + e]] as const).sort(([a], [b]) => a - b),
  );
};

describe.each(['euclidean', 'manhattan', 'chebyshev'] as const)('%s', (metric) => {
  test.each([null, 1, 7])('the nearest of all and all within a radius, in leaves of %s', (leafSize) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 6, max: 60 }), fc.constantFrom(1e-3, 1, 1e5, 1e140), fc.boolean(), fc.integer({ min: 0, max: 1e6 }), (cols, rows, size, own, seed) => {
        // Coarse, so that there are ties, and far from 0.
        const coarse = (count: number, more: number): Float64Array => numbers(count * cols, seed + more).map((v) => size * (Math.round(3 * Math.sin(v)) + 1000));
        const task = taskOf(metric, cols, coarse(rows, 1), own ? null : coarse(QUERIES, 2), leafSize);
        for (const k of [1, 5, rows - 1]) onBoth((arena) => found(arena, task, k));
        for (const radius of [0, 1.5 * size, (2 * size) ** 2]) onBoth((arena) => within(arena, task, radius));
      }),
      { seed: 1, numRuns: 10 },
    );
  });
});

test.each([
  ['points of very different sizes', (v: number, p: number) => v * 10 ** (p % 9)],
  ['points that hardly differ', (v: number) => 1e6 + v * 1e-9],
  ['points smaller than singles are', (v: number) => v * 1e-60],
  ['the same point again and again', () => 1 / 3],
])('singles tell nothing wrong of %s', (_, valueOf) => {
  const points = numbers(300 * 12, 3).map(valueOf);
  const task = taskOf('euclidean', 12, points, numbers(QUERIES * 12, 4).map(valueOf), null);
  onBoth((arena) => found(arena, task, 6));
  onBoth((arena) => found(arena, taskOf('euclidean', 12, points, null, null), 6));
});

test('queries shared out among threads find the same', async () => {
  const points = numbers(400 * 6, 5).map(Math.sin);
  const tasks = [null, 10].map((leafSize) => taskOf('euclidean', 6, points, null, leafSize));
  const alone = tasks.map((task) => withArena((arena) => found(arena, task, 4)));
  const team = withArena(() => ThreadTeam.start(3));
  for (let round = 0; round < 5; round++) {
    expect(tasks.map((task) => withArena((arena) => found(arena, task, 4, team)))).toEqual(alone);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  team?.end();
});
