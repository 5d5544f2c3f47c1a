import { presentValues } from '../kernels/binning.ts';
import type { Arena } from '../kernels/arena.ts';
import type { RandomState } from '../core/random-state.ts';
import type { BlockReader, ColumnPlan } from './block-reader.ts';
import type { SharedWork } from './shared-work.ts';

/** More rows than this are not all looked at. */
const SAMPLE = 200_000;
/** As scikit-learn: no edge is infinite. */
const ALMOST_INFINITE = 1e300;
const BLOCK = 512;

/**
 * The values that part each column's bins: a value's bin is the number of edges below it. Midpoints between distinct
 * values where there are at most maxBins, else quantiles, of all rows or of 200,000 drawn with replacement. Categories
 * need none: codes are their own bins, and the edges lie halfway between.
 *
 * @param rows numbers of the training rows; null for the first `count`
 * @param weights one per training row; rows of weight 0 are no data
 * Counterpart: scikit-learn's _BinMapper; the edges are the same.
 */
export function binEdges(
  arena: Arena,
  work: SharedWork,
  plan: readonly ColumnPlan[],
  read: BlockReader,
  rows: Int32Array | null,
  count: number,
  weights: Float64Array | undefined,
  maxBins: number,
  random: RandomState,
): Float64Array[] {
  let list = rows;
  let kept = weights;
  if (count > SAMPLE) {
    const total = weights?.reduce((sum, w) => sum + w, 0) ?? 0;
    const drawn = random.choice(count, SAMPLE, weights && { p: weights.map((w) => w / total) });
    list = inOrder(drawn, count);
    if (rows !== null) for (let i = 0; i < SAMPLE; i++) list[i] = rows[list[i]];
    kept = undefined;
  }
  const size = Math.min(count, SAMPLE);
  const cols = plan.length;
  const block = arena.unsetFloat64(BLOCK * cols);
  const values = arena.unsetFloat64((size + 1) * cols);
  const columns = plan.map((_, j) => values.subarray(j * (size + 1), (j + 1) * (size + 1)));
  const used = arena.copyInt32(plan.map(({ categories }) => (categories === null ? 0 : -1)));
  const weightsOf = kept && columns.map(() => new Float64Array(size));
  for (let from = 0; from < size; from += BLOCK) {
    const to = Math.min(size, from + BLOCK);
    read(list, from, to, block);
    if (kept === undefined || weightsOf === undefined) {
      presentValues(to - from, cols, block, values, used);
      continue;
    }
    for (let j = 0; j < cols; j++) {
      if (used[j] < 0) continue;
      const own = columns[j];
      let at = used[j];
      for (let i = from, p = j; i < to; i++, p += cols) {
        const x = block[p];
        if (x !== x || kept[i] === 0) continue;
        weightsOf[j][at] = kept[i];
        // −0 counts as 0.
        own[at++] = x + 0;
      }
      used[j] = at;
    }
  }
  const lists = columns.map((own, j) => own.subarray(0, Math.max(0, used[j])));
  if (!weightsOf) work.sortForQuantiles(lists, maxBins);
  return plan.map(({ categories }, j) => {
    if (categories !== null) return Float64Array.from({ length: Math.max(0, categories.length - 1) }, (_, code) => code + 0.5);
    const own = lists[j];
    if (weightsOf) return weightedEdges(own, weightsOf[j].subarray(0, used[j]), maxBins);
    return midpoints(own, maxBins) ?? ascending(Array.from({ length: maxBins - 1 }, (_, k) => averagedQuantile(own, ((k + 1) * (100 / maxBins)) / 100)));
  });
}

/** Whole numbers below n, ascending; by counting, which takes a fraction of sorting's time. */
function inOrder(values: Float64Array, n: number): Int32Array {
  const times = new Uint32Array(n);
  for (let i = 0; i < values.length; i++) times[values[i]]++;
  const sorted = new Int32Array(values.length);
  for (let value = 0, at = 0; value < n; value++) for (let k = times[value]; k > 0; k--) sorted[at++] = value;
  return sorted;
}

/** Edges between the distinct ones of ascending values; undefined where there are more than maxBins. */
function midpoints(sorted: Float64Array, maxBins: number): Float64Array | undefined {
  const distinct: number[] = [];
  for (let i = 0; i < sorted.length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue;
    if (distinct.length === maxBins) return undefined;
    distinct.push(sorted[i]);
  }
  return Float64Array.from({ length: Math.max(0, distinct.length - 1) }, (_, i) => Math.min((distinct[i] + distinct[i + 1]) / 2, ALMOST_INFINITE));
}

/** numpy.percentile(…, method="averaged_inverted_cdf") of ascending values. */
function averagedQuantile(sorted: Float64Array, share: number): number {
  const at = sorted.length * share - 1;
  if (at >= sorted.length - 1) return sorted[sorted.length - 1];
  if (at < 0) return sorted[0];
  const before = Math.floor(at);
  const high = sorted[before + 1];
  return at === before ? high - (high - sorted[before]) * 0.5 : high;
}

function ascending(edges: number[]): Float64Array {
  const distinct = [...new Set(edges)].sort((a, b) => a - b);
  return Float64Array.from(distinct, (edge) => Math.min(edge, ALMOST_INFINITE));
}

/** As above for rows that weigh differently. */
function weightedEdges(values: Float64Array, weights: Float64Array, maxBins: number): Float64Array {
  const order = Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const sorted = Float64Array.from(order, (i) => values[i]);
  const few = midpoints(sorted, maxBins);
  if (few) return few;
  let sum = 0;
  const below = Float64Array.from(order, (i) => (sum += weights[i]));
  const last = sorted.length - 1;
  const edges: number[] = [];
  let at = 0;
  for (let k = 1; k < maxBins; k++) {
    const share = ((k * (100 / maxBins)) / 100) * sum;
    while (at < last && below[at] < share) at++;
    edges.push(below[at] - share > Number.EPSILON ? sorted[at] : (sorted[at] + sorted[Math.min(at + 1, last)]) / 2);
  }
  return ascending(edges);
}
