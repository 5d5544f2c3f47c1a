/** Where a monotone step function bends: between these points it is a straight line. */
export interface MonotoneCurve {
  /** Ascending. */
  x: Float64Array;
  /** Monotone. */
  y: Float64Array;
}

/** Values of x closer than this are one value. */
const SAME = 1e-15;

/**
 * The monotone curve nearest to points in weighted squares, by pooling adjacent violators. Points of equal x are
 * averaged first; points within a flat stretch are left out of the curve.
 *
 * Counterpart: sklearn.isotonic.isotonic_regression and what IsotonicRegression does around it.
 * Source: Best and Chakravarti, "Active set algorithms for isotonic regression; A unifying framework", Mathematical
 * Programming 47, 1990; de Leeuw, Hornik and Mair, "Isotone optimization in R", J. Stat. Software 32(5), 2009.
 */
export function isotonicFit(
  x: Float64Array,
  y: Float64Array,
  weights: Float64Array | undefined,
  { increasing = true, yMin = -Infinity, yMax = Infinity }: { increasing?: boolean; yMin?: number; yMax?: number } = {},
): MonotoneCurve {
  const order = Array.from(x.keys()).filter((i) => weights === undefined || weights[i] > 0);
  order.sort((i, j) => x[i] - x[j] || y[i] - y[j]);
  const distinct = averageTies(order, x, y, weights);
  const target = increasing ? distinct.y : distinct.y.map((value) => -value);
  const pooled = poolViolators(target, distinct.weight).map((value) => Math.min(Math.max(increasing ? value : -value, yMin), yMax));
  const last = pooled.length - 1;
  const bends = [...pooled.keys()].filter((i) => i === 0 || i === last || pooled[i] !== pooled[i - 1] || pooled[i] !== pooled[i + 1]);
  return { x: Float64Array.from(bends, (i) => distinct.x[i]), y: Float64Array.from(bends, (i) => pooled[i]) };
}

function averageTies(order: readonly number[], x: Float64Array, y: Float64Array, weights: Float64Array | undefined): MonotoneCurve & { weight: Float64Array } {
  const points: { x: number; sum: number; weight: number }[] = [];
  for (const i of order) {
    const weight = weights ? weights[i] : 1;
    const last = points.at(-1);
    if (last && x[i] - last.x < SAME) {
      last.sum += y[i] * weight;
      last.weight += weight;
    } else {
      points.push({ x: x[i], sum: y[i] * weight, weight });
    }
  }
  return {
    x: Float64Array.from(points, (p) => p.x),
    y: Float64Array.from(points, (p) => p.sum / p.weight),
    weight: Float64Array.from(points, (p) => p.weight),
  };
}

/** The non-decreasing sequence nearest to y: blocks that fall behind the one before are merged with it. */
function poolViolators(y: Float64Array, weight: Float64Array): Float64Array {
  const n = y.length;
  const mean = new Float64Array(n);
  const mass = new Float64Array(n);
  /** First element of each block, and one past the last. */
  const start = new Int32Array(n + 1);
  let blocks = 0;
  for (let i = 0; i < n; i++) {
    mean[blocks] = y[i];
    mass[blocks] = weight[i];
    start[++blocks] = i + 1;
    while (blocks > 1 && mean[blocks - 2] >= mean[blocks - 1]) {
      const total = mass[blocks - 2] + mass[blocks - 1];
      mean[blocks - 2] = (mean[blocks - 2] * mass[blocks - 2] + mean[blocks - 1] * mass[blocks - 1]) / total;
      mass[blocks - 2] = total;
      start[blocks - 1] = start[blocks];
      blocks--;
    }
  }
  const fitted = new Float64Array(n);
  for (let b = 0; b < blocks; b++) fitted.fill(mean[b], start[b], start[b + 1]);
  return fitted;
}

/** The curve at a value, its ends beyond them; NaN stays NaN. Counterpart: numpy.interp. */
export function interpolate({ x, y }: MonotoneCurve, value: number): number {
  const last = x.length - 1;
  if (Number.isNaN(value)) return Number.NaN;
  if (!(value < x[last])) return y[last];
  if (!(value > x[0])) return y[0];
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (x[middle] <= value) low = middle;
    else high = middle;
  }
  return ((y[high] - y[low]) / (x[high] - x[low])) * (value - x[low]) + y[low];
}
