import { DataError } from '../core/errors.ts';
import { choice, flag, type Rules } from '../core/rules.ts';
import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import { normalizeRow } from './normalize-rows.ts';

/** How counts become tf-idf weights. */
export interface TfidfOptions {
  /** Scale each row to length 1: 'l2' for the sum of squares, 'l1' for the sum of absolute values, null not at all. Default 'l2'. */
  norm?: 'l1' | 'l2' | null;
  /** Multiply by the inverse document frequency. Default true. */
  useIdf?: boolean;
  /** Count one more document that has every term, so that no idf is infinite. Default true. */
  smoothIdf?: boolean;
  /** Use 1 + ln(tf) in place of tf. Default false. */
  sublinearTf?: boolean;
}

export const tfidfRules: Rules<TfidfOptions> = {
  norm: choice('l2', ['l1', 'l2', null]),
  useIdf: flag(true),
  smoothIdf: flag(true),
  sublinearTf: flag(false),
};

/**
 * idf = ln((n + s) / (df + s)) + 1, where s is 1 when smooth and 0 otherwise.
 * @param documentFrequency per column, the number of rows that have the term
 * @param documents n, the number of rows
 */
export function inverseDocumentFrequency(documentFrequency: ArrayLike<number>, documents: number, smooth: boolean): Float64Array {
  const extra = smooth ? 1 : 0;
  const idf = new Float64Array(documentFrequency.length);
  // Most of many terms share their few frequencies, and a logarithm takes longer than a look-up.
  const byFrequency = new Float64Array(documents + 1);
  for (let j = 0; j < idf.length; j++) {
    const frequency = documentFrequency[j];
    byFrequency[frequency] ||= Math.log((documents + extra) / (frequency + extra)) + 1;
    idf[j] = byFrequency[frequency];
  }
  return idf;
}

/**
 * Turns the counts of a fresh matrix into weights, in place; row by row, as long as the row is at hand.
 * @throws DataError for a row to be normalised that has a term of infinite idf
 */
export function weighCounts(owner: string, X: CsrMatrix, idf: Float64Array | null, { norm, sublinearTf }: Readonly<Required<TfidfOptions>>): CsrMatrix {
  const { rows, indptr, indices, data } = X;
  if (norm !== null && idf?.includes(Infinity)) refuseInfinite(owner, X, idf);
  for (let i = 0; i < rows; i++) {
    const from = indptr[i];
    const to = indptr[i + 1];
    if (sublinearTf) for (let p = from; p < to; p++) data[p] = Math.log(data[p]) + 1;
    if (idf) for (let p = from; p < to; p++) data[p] *= idf[indices[p]];
    if (norm !== null) normalizeRow(data, from, to, norm);
  }
  return X;
}

/** Normalising would make NaN of an infinite weight. */
function refuseInfinite(owner: string, { indices }: CsrMatrix, idf: Float64Array): void {
  const column = indices.find((j) => idf[j] === Infinity);
  if (column === undefined) return;
  throw new DataError(`${owner}: column ${column} must be in a row of fit to be weighed, its idf is infinite. Use smoothIdf: true, or norm: null.`);
}
