import type { CsrArrays } from './matrix-arrays.ts';

/** Entries from which on there are two parts; four with four times as many, and so on. */
const TWO_PARTS = 2 ** 20;
const MOST_PARTS = 8;

/**
 * In how many parts a loss goes through the rows of X: with more, more threads can take part, but as many gradients must be
 * added up. It hangs on X alone, so that results do not hang on the threads.
 */
export function lossParts(X: CsrArrays): number {
  if (X.oneHot) return 1;
  let parts = 1;
  while (parts < MOST_PARTS && X.indptr[X.rows] >= TWO_PARTS * parts ** 2) parts *= 2;
  return parts;
}
