import type { RandomState } from '../core/random-state.ts';
import { sampleWithoutReplacement } from '../core/sample-without-replacement.ts';

/** `size` of so many rows, drawn in proportion to their weights, with or without replacement, as scikit-learn's bagging draws them. */
export function drawRows(random: RandomState, rows: number, size: number, replace: boolean, weights: Float64Array | undefined): Int32Array {
  if (weights !== undefined) {
    const total = weights.reduce((sum, w) => sum + w, 0);
    return Int32Array.from(random.choice(rows, size, { replace, p: weights.map((w) => w / total) }));
  }
  return replace ? Int32Array.from(random.randint(0, rows, size)) : sampleWithoutReplacement(random, rows, size);
}
