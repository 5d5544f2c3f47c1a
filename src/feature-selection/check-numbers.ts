import { DataError } from '../core/errors.ts';
import { show } from '../core/show.ts';

/** A copy of y as doubles. @throws DataError naming the row of what is no finite number. */
export function checkNumbers(owner: string, y: ArrayLike<unknown>): Float64Array {
  const numbers = new Float64Array(y.length);
  for (let i = 0; i < y.length; i++) {
    const value = y[i];
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw new DataError(`${owner}: y must hold finite numbers, row ${i} has ${show(value)}. Use a score for classes.`);
    }
    numbers[i] = value;
  }
  return numbers;
}
