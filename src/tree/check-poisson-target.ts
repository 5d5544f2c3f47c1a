import { DataError } from '../core/errors.ts';

/** @throws DataError unless y has no negative value and a positive sum. */
export function checkPoissonTarget(owner: string, y: Float64Array): void {
  const negative = y.findIndex((value) => value < 0);
  if (negative >= 0) throw new DataError(`${owner}: y must not be negative for criterion 'poisson', row ${negative} has ${y[negative]}. Use 'squaredError'.`);
  if (!y.some((value) => value > 0)) throw new DataError(`${owner}: y must have a positive value for criterion 'poisson', got only zeros. Use 'squaredError'.`);
}
