import { sortAround } from './sort-around.ts';

/** The value that would stand at position n if the values, none of them NaN, were sorted; they are put in another order. */
export function nthSmallest(values: Float64Array, n: number): number {
  sortAround(values, [n], [n]);
  return values[n];
}
