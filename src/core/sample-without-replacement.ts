import type { RandomState } from './random-state.ts';

/**
 * `size` of the numbers 0 … n − 1, each at most once, in no useful order.
 *
 * The share asked for decides how they are drawn, as in scikit-learn, so that the same seed draws the same ones: up to
 * 0.01 by drawing again what came before, below 0.99 by shuffling, else by a reservoir.
 *
 * Counterpart: sklearn.utils.random.sample_without_replacement(n_population, n_samples, random_state=…).
 * Source: Vitter, "Random sampling with a reservoir", ACM TOMS 11(1), 1985 (algorithm R).
 */
export function sampleWithoutReplacement(random: RandomState, n: number, size: number): Int32Array {
  const share = n === 0 ? 1 : size / n;
  if (share > 0.01 && share < 0.99) return random.permutation(n).slice(0, size);
  if (share <= 0.01) {
    const drawn = new Set<number>();
    while (drawn.size < size) drawn.add(random.randint(n));
    return Int32Array.from(drawn);
  }
  const reservoir = Int32Array.from({ length: size }, (_, i) => i);
  for (let i = size; i < n; i++) {
    const j = random.randint(0, i + 1);
    if (j < size) reservoir[j] = i;
  }
  return reservoir;
}
