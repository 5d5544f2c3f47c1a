import type { RandomState } from '../core/random-state.ts';

/**
 * How many of `draws` draws without replacement fall to each class, most likely: the class's share rounded down,
 * and the rest to the classes with the largest remainders, ties by lot. At most one off the true mode of the
 * multivariate hypergeometric distribution. Sums to `draws`.
 *
 * Counterpart: sklearn.utils.extmath._approximate_mode.
 */
export function approximateMode(counts: Int32Array, draws: number, random: RandomState): Int32Array {
  const total = counts.reduce((a, b) => a + b, 0);
  const shares = Float64Array.from(counts, (count) => (count / total) * draws);
  const mode = Int32Array.from(shares, Math.floor);
  let missing = draws - mode.reduce((a, b) => a + b, 0);
  const remainders = shares.map((share, k) => share - mode[k]);
  for (const remainder of [...new Set(remainders)].sort((a, b) => b - a)) {
    if (missing <= 0) break;
    const tied: number[] = [];
    for (let k = 0; k < remainders.length; k++) if (remainders[k] === remainder) tied.push(k);
    const chosen = random.choice(tied, Math.min(tied.length, missing), { replace: false });
    for (const k of chosen) mode[k]++;
    missing -= chosen.length;
  }
  return mode;
}
