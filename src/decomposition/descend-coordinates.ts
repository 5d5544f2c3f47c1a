import type { RandomState } from '../core/random-state.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';

/**
 * One round of coordinate descent on W, in place: every element in turn goes to where ½‖X − W·H‖² + penalties is
 * least with all others held, but not below 0.
 *
 * @param gram H·Hᵀ, k × k; changed by the squared penalty
 * @param target X·Hᵀ, like W
 * @param random shuffles the columns of W; null takes them in order
 * @returns Σ |projected gradient|, taken just before each step: 0 at a minimum
 */
export function descendCoordinates(W: DenseMatrix, gram: DenseMatrix, target: DenseMatrix, l1: number, l2: number, random: RandomState | null): number {
  const { rows, cols: k, data } = W;
  const diagonal = (t: number): number => gram.data[t * k + t] + l2;
  const order = random ? random.permutation(k) : Int32Array.from({ length: k }, (_, t) => t);
  let violation = 0;
  for (const t of order) {
    const curvature = diagonal(t);
    const products = gram.row(t).slice();
    products[t] = curvature;
    for (let i = 0; i < rows; i++) {
      const start = i * k;
      let gradient = l1 - target.data[start + t];
      for (let r = 0; r < k; r++) gradient += products[r] * data[start + r];
      const value = data[start + t];
      violation += Math.abs(value === 0 ? Math.min(0, gradient) : gradient);
      if (curvature !== 0) data[start + t] = Math.max(value - gradient / curvature, 0);
    }
  }
  return violation;
}
