import type { Arena } from './arena.ts';
import { kernelsFor } from './kernel-memory.ts';
import type { KdTree, NearestPoints, NearPointsTask, PointMetric, PointsWithin } from './near-points-arrays.ts';
import type { ThreadTeam } from './thread-team.ts';
import * as twins from './twins/near-points.ts';

/*
 * Points near queries, in compiled code where it pays and plain TypeScript otherwise, with the same bits. A team shares out
 * the queries.
 *
 * Compiled code that compares queries with all points goes by products in singles first, four at a time, with bounds for what
 * rounding can hide, and compares in doubles what may be near enough. Source of the bounds: Higham, "Accuracy and Stability of
 * Numerical Algorithms", 2nd ed., §3.1.
 */

/** Queries that a team shares out in so many parts. */
const PARTS = 24;
/** Queries from which on packing all points pays: without a tree, and with one, for each point. */
const WORTH_PACKING = 4;
const WORTH_PACKING_TREE = 0.002;
/** Places of the metrics that are compiled. */
const KINDS: Record<PointMetric['name'], number> = { euclidean: 0, manhattan: 1, chebyshev: 2, minkowski: -1 };

/** The k nearest points of each query. There are k to choose from; `others` leaves one less. */
export function nearestPoints(arena: Arena, task: NearPointsTask, k: number, team?: ThreadTeam): NearestPoints {
  const queries = task.queries.length / task.cols;
  const distances = arena.float64(queries * k);
  const rows = arena.int32(queries * k);
  const search = compiledSearch(arena, task, team);
  if (search) search(k, 0, [distances.byteOffset, rows.byteOffset, arena.int32(queries).byteOffset]);
  else twins.nearestPoints(task, k, { distances, rows });
  return { distances, rows };
}

/** All points within the reduced distance `radius` of each query. */
export function pointsWithin(arena: Arena, task: NearPointsTask, radius: number, team?: ThreadTeam): PointsWithin {
  const search = compiledSearch(arena, task, team);
  if (!search) return twins.pointsWithin(task, radius);
  const queries = task.queries.length / task.cols;
  const counts = arena.int32(queries);
  // Counted first, so that each thread knows where to write.
  search(0, radius, [0, 0, counts.byteOffset, 0]);
  const starts = arena.int32(queries + 1);
  for (let i = 0; i < queries; i++) starts[i + 1] = starts[i] + counts[i];
  const distances = arena.unsetFloat64(starts[queries]);
  const rows = arena.unsetInt32(starts[queries]);
  search(0, radius, [distances.byteOffset, rows.byteOffset, counts.byteOffset, starts.byteOffset]);
  return { starts, distances, rows };
}

/** A search that is ready to run, for addresses of results. */
type Search = (k: number, radius: number, results: readonly number[]) => void;

/** Undefined where plain TypeScript is to do the work. */
function compiledSearch(arena: Arena, task: NearPointsTask, team: ThreadTeam | undefined): Search | undefined {
  const { metric, cols, points, tree, queries } = task;
  const [n, m] = [points.length / cols, queries.length / cols];
  const isWorthIt = tree === null ? m >= WORTH_PACKING : m >= WORTH_PACKING_TREE * n;
  if (KINDS[metric.name] < 0 || n === 0 || !isWorthIt || !kernelsFor(arena.int32(1))) return undefined;
  if (tree === null && metric.name === 'euclidean') return byProducts(arena, task, team);
  return byTree(arena, task, tree ?? singleLeaf(points, cols), team);
}

function byTree(arena: Arena, { metric, cols, queries, others }: NearPointsTask, tree: KdTree, team: ThreadTeam | undefined): Search {
  const leaves = (tree.starts.length + 1) / 2;
  const held = arena.heldFloat64(queries);
  const { points, places, panels, boxes } = packTree(arena, tree, cols);
  const addresses = arena.int32(10);
  addresses.set([points, held, panels, places, boxes].map((array) => array.byteOffset));
  const each = 2 * tree.levels;
  const room = arena.float64(each * (team?.threads ?? 1));
  const rest = [leaves, KINDS[metric.name], cols] as const;
  const kernels = kernelsFor(room);
  return (k, radius, results) => {
    addresses.set(results, 6);
    const [own, m] = [others ? 1 : 0, queries.length / cols];
    if (team) team.run('searchTree', PARTS, [m, ...rest, k, own, addresses.byteOffset, room.byteOffset, 8 * each], [radius]);
    else kernels?.searchTree(0, m, ...rest, k, own, radius, addresses.byteOffset, room.byteOffset);
  };
}

/** All points as the one leaf of a tree. */
function singleLeaf(points: Float64Array, cols: number): KdTree {
  const n = points.length / cols;
  const none = new Float64Array(0);
  return { levels: 1, points, rows: Int32Array.from({ length: n }, (_, i) => i), starts: Int32Array.of(0), ends: Int32Array.of(n), lower: none, upper: none };
}

