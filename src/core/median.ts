import { nthSmallest } from './nth-smallest.ts';

/** The middle value, or the mean of the two in the middle; the values, at least one and none of them NaN, are put in another order. Counterpart: numpy.median. */
export function median(values: Float64Array): number {
  const middle = values.length >> 1;
  const upper = nthSmallest(values, middle);
  if (values.length % 2 === 1) return upper;
  let lower = values[0];
  for (let i = 1; i < middle; i++) if (values[i] > lower) lower = values[i];
  return (lower + upper) / 2;
}
