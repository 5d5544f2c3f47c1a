import { DataError, ShapeError } from '../core/errors.ts';
import { checkRows } from './check-rows.ts';

/**
 * Area under a curve of straight lines through the points (xᵢ, yᵢ): Σ (xᵢ₊₁ − xᵢ)·(yᵢ + yᵢ₊₁)/2.
 *
 * x must rise or fall throughout, steps of 0 allowed; a falling x gives the same area.
 * Counterpart: scikit-learn's auc.
 *
 * @throws ShapeError for fewer than 2 points, DataError for an x that turns
 * @example
 * auc([0, 0.5, 1], [0, 1, 1]); // 0.75
 */
export function auc(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const points = checkRows('auc', { x, y });
  if (points < 2) throw new ShapeError(`auc: x must have at least 2 points, got ${points}.`);
  let area = 0;
  let rises = false;
  let falls = false;
  for (let i = 1; i < points; i++) {
    const step = x[i] - x[i - 1];
    if (step > 0) rises = true;
    else if (step < 0) falls = true;
    if (rises && falls) throw new DataError(`auc: x must rise or fall throughout, but it turns at point ${i}. Sort the points by x.`);
    area += (step * (y[i] + y[i - 1])) / 2;
  }
  return falls ? -area : area;
}