interface PackedTree {
  /** Panels of four points of a leaf, element (column, lane) at 4·column + lane, ∞ past the last, and the row number of each. */
  points: Float64Array;
  places: Int32Array;
  /** Where each leaf's panels begin, and the last ones end. */
  panels: Int32Array;
  /** For each node but the leaves, four numbers a column: the lowest value left and right, and the highest. */
  boxes: Float64Array;
}

function packTree(arena: Arena, { points, rows, starts, ends, lower, upper }: KdTree, cols: number): PackedTree {
  const leaves = (starts.length + 1) / 2;
  const inner = leaves - 1;
  const panels = arena.int32(leaves + 1);
  for (let leaf = 0; leaf < leaves; leaf++) panels[leaf + 1] = panels[leaf] + Math.ceil((ends[inner + leaf] - starts[inner + leaf]) / 4);
  const packed = arena.unsetFloat64(panels[leaves] * 4 * cols).fill(Infinity);
  const places = arena.unsetInt32(panels[leaves] * 4).fill(-1);
  for (let leaf = 0; leaf < leaves; leaf++) {
    const start = starts[inner + leaf];
    for (let p = start; p < ends[inner + leaf]; p++) {
      const at = 4 * panels[leaf] + p - start;
      places[at] = rows[p];
      for (let j = 0, to = (at >> 2) * 4 * cols + (at & 3); j < cols; j++, to += 4) packed[to] = points[p * cols + j];
    }
  }
  const boxes = arena.unsetFloat64(inner * 4 * cols);
  for (let node = 0, to = 0; node < inner; node++) {
    const left = (2 * node + 1) * cols;
    for (let j = left; j < left + cols; j++, to += 4) {
      boxes[to] = lower[j];
      boxes[to + 1] = lower[j + cols];
      boxes[to + 2] = upper[j];
      boxes[to + 3] = upper[j + cols];
    }
  }
  return { points: packed, places, panels, boxes };
}

function byProducts(arena: Arena, { cols, points, queries, others }: NearPointsTask, team: ThreadTeam | undefined): Search {
  const [n, m] = [points.length / cols, queries.length / cols];
  const groups = Math.ceil(m / 4);
  const { shift, scale } = frameOf(points, cols);
  const doubles = [arena.heldFloat64(points), arena.heldFloat64(queries)];
  const singles = arena.float32(Math.ceil(n / 8) * 8 * cols);
  const halves = arena.float32(Math.ceil(n / 8) * 8).fill(Infinity);
  // By how much sums may be off for each unit of a square, and for products that are too small for singles.
  const share = (cols + 8) * 2 ** -24;
  const least = cols * 1e-40;
  packSingles(points, cols, shift, scale, singles, 8, (i, square) => (halves[i] = square / 2 - share * square - least));
  const grouped = arena.float32(groups * 4 * cols);
  const raises = arena.float64(m);
  packSingles(queries, cols, shift, scale, grouped, 4, (i, square) => (raises[i] = share * square + least * (1 + square) - square / 2));
  const addresses = arena.int32(10);
  addresses.set([...doubles, singles, halves, grouped, raises].map((array) => array.byteOffset));
  const each = 64;
  const room = arena.float32(each * (team?.threads ?? 1));
  const rest = [m, n, cols] as const;
  const factor = (scale * scale) / 2;
  const kernels = kernelsFor(room);
  return (k, radius, results) => {
    addresses.set(results, 6);
    const own = others ? 1 : 0;
    if (team) team.run('comparePoints', PARTS, [groups, ...rest, k, own, addresses.byteOffset, room.byteOffset, 4 * each], [factor, radius]);
    else kernels?.comparePoints(0, groups, ...rest, k, own, factor, radius, addresses.byteOffset, room.byteOffset);
  };
}

/** The mean of the points, and a power of two that makes all their distances from it, column by column, at most 1. */
function frameOf(points: Float64Array, cols: number): { shift: Float64Array; scale: number } {
  const n = points.length / cols;
  const shift = new Float64Array(cols);
  for (let p = 0; p < points.length; ) for (let j = 0; j < cols; j++, p++) shift[j] += points[p] / n;
  let largest = 0;
  for (let p = 0; p < points.length; ) for (let j = 0; j < cols; j++, p++) largest = Math.max(largest, Math.abs(points[p] - shift[j]));
  return { shift, scale: largest === 0 ? 1 : 2 ** -Math.ceil(Math.log2(largest)) };
}

/** Writes rows, shifted and scaled, in panels of so many lanes, and tells the square of each row's length. */
function packSingles(rows: Float64Array, cols: number, shift: Float64Array, scale: number, out: Float32Array, lanes: number, tell: (row: number, square: number) => void): void {
  for (let i = 0, p = 0; p < rows.length; i++) {
    let square = 0;
    for (let j = 0, to = (i - (i % lanes)) * cols + (i % lanes); j < cols; j++, p++, to += lanes) {
      const value = (rows[p] - shift[j]) * scale;
      square += value * value;
      out[to] = value;
    }
    tell(i, square);
  }
}
