import { sortAround } from './sort-around.ts';

/** Ways to read a quantile between two values; numpy's names. */
export type QuantileMethod =
  | 'invertedCdf'
  | 'averagedInvertedCdf'
  | 'closestObservation'
  | 'interpolatedInvertedCdf'
  | 'hazen'
  | 'weibull'
  | 'linear'
  | 'medianUnbiased'
  | 'normalUnbiased';

export const quantileMethods: readonly QuantileMethod[] = [
  'invertedCdf',
  'averagedInvertedCdf',
  'closestObservation',
  'interpolatedInvertedCdf',
  'hazen',
  'weibull',
  'linear',
  'medianUnbiased',
  'normalUnbiased',
];

/** α and β of the continuous methods: position n·q + α + q·(1 − α − β) − 1 in the sorted values. */
const continuous: Readonly<Partial<Record<QuantileMethod, readonly [number, number]>>> = {
  interpolatedInvertedCdf: [0, 1],
  hazen: [0.5, 0.5],
  weibull: [0, 0],
  medianUnbiased: [1 / 3, 1 / 3],
  normalUnbiased: [3 / 8, 3 / 8],
};

/**
 * The quantiles of ascending values.
 * @param sorted ascending, or out of sortForQuantiles; no NaN; NaN comes back for an empty list
 * @param levels from 0 to 1
 * Counterpart: numpy.quantile, operation by operation.
 * Source: Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50(4), 1996.
 */
export function quantiles(sorted: Float64Array, levels: ArrayLike<number>, method: QuantileMethod = 'linear'): Float64Array {
  return Float64Array.from(levels, (level) => (sorted.length === 0 ? Number.NaN : quantile(sorted, level, method)));
}

/** From so many levels on it takes no longer to sort all values. */
const MANY = 32;

/**
 * Puts values in an order in which `quantiles` reads those at some levels, by any method, as if all were ascending.
 * @param values no NaN
 */
export function sortForQuantiles(values: Float64Array, levels: ArrayLike<number>): void {
  if (levels.length >= MANY) {
    values.sort();
    return;
  }
  if (values.length > 0) moveEnds(values);
  // Levels 0 and 1 are the ends; for others every method reads at n·q − 1.5 … n·q + 1.
  const middles = Array.from(levels).filter((level) => level > 0 && level < 1).map((level) => Math.round(values.length * level));
  sortAround(values, middles.map((at) => at - 2), middles.map((at) => at + 2));
}

/** Swaps the least value to the beginning and the largest to the end. */
function moveEnds(values: Float64Array): void {
  const last = values.length - 1;
  let least = 0;
  for (let i = 1; i <= last; i++) if (values[i] < values[least]) least = i;
  [values[0], values[least]] = [values[least], values[0]];
  let most = last;
  for (let i = 0; i < last; i++) if (values[i] > values[most]) most = i;
  [values[last], values[most]] = [values[most], values[last]];
}

/** Values of a column without NaN, in their order. */
export function present(values: Float64Array): Float64Array {
  let count = 0;
  const kept = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) if (values[i] === values[i]) kept[count++] = values[i];
  return kept.subarray(0, count);
}

/** Values of a column without NaN, ascending. */
export function sortedPresent(values: Float64Array): Float64Array {
  return present(values).sort();
}

/** `count` numbers from `start` to `stop`, equally far apart. Counterpart: numpy.linspace. */
export function linspace(start: number, stop: number, count: number): Float64Array {
  const step = count > 1 ? (stop - start) / (count - 1) : 0;
  const points = Float64Array.from({ length: count }, (_, i) => i * step + start);
  if (count > 1) points[count - 1] = stop;
  return points;
}

function quantile(sorted: Float64Array, q: number, method: QuantileMethod): number {
  const n = sorted.length;
  if (method === 'invertedCdf' || method === 'closestObservation') {
    const position = method === 'invertedCdf' ? n * q - 1 : n * q - 1 - 0.5;
    const floor = Math.floor(position);
    const stays = position === floor && (method === 'invertedCdf' || floor % 2 !== 0);
    return sorted[Math.min(n - 1, Math.max(0, stays ? floor : floor + 1))];
  }
  const position = method === 'linear' ? (n - 1) * q : method === 'averagedInvertedCdf' ? n * q - 1 : alphaBeta(n, q, method);
  if (position >= n - 1) return sorted[n - 1];
  if (position < 0) return sorted[0];
  const floor = Math.floor(position);
  let gamma = position - floor;
  if (method === 'averagedInvertedCdf') gamma = gamma === 0 ? 0.5 : 1;
  const low = sorted[floor];
  const gap = sorted[floor + 1] - low;
  return gamma >= 0.5 ? sorted[floor + 1] - gap * (1 - gamma) : low + gap * gamma;
}

function alphaBeta(n: number, q: number, method: QuantileMethod): number {
  const [alpha, beta] = continuous[method]!;
  return n * q + (alpha + q * (1 - alpha - beta)) - 1;
}
