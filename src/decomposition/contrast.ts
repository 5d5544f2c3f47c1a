import { withArena } from '../kernels/arena.ts';
import { gaussians } from '../kernels/kernel-row.ts';

/** What FastICA takes for the entropy of a source: the derivative g of its contrast function. */
export type ContrastName = 'logcosh' | 'exp' | 'cube';

/** Numbers that are worked on at a time: they stay in the cache. */
const PART = 16_384;

/**
 * Replaces each of `values`, rows × k, by g of it, and returns the mean of g′ over the rows, by column:
 *
 * - logcosh: g(u) = tanh(αu), g′(u) = α(1 − tanh²(αu));
 * - exp: g(u) = u·e^(−u²/2), g′(u) = (1 − u²)·e^(−u²/2);
 * - cube: g(u) = u³, g′(u) = 3u².
 */
export function contrast(name: ContrastName, alpha: number, values: Float64Array, k: number): Float64Array {
  const slopes = new Float64Array(k);
  const height = Math.max(1, Math.floor(PART / k));
  withArena((arena) => {
    const work = arena.float64(Math.min(values.length, height * k));
    const squares = arena.float64(work.length);
    for (let from = 0; from < values.length; from += height * k) {
      const part = values.subarray(from, from + height * k);
      if (name === 'cube') cube(part, slopes);
      else if (name === 'exp') gauss(part, work.subarray(0, part.length), squares.subarray(0, part.length), slopes);
      else hyperbolic(part, alpha, work.subarray(0, part.length), squares.subarray(0, part.length), slopes);
    }
  });
  const rows = values.length / k;
  return slopes.map((sum) => sum / rows);
}

function cube(values: Float64Array, slopes: Float64Array): void {
  const k = slopes.length;
  for (let p = 0; p < values.length; p += k) {
    for (let c = 0; c < k; c++) {
      const u = values[p + c];
      values[p + c] = u * u * u;
      slopes[c] += 3 * u * u;
    }
  }
}

function gauss(values: Float64Array, work: Float64Array, squares: Float64Array, slopes: Float64Array): void {
  const k = slopes.length;
  work.fill(0);
  for (let p = 0; p < values.length; p++) squares[p] = values[p] * values[p];
  gaussians(work, squares, 0, 0.5);
  for (let p = 0; p < values.length; p += k) {
    for (let c = 0; c < k; c++) {
      values[p + c] *= work[p + c];
      slopes[c] += (1 - squares[p + c]) * work[p + c];
    }
  }
}

/** By tanh u = (1 − e)/(1 + e) with e = exp(−2|u|): to 1e-16, though not to 1e-16 of a small u. */
function hyperbolic(values: Float64Array, alpha: number, work: Float64Array, zeros: Float64Array, slopes: Float64Array): void {
  const k = slopes.length;
  for (let p = 0; p < values.length; p++) work[p] = -Math.abs(values[p]);
  gaussians(work, zeros, 0, alpha);
  for (let p = 0; p < values.length; p += k) {
    for (let c = 0; c < k; c++) {
      const size = (1 - work[p + c]) / (1 + work[p + c]);
      values[p + c] = values[p + c] < 0 ? -size : size;
      slopes[c] += alpha * (1 - size * size);
    }
  }
}
