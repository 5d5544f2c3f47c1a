/** Longest run that is added with eight running sums before halves are added to each other. */
const BLOCK = 128;

/**
 * Σ values[start … end), with rounding error that grows with log n instead of n: runs of up to 128 are
 * added in eight strands, longer ones as the sum of two halves. The order of additions is numpy.sum's,
 * so that totals agree to the last digit.
 *
 * Source: Higham, "The accuracy of floating point summation", SIAM J. Sci. Comput. 14(4), 1993.
 */
export function pairwiseSum(values: ArrayLike<number>, start = 0, end = values.length): number {
  const n = end - start;
  if (n < 8) {
    let sum = 0;
    for (let i = start; i < end; i++) sum += values[i];
    return sum;
  }
  if (n > BLOCK) {
    const half = start + Math.floor(n / 2) - (Math.floor(n / 2) % 8);
    return pairwiseSum(values, start, half) + pairwiseSum(values, half, end);
  }
  let a = values[start];
  let b = values[start + 1];
  let c = values[start + 2];
  let d = values[start + 3];
  let e = values[start + 4];
  let f = values[start + 5];
  let g = values[start + 6];
  let h = values[start + 7];
  let i = start + 8;
  for (; i + 8 <= end; i += 8) {
    a += values[i];
    b += values[i + 1];
    c += values[i + 2];
    d += values[i + 3];
    e += values[i + 4];
    f += values[i + 5];
    g += values[i + 6];
    h += values[i + 7];
  }
  let sum = a + b + (c + d) + (e + f + (g + h));
  for (; i < end; i++) sum += values[i];
  return sum;
}
