import { nthSmallest } from './nth-smallest.ts';

/** The middle value, or the mean of the two in the middle; the values, none of them NaN, are put in another order. Counterpart: numpy.median. */
export function median(values: Float64Array): number {
  const middle = values.length >> 1;
  const upper = nthSmallest(values, middle);
  return values.length % 2 === 1 ? upper : (upper + nthSmallest(values, middle - 1)) / 2;
}
